"""What goes wrong outside the program: killed processes, full disks, locks, lost connections."""
