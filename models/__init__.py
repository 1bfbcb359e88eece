"""What is true: one folder per business area with its tables, actions, queries and calculations."""
