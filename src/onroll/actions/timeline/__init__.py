"""Writing on a case: contacts, decisions, notes, documents; corrected and withdrawn, never removed."""
