"""The program: entry point, command line, application shell, settings."""
