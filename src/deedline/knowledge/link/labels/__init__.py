"""Labels given by the project's own reader: document hash, kind, line and place on the line; no text."""
