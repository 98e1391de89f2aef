"""Timings and comparisons, kept out of the test suite. Each command writes bench/results/ and docs/bench.md."""
