"""The same tree again, as tests."""
