"""Registers that a school brings as a file: find the columns, read the marks, say what was not used.

The rows come from `queries.tables`; nothing here opens a file.
"""

from onroll.domain.register.files.codebook import CodeBook
from onroll.domain.register.files.headings import Role
from onroll.domain.register.files.lines import Fault, PupilKey, PupilRow, Rows
from onroll.domain.register.files.reader import read_marks
from onroll.domain.register.files.reading import Reading, ReadingStopped
from onroll.domain.register.files.rejects import Problem, problems, verdict
from onroll.domain.register.files.shapes import (
    ROWS_TO_LOOK_AT,
    ColumnMap,
    Guess,
    Heading,
    Layout,
    Shape,
    fit,
    guess,
)

__all__ = [
    "ROWS_TO_LOOK_AT",
    "CodeBook",
    "ColumnMap",
    "Fault",
    "Guess",
    "Heading",
    "Layout",
    "Problem",
    "PupilKey",
    "PupilRow",
    "Reading",
    "ReadingStopped",
    "Role",
    "Rows",
    "Shape",
    "fit",
    "guess",
    "problems",
    "read_marks",
    "verdict",
]
