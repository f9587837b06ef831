"""Overseeing: the monthly check of all cases is signed here."""
