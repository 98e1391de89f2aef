"""Frozen values that pass between stages. Imports nothing of Deedline but `errors`."""
