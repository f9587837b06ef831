"""Casework: the states of a case, the moves between them, who may make each, and what must be true."""
