"""One record, whole: its fields with their values and the lists that hang on it, described once per kind."""
