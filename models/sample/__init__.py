"""The sample company: a made-up Russian dealer of licensed software, the same for the same seed and day."""
