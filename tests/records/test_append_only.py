"""The ledger and the log of looks only grow, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction

from onroll.actions.change import change
from onroll.records.ledger.models import LedgerRow, Look
from tests.support.cast import NOW

TABLES = ("ledger_ledgerrow", "ledger_look")


@pytest.fixture(autouse=True)
def _rows(db):
    LedgerRow.objects.create(number=1, at=NOW, verb="tried", mac="0" * 64)
    Look.objects.create(at=NOW, actor_id=1, school_id=1, page="pupil", pupil_ids=",1,")


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE ledger_ledgerrow SET verb = 'x'", id="altering a row"),
        pytest.param("UPDATE ledger_ledgerrow SET number = 2", id="renumbering a row"),
        pytest.param("DELETE FROM ledger_ledgerrow", id="deleting every row"),
        pytest.param("DELETE FROM ledger_ledgerrow WHERE number = 1", id="deleting one row"),
        pytest.param("UPDATE ledger_look SET pupil_ids = ',2,'", id="altering a look"),
        pytest.param("DELETE FROM ledger_look", id="deleting looks"),
    ],
)
def test_plain_sql_is_refused(statement):
    refused(statement)
    assert LedgerRow.objects.get().verb == "tried"
    assert Look.objects.get().pupil_ids == ",1,"


@pytest.mark.parametrize("table", TABLES)
def test_replacing_a_row_is_refused_on_sqlite(table):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["", " CASCADE", " RESTART IDENTITY"])
def test_emptying_the_table_at_once_is_refused_on_postgresql(table, how):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; its DELETE is tried above")
    refused(f"TRUNCATE {table}{how}")


@pytest.mark.parametrize("table", TABLES)
def test_an_upsert_cannot_alter_a_row(table):
    key = "number" if table == "ledger_ledgerrow" else "id"
    refused(
        f"INSERT INTO {table} SELECT * FROM {table} WHERE {key} > 0 "
        f"ON CONFLICT ({key}) DO UPDATE SET school_id = 9"
    )


@pytest.mark.parametrize("model", [LedgerRow, Look])
def test_the_models_cannot_either(model):
    row = model.objects.get()
    for act in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(school_id=9)):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            act()


def test_adding_is_welcome():
    LedgerRow.objects.create(number=2, at=NOW, verb="tried", mac="0" * 64)
    Look.objects.create(at=NOW, actor_id=1, school_id=1, page="pupil", pupil_ids=",1,")
    assert (LedgerRow.objects.count(), Look.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_row_and_one_that_changes_nothing_neither():
    before = LedgerRow.objects.count()
    with pytest.raises(ZeroDivisionError), change(1, "tried", NOW):
        raise ZeroDivisionError
    with change(1, "tried", NOW) as entry:
        entry.nothing_changed = True
    assert LedgerRow.objects.count() == before
