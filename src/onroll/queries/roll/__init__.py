"""What bringing in a roll needs to know of a school, what it would do, and who is missing from it."""
