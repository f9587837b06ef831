"""Who is responsible: say it, issue the statement, record who has had it."""
