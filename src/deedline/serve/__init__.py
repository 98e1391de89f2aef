"""A request → a call of operations → words on a screen or in a file. Refuses to decide anything about items."""
