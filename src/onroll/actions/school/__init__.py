"""Changes to a school's settings: its name, its groups, its codes, and how it counts."""
