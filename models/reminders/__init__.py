"""What an operator must not forget: reminders about records of any kind."""
