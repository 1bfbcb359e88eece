"""Questions over many records, each answered by rows under columns that a screen, a command or a file shows alike."""
