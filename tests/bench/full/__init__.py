"""Batch at its full sizes, by hand: `make season` (some 15 minutes on two cores). It writes tests/bench/RESULTS.md."""
