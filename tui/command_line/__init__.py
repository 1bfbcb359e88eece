"""The command line: every job that does not need the screen, for scripts, cron and operators in a hurry."""
