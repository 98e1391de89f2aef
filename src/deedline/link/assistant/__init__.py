"""An optional judge that reads: a language model, by configuration, asked about links that Deedline is not sure of.

Off by default, and nothing depends on it. `judge.read_pairs` is the main path; see docs/assistant.md.
"""
