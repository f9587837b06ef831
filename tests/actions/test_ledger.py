"""Looks are sealed in order and without a gap; the head is written down and never covers tracks."""

import json
from datetime import timedelta

import pytest

from onroll.actions import ledger
from onroll.actions.change import change
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import heads, seals
from onroll.queries.ledger_check import check
from onroll.records.ledger.models import LedgerRow, Look
from tests.support.cast import NOW
from tests.support.looks import a_look
from tests.support.tampering import tamper

SETTLED = NOW + ledger.SETTLES_IN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.HEADS_DIR = tmp_path / "heads"
    return settings.HEADS_DIR


def a_row(verb="tried"):
    with change(7, verb, NOW):
        pass


def sealed() -> list[dict]:
    return [
        json.loads(row.detail) for row in LedgerRow.objects.filter(verb="looks-sealed").order_by("number")
    ]


# ---------------------------------------------------------------- sealing
def test_a_page_that_shows_many_pupils_is_one_look_and_an_empty_page_none():
    a_look(pupils=(5, 6, 57))
    a_look(pupils=())
    assert [one.pupil_ids for one in Look.objects.all()] == [",5,6,57,"]


def test_settled_looks_are_sealed_by_one_row():
    a_look()
    a_look()
    assert ledger.seal_looks(SETTLED) == 2
    assert [seal["count"] for seal in sealed()] == [2]
    assert ledger.seal_looks(SETTLED) == 0
    assert LedgerRow.objects.count() == 1


def test_a_look_younger_than_two_minutes_waits_and_so_does_all_that_came_after_it():
    a_look(NOW - timedelta(seconds=1))
    a_look(NOW + timedelta(seconds=1))
    a_look(NOW - timedelta(seconds=1))  # a clock that runs behind: it must not be sealed before its neighbour
    assert ledger.seal_looks(SETTLED) == 1
    assert seals.unsealed() == seals.Unsealed(2, NOW - timedelta(seconds=1))
    assert ledger.seal_looks(SETTLED + timedelta(seconds=1)) == 2


def test_many_looks_are_sealed_in_batches_that_follow_on(monkeypatch):
    monkeypatch.setattr(ledger, "BATCH", 4)
    for _ in range(10):
        a_look()
    assert ledger.seal_looks(SETTLED) == 10
    assert [seal["count"] for seal in sealed()] == [4, 4, 2]
    assert check(None).broken == ""


def test_a_number_that_was_never_used_leaves_no_gap_between_seals():
    a_look()
    ledger.seal_looks(SETTLED)
    a_look()
    gone = Look.objects.order_by("pk").last()
    tamper("DELETE FROM ledger_look WHERE id = %s", gone.pk)  # as a rollback leaves it
    a_look()
    ledger.seal_looks(SETTLED)
    first, second = sealed()
    assert second["first"] == first["last"] + 1
    assert second["count"] == 1
    assert check(None).broken == ""


def test_of_two_sealers_one_finds_nothing_left(monkeypatch):
    a_look()
    settled = ledger._settled

    def another_comes_first(*args):
        found = settled(*args)
        monkeypatch.setattr(ledger, "_settled", settled)
        assert ledger.seal_looks(SETTLED) == 1
        return found

    monkeypatch.setattr(ledger, "_settled", another_comes_first)
    assert ledger.seal_looks(SETTLED) == 0
    assert len(sealed()) == 1
    assert check(None).broken == ""


# ---------------------------------------------------------------- heads
def test_the_head_of_the_day_is_written_whole_and_can_be_read(folder):
    a_row()
    path, head = ledger.export_head(NOW)
    assert path == folder / "2026-11-23.json"
    assert heads.read(path) == head == heads.current(NOW)
    assert [one.name for one in folder.iterdir()] == [path.name]
    assert check(head).broken == ""


def test_the_day_is_the_schools_and_not_greenwichs():
    path, _ = ledger.export_head(NOW.replace(month=7, hour=23, minute=30))
    assert path.name == "2026-07-24.json"


def test_settled_looks_are_sealed_before_the_head_is_taken():
    a_look()
    _, head = ledger.export_head(SETTLED)
    assert head.rows == 1
    assert sealed()


def test_a_head_grows_with_the_day():
    ledger.export_head(NOW)
    a_row()
    path, _ = ledger.export_head(NOW + timedelta(hours=3))
    assert heads.read(path).rows == 1


def cut_off():
    tamper("DELETE FROM ledger_ledgerrow WHERE number = 3")


def cut_off_and_grown():
    tamper("DELETE FROM ledger_ledgerrow WHERE number >= 2")
    for _ in range(5):
        a_row("another")


@pytest.mark.parametrize("harm", [cut_off, cut_off_and_grown])
@pytest.mark.parametrize("days", [0, 1, 30])
def test_a_ledger_that_lost_rows_never_covers_its_tracks(harm, days):
    for _ in range(3):
        a_row()
    path, before = ledger.export_head(NOW)
    harm()
    with pytest.raises(Refusal) as refused:
        ledger.export_head(NOW + timedelta(days=days))
    assert refused.value.kind is Refused.CONFLICT
    assert "verify-ledger" in refused.value.message
    assert heads.saved() == [(path, before)]


def test_the_newest_head_is_the_one_with_the_most_rows(folder):
    a_row()
    _, small = ledger.export_head(NOW)
    a_row()
    path, large = ledger.export_head(NOW + timedelta(days=1))
    (folder / "2027-01-01.json").write_text(small.as_json())
    (folder / "2027-01-02.json").write_text("not a head")
    assert heads.newest() == (path, large)


def test_a_head_goes_where_one_asks_but_not_over_what_is_no_head(tmp_path):
    a_row()
    target = tmp_path / "elsewhere" / "head.json"
    path, head = ledger.export_head(NOW, target)
    assert (path, heads.read(target)) == (target, head)
    other = tmp_path / "letter.txt"
    other.write_text("Dear reader")
    with pytest.raises(Refusal, match="is no saved head"):
        ledger.export_head(NOW, other)
    assert other.read_text() == "Dear reader"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(None, "cannot be opened", id="not there"),
        pytest.param("{", "not JSON", id="not JSON"),
        pytest.param("[]", "does not say", id="a list"),
        pytest.param('{"rows": 3}', "does not say", id="another format"),
        pytest.param('{"format": "onroll-ledger-head-1"}', "field is missing", id="nothing in it"),
        pytest.param(
            '{"format": "onroll-ledger-head-1", "rows": -1, "mac": "", "key": "", "at": "2026-11-23T09:00+00:00"}',
            "field is missing or wrong",
            id="less than no rows",
        ),
        pytest.param(
            '{"format": "onroll-ledger-head-1", "rows": 1, "mac": "", "key": "", "at": "2026-11-23T09:00"}',
            "field is missing or wrong",
            id="a moment nowhere",
        ),
    ],
)
def test_what_is_no_saved_head_is_said_to_be_none(tmp_path, text, words):
    path = tmp_path / "head.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(heads.UnreadableHead, match=words):
        heads.read(path)
