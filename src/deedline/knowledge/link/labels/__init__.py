"""Labels given by the project's own reader: document hash, kind, line and place on the line; no text.

Each query was read in full against the likeliest candidates of an earlier model, without its scores deciding, and
by the guide of the readers' labels. `by` says in which reading; `verdict` is what the links come to.
"""
