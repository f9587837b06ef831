"""Why a file cannot be read."""


class TableProblem(Exception):
    """Says which file, where in it, what is wrong and what to do. Never quotes a cell that may name a child."""

    def __init__(self, file: str, message: str, *, line: int | None = None, column: str = "") -> None:
        super().__init__(message)
        self.file, self.message, self.line, self.column = file, message, line, column

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.message}"
