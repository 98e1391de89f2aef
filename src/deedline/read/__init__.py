"""Bytes → Document. Refuses to say what a passage means; that is `find`'s."""
