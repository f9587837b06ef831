"""Who is responsible: what stands, the statement, who has had it."""
