"""Leaving the roll with an open case: proposed by one person, decided by the headteacher, carried out on its day."""
