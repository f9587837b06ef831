"""Write many rows at once: COPY on PostgreSQL, executemany on SQLite. The rows may be a generator."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

from onroll.records.attendance.models import RegisterYear
from onroll.records.base import need_pen

_BATCH = 2000
_PLAIN = (models.CharField, models.IntegerField, models.ForeignKey)  # handed to the database as they are
Row = Sequence[Any]


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> int:
    """Add rows, each the values of `fields` in their order (a foreign key is its id), and return how many.

    Every column of the table but the id must be named: the defaults of the model are not asked.
    """
    need_pen(model.__name__)
    columns = [model._meta.get_field(name) for name in fields]
    quoted = ", ".join(connection.ops.quote_name(str(one.column)) for one in columns)  # type: ignore[union-attr]
    return _fill(model._meta.db_table, quoted, len(columns), _prepared(columns, rows))


def set_marks(rows: Iterable[tuple[int, str]]) -> int:
    """Give registers new marks, each (register id, marks), and return how many. Lock them first."""
    need_pen("RegisterYear")
    table = RegisterYear._meta.db_table
    if connection.vendor != "postgresql":
        return _many(f'UPDATE "{table}" SET marks = %s WHERE id = %s', ((marks, pk) for pk, marks in rows))  # noqa: S608 - a name of ours
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE onroll_marks (id bigint, marks varchar)")
        written = _fill("onroll_marks", "id, marks", 2, rows)
        cursor.execute(
            f'UPDATE "{table}" AS held SET marks = brought.marks FROM onroll_marks AS brought '  # noqa: S608
            "WHERE held.id = brought.id"
        )
        cursor.execute("DROP TABLE onroll_marks")
    return written


def _fill(table: str, columns: str, width: int, rows: Iterable[Row]) -> int:
    if connection.vendor == "postgresql":
        return _copy(f'COPY "{table}" ({columns}) FROM STDIN', rows)
    values = ", ".join(["%s"] * width)
    return _many(f'INSERT INTO "{table}" ({columns}) VALUES ({values})', rows)  # noqa: S608


def _copy(statement: str, rows: Iterable[Row]) -> int:
    written = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def _many(statement: str, rows: Iterable[Row]) -> int:
    written, rest = 0, iter(rows)
    with connection.cursor() as cursor:
        # In batches: Django keeps a copy of all that it is given at once.
        while batch := list(islice(rest, _BATCH)):
            cursor.executemany(statement, batch)
            written += len(batch)
    return written


def _prepared(columns: Sequence[Any], rows: Iterable[Row]) -> Iterator[Row]:
    prepare: list[Callable[[Any], Any] | None] = [
        None if isinstance(one, _PLAIN) else _preparer(one) for one in columns
    ]
    for row in rows:
        yield [ready(value) if ready else value for ready, value in zip(prepare, row, strict=True)]


def _preparer(column: Any) -> Callable[[Any], Any]:
    return lambda value: column.get_db_prep_save(value, connection)
