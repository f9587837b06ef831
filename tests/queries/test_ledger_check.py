"""Whatever is done to the ledger or to sealed looks behind Onroll's back, the check finds it and says where."""

import json
import re
from datetime import UTC, timedelta, timezone
from itertools import pairwise

import pytest
from django.db import connection

from onroll.actions.ledger import seal_looks
from onroll.queries import heads
from onroll.queries.ledger_check import check
from onroll.records.ledger import chain
from onroll.records.ledger.models import LedgerRow, Look
from tests.support.cast import NOW
from tests.support.looks import a_look
from tests.support.tampering import tamper

LATER = NOW + timedelta(hours=1)


def rows(count: int) -> None:
    for number in range(count):
        chain.append(
            at=NOW + timedelta(seconds=number, microseconds=number),
            actor_id=7 if number % 2 else None,
            school_id=3 if number % 3 else None,
            verb="tried",
            subject=f"pupil:{number}",
            detail={"n": number, "words": "café — “ok”"},
        )


def looks(count: int) -> None:
    for number in range(count):
        a_look(pupils=(number, number + 1))


@pytest.fixture
def ledger(db):
    """Ten rows; the last two seal five looks each."""
    rows(8)
    looks(5)
    seal_looks(LATER)
    looks(5)
    seal_looks(LATER)
    assert LedgerRow.objects.count() == 10
    return heads.current(LATER)


def test_what_was_left_alone_is_unbroken(ledger):
    verdict = check(ledger)
    assert (verdict.broken, verdict.rows, verdict.mac) == ("", 10, ledger.mac)
    assert (verdict.seals, verdict.looks, verdict.unsealed) == (2, 10, 0)


def test_an_empty_ledger_is_unbroken(db):
    assert check(heads.current(NOW)).broken == ""


def test_a_ledger_that_grew_since_its_head_was_saved_is_unbroken(ledger):
    rows(3)
    verdict = check(ledger)
    assert (verdict.broken, verdict.rows) == ("", 13)


def test_a_moment_is_the_same_in_every_time_zone(db):
    elsewhere = timezone(timedelta(hours=5, minutes=30))
    for zone in (UTC, elsewhere):
        chain.append(at=NOW.astimezone(zone), actor_id=1, school_id=1, verb="x", subject="", detail={})
    assert check(None).broken == ""


ROW, FOURTH, LOOK = "UPDATE ledger_ledgerrow", "WHERE number = 4", "UPDATE ledger_look SET "
ALTERED = "Row 4 does not carry the signature it must have"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param(f"{ROW} SET at = '2020-01-01 00:00:00+00:00' {FOURTH}", ALTERED, id="moment"),
        pytest.param(f"{ROW} SET actor_id = 8 {FOURTH}", ALTERED, id="person"),
        pytest.param(f"{ROW} SET actor_id = NULL {FOURTH}", ALTERED, id="person taken out"),
        pytest.param(f"{ROW} SET school_id = 4 {FOURTH}", ALTERED, id="school"),
        pytest.param(f"{ROW} SET verb = 'tries' {FOURTH}", ALTERED, id="verb"),
        pytest.param(f"{ROW} SET subject = 'pupil:9' {FOURTH}", ALTERED, id="subject"),
        pytest.param(f"{ROW} SET detail = '[]' {FOURTH}", ALTERED, id="detail"),
        pytest.param(f"{ROW} SET detail = detail || ' ' {FOURTH}", ALTERED, id="a space in it"),
        pytest.param(f"{ROW} SET mac = '' {FOURTH}", ALTERED, id="signature"),
        pytest.param(
            f"{ROW} SET verb = 'x' WHERE number = 1",
            "Row 1 does not carry.*ONROLL_LEDGER_KEY is not the key",
            id="the first row",
        ),
        pytest.param(f"DELETE FROM ledger_ledgerrow {FOURTH}", "Row 4 is missing before row 5", id="one removed"),
        pytest.param(
            "DELETE FROM ledger_ledgerrow WHERE number BETWEEN 1 AND 3", "Rows 1 to 3 are missing", id="first removed"
        ),
        pytest.param(
            "DELETE FROM ledger_ledgerrow WHERE number = 10",
            "Row 10 is missing at the end: the head saved on 23 November 2026 had 10 rows, the ledger has 9",
            id="the last cut off",
        ),
        pytest.param("DELETE FROM ledger_ledgerrow", "Rows 1 to 10 are missing at the end", id="all cut off"),
        pytest.param(
            "INSERT INTO ledger_ledgerrow SELECT 11, at, actor_id, school_id, verb, subject, detail, mac "
            "FROM ledger_ledgerrow WHERE number = 3",
            "Row 11 does not carry",
            id="one put at the end",
        ),
        pytest.param(
            "INSERT INTO ledger_ledgerrow SELECT 0, at, actor_id, school_id, verb, subject, detail, mac "
            "FROM ledger_ledgerrow WHERE number = 3",
            "Row 0 does not belong",
            id="one put before the first",
        ),
        pytest.param(f"{ROW} SET number = 40 {FOURTH}", "Row 4 is missing", id="renumbered"),
        pytest.param(LOOK + "pupil_ids = ',9,' WHERE id = {3}", "seal.* altered", id="a look's pupils"),
        pytest.param(LOOK + "actor_id = 8 WHERE id = {3}", "seal.* altered", id="a look's person"),
        pytest.param(LOOK + "page = 'x' WHERE id = {3}", "seal.* altered", id="a look's page"),
        pytest.param(LOOK + "school_id = 9 WHERE id = {3}", "seal.* altered", id="a look's school"),
        pytest.param(
            LOOK + "at = '2020-01-01 00:00:00+00:00' WHERE id = {3}", "seal.* altered", id="a look's moment"
        ),
        pytest.param("DELETE FROM ledger_look WHERE id = {3}", "1 of the looks .* is missing: removed", id="a look"),
        pytest.param(
            "DELETE FROM ledger_look WHERE id >= {6}", "5 of the looks .* sealed by row 10, are missing", id="looks"
        ),
        pytest.param(LOOK + "id = -1 WHERE id = {3}", "1 of the looks", id="a look moved out"),
        pytest.param(
            "INSERT INTO ledger_look (id, at, actor_id, school_id, page, pupil_ids) "
            "SELECT -5, at, actor_id, school_id, page, pupil_ids FROM ledger_look WHERE id = {3}",
            "below 1: it was inserted",
            id="a look put before the first",
        ),
    ],
)  # fmt: skip
def test_tampering_is_found(ledger, statement, words):
    first = Look.objects.order_by("pk").values_list("pk", flat=True).first() - 1
    for number in (3, 6):
        statement = statement.replace(f"{{{number}}}", str(first + number))
    tamper(statement)
    broken = check(ledger).broken
    assert broken
    assert re.search(words, broken), broken


def test_every_column_of_a_row_and_of_a_look_is_under_the_signature(ledger):
    """A new column must be tampered with above, and signed."""
    assert {field.name for field in LedgerRow._meta.fields} == {
        "number", "at", "actor_id", "school_id", "verb", "subject", "detail", "mac",
    }  # fmt: skip
    assert {field.name for field in Look._meta.fields} == {
        "id", "at", "actor_id", "school_id", "page", "pupil_ids",
    }  # fmt: skip


def test_a_look_put_into_a_sealed_range_is_found(db):
    looks(3)
    gone = Look.objects.order_by("pk")[1].pk
    tamper("DELETE FROM ledger_look WHERE id = %s", gone)  # a number that was never used, as after a rollback
    seal_looks(LATER)
    assert check(None).broken == ""
    tamper(
        "INSERT INTO ledger_look (id, at, actor_id, school_id, page, pupil_ids) "
        "SELECT %s, at, actor_id, school_id, page, pupil_ids FROM ledger_look WHERE id = %s", gone, gone - 1,
    )  # fmt: skip
    assert "1 more among the looks" in check(None).broken


def test_text_where_sqlite_should_hold_a_moment_is_found(ledger):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses it")
    tamper(f"{ROW} SET at = 'never' {FOURTH}")
    assert "Row 4" in check(ledger).broken


@pytest.mark.parametrize("value", ["x'00ff'", "CAST(x'ff' AS TEXT)", "1.5", "'words'"])
@pytest.mark.parametrize("column", ["at", "actor_id", "detail", "mac", "verb"])
def test_nonsense_in_any_column_of_sqlite_is_found(ledger, column, value):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses it")
    tamper(f"{ROW} SET {column} = {value} {FOURTH}")
    assert "Row 4" in check(ledger).broken


def test_a_cut_off_tail_cannot_be_seen_without_a_saved_head(ledger):
    tamper("DELETE FROM ledger_ledgerrow WHERE number = 10")
    tamper("DELETE FROM ledger_look WHERE id > (SELECT MIN(id) + 4 FROM ledger_look)")
    assert check(None).broken == ""
    assert "cut off" in check(ledger).broken


def test_a_ledger_cut_off_and_grown_again_is_found(ledger):
    tamper("DELETE FROM ledger_ledgerrow WHERE number >= 8")
    rows(5)
    assert check(None).broken == ""
    assert "Row 10 is not the row that the head saved" in check(ledger).broken


def rechain(settings, key: str) -> None:
    """Sign the whole ledger anew, as somebody with another key could."""
    settings.ONROLL_LEDGER_KEY = key
    previous = chain.START
    for row in LedgerRow.objects.order_by("number"):
        previous = chain.row_mac(row, previous)
        tamper(f"{ROW} SET mac = %s WHERE number = %s", previous, row.number)


def test_a_ledger_signed_anew_under_another_key_is_found_with_our_key(ledger, settings):
    ours = settings.ONROLL_LEDGER_KEY
    rechain(settings, "a forger's key")
    settings.ONROLL_LEDGER_KEY = ours
    assert "Row 1 does not carry" in check(None).broken


def test_a_ledger_signed_anew_is_found_by_its_head_even_when_the_key_was_changed_too(ledger, settings):
    rechain(settings, "a forger's key")
    assert check(None).broken == ""
    assert "another ledger key" in check(ledger).broken
    forged = heads.Head(ledger.rows, ledger.mac, ledger.at, heads.this_key())
    assert "Row 10 is not the row" in check(forged).broken


def test_reading_needs_a_bounded_number_of_queries(ledger, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        check(ledger)


def test_each_seal_begins_where_the_one_before_ended(ledger):
    seals = [
        json.loads(row.detail) for row in LedgerRow.objects.filter(verb="looks-sealed").order_by("number")
    ]
    assert seals[0]["first"] == 1
    assert all(after["first"] == before["last"] + 1 for before, after in pairwise(seals))
