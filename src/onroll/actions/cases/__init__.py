"""Everything that changes a case. Each change makes the case's findings again in its own transaction."""
