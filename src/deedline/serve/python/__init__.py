"""Deedline from Python: `deedline.open`. See docs/python.md."""
