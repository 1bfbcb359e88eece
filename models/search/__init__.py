"""Looking things up by any part of a number or name."""
