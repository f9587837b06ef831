"""Write many rows at once: COPY on PostgreSQL, executemany on SQLite.

The rows may be a generator, but one that asks nothing of the database: during a COPY it would wait for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models

from onroll.records.base import need_pen

_BATCH = 2000
_PLAIN = (models.CharField, models.IntegerField, models.ForeignKey)  # handed to the database as they are
Row = Sequence[Any]

# Names of tables and columns come from our own models; values never stand in a statement.
_INSERT = 'INSERT INTO "{table}" ({names}) VALUES ({values})'
_UPDATE = 'UPDATE "{table}" SET {values} WHERE id = %s'
_COPY = 'COPY "{table}" ({names}) FROM STDIN'
_BROUGHT = 'CREATE TEMPORARY TABLE onroll_brought AS SELECT id, {names} FROM "{table}" WITH NO DATA'
_UPDATE_FROM = (
    'UPDATE "{table}" AS held SET {values} FROM onroll_brought AS brought WHERE held.id = brought.id'
)


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> int:
    """Add rows, each the values of `fields` in their order (a foreign key is its id), and return how many.

    Every column of the table but the id must be named: the defaults of the model are not asked.
    """
    need_pen(model.__name__)
    columns = _columns(model, fields)
    table, names = model._meta.db_table, _quoted(columns)
    if connection.vendor == "postgresql":
        return _copy(table, names, _prepared(columns, rows))
    values = ", ".join(["%s"] * len(columns))
    return _many(_INSERT.format(table=table, names=", ".join(names), values=values), _prepared(columns, rows))


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> int:
    """Give rows new values, each the row's id and then the values of `fields`; return how many. Lock them first."""
    need_pen(model.__name__)
    columns = _columns(model, fields)
    table, names = model._meta.db_table, _quoted(columns)
    prepared = _prepared([model._meta.pk, *columns], rows)
    if connection.vendor != "postgresql":
        values = ", ".join(f"{name} = %s" for name in names)
        return _many(_UPDATE.format(table=table, values=values), ([*row[1:], row[0]] for row in prepared))
    values = ", ".join(f"{name} = brought.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(_BROUGHT.format(table=table, names=", ".join(names)))
        written = _copy("onroll_brought", ["id", *names], prepared)
        cursor.execute(_UPDATE_FROM.format(table=table, values=values))
        cursor.execute("DROP TABLE onroll_brought")
    return written


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in fields]


def _quoted(columns: Sequence[Any]) -> list[str]:
    return [connection.ops.quote_name(one.column) for one in columns]


def _copy(table: str, names: Sequence[str], rows: Iterable[Row]) -> int:
    written = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(_COPY.format(table=table, names=", ".join(names))) as copy,
    ):
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
    prepare = [None if isinstance(one, _PLAIN) else _preparer(one) for one in columns]
    for row in rows:
        yield [ready(value) if ready else value for ready, value in zip(prepare, row, strict=True)]


def _preparer(column: Any) -> Callable[[Any], Any]:
    def prepare(value: Any) -> Any:
        return column.get_db_prep_save(value, connection)

    # A year has few dates, and an import one moment: worked out once, they cost nothing a million times over.
    return lru_cache(maxsize=1024)(prepare) if isinstance(column, models.DateField) else prepare
