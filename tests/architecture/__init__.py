"""What holds for the code as a whole: layout, packaging, what a process loads, the message catalogues."""
