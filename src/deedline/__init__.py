"""Deedline (言行): reads what a government says it will do, and keeps it to its word."""
