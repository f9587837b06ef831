"""What runs inside a generated house: each module is a program that prints what it found as one line of JSON."""
