"""Changes to a school's calendar. Each counts the school again, and says what moved."""
