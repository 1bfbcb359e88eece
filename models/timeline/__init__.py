"""The timeline of a client: everything that happened with it, from all areas, in the order of time."""
