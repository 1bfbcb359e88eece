"""How data leaves: one file per format."""
