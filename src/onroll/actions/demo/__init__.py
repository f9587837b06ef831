"""Invented schools, pupils and registers: to try Onroll, to look at it, and to measure it."""
