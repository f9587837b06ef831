"""What a line says of a duty: its status, by when, and the one way to do it."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from onroll.domain.duties.finding import Looked, Status
from onroll.pages.duty_lines import STATUS_KEYS, duty_line, looked_at_words, when
from onroll.pages.statuses import STATUSES

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Found:
    case_id: int | None = 4
    duty: str = "no-page-yet"
    title: str = "The Progress Leader speaks with the parents first"
    status: Status = Status.DUE
    due_on: date | None = date(2026, 11, 25)
    reason: str = "No contact is on record."
    paragraph: str = "3.1.b"
    holder_words: str = "Progress Leader"
    held_by_name: str = "Amina Yusuf"
    looked_at: tuple[Looked, ...] = (Looked("contact", 1),)
    snoozed_until: date | None = None


def test_every_status_has_words():
    assert set(STATUS_KEYS) == set(Status)
    assert [key for key in STATUS_KEYS.values() if key not in STATUSES] == []


@pytest.mark.parametrize(("status", "due_on", "words"), [
    pytest.param(Status.DUE, date(2026, 11, 25), "Due Wednesday 25 November 2026", id="due"),
    pytest.param(Status.DUE, TODAY, "Due today", id="due today"),
    pytest.param(Status.DUE, None, "", id="due without a date"),
    pytest.param(Status.OVERDUE, date(2026, 11, 20), "Was due Friday 20 November 2026", id="overdue"),
    pytest.param(Status.BREACHED, date(2026, 11, 20), "Was due Friday 20 November 2026", id="breached"),
    pytest.param(Status.NEEDS_JUDGEMENT, date(2026, 11, 20), "Was due Friday 20 November 2026", id="unanswered"),
    pytest.param(Status.MET, date(2027, 11, 22), "Next due Monday 22 November 2027", id="met for now"),
    pytest.param(Status.MET, date(2026, 11, 20), "", id="met for good"),
    pytest.param(Status.NOT_APPLICABLE, date(2026, 11, 25), "", id="not applicable"),
])  # fmt: skip
def test_by_when(status, due_on, words):
    assert when(status, due_on, TODAY) == words


def test_the_holder_is_named_with_their_role_or_the_role_alone():
    assert duty_line(Found(), 1, TODAY).holder == "Amina Yusuf, Progress Leader"
    assert duty_line(replace(Found(), held_by_name=""), 1, TODAY).holder == "Progress Leader"


def test_a_line_without_a_page_has_no_button():
    line = duty_line(Found(), 1, TODAY)
    assert (line.button, line.href) == ("", "")


def test_the_button_is_there_while_something_can_be_done(monkeypatch):
    monkeypatch.setattr("onroll.pages.duty_lines.way_to", lambda *asked: ("Do it", f"/{asked[1]}/{asked[2]}"))
    lines = {status: duty_line(replace(Found(), status=status), 900001, TODAY) for status in Status}
    assert {status for status, line in lines.items() if line.button} == {
        Status.DUE, Status.OVERDUE, Status.NEEDS_JUDGEMENT,
    }  # fmt: skip
    assert lines[Status.DUE].href == "/900001/4"
    assert duty_line(Found(), 900001, TODAY, may_do=False).button == ""


def test_what_was_looked_at_names_kinds_and_numbers_alone():
    looked = (Looked("contact", 3), Looked("contact", 9), Looked("statement", 1))
    assert looked_at_words(looked) == "2 contacts and 1 statement"
    assert looked_at_words(()) == ""
