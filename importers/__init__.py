"""How the outside comes in: one file per format or source."""
