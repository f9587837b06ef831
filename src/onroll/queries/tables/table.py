"""What every kind of table can do."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from itertools import islice

from onroll.domain.register.files.lines import Rows


class Table(ABC):
    """One sheet of a brought file. Its rows may be gone through any number of times, one after another."""

    def __init__(self, file: str, sheet: str = "") -> None:
        self.file = file
        self.sheet = sheet

    @abstractmethod
    def rows(self) -> AbstractContextManager[Rows]:
        """The rows from the top. Raises TableProblem at the line where the file proves unreadable."""

    def head(self, count: int) -> list[list[str]]:
        """The first rows, to find a header in."""
        with self.rows() as rows:
            return list(islice(rows, count))
