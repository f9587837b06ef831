"""Brought tables, CSV and XLSX, as numbered rows of text cells."""

from onroll.queries.tables.opening import brought
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.table import Table

__all__ = ["Table", "TableProblem", "brought"]
