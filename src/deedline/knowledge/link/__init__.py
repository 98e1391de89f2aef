"""What linking knows, as data: kinds of action, and the trained weights with their reports."""
