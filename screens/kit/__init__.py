"""The widgets and the plumbing that all screens are made of; no business word in here."""
