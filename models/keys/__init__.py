"""Protection keys: which there are, whose they are, and every hand-over."""
