"""Rows into the plain facts that duties are judged from. A fixed number of SQL statements, however many cases.

Facts are of things that had happened by the day `on`, as they were known at the moment `known_at`; None asks for
what is known now. What had not been recorded by then, and what had been withdrawn by then, is left out.
"""

from onroll.queries.facts.of_cases import case_facts
from onroll.queries.facts.of_schools import school_facts

__all__ = ["case_facts", "school_facts"]
