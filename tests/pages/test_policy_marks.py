"""The margin of the living policy as a table, the words above it, and its cost at twenty and at two hundred cases."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.domain.duties.finding import Status
from onroll.domain.packs import read_pack
from onroll.domain.permissions import Role
from onroll.domain.small_numbers import hidden, plain
from onroll.pages.policy.marks import Reading, margin_line
from onroll.pages.policy.words import summary
from onroll.queries.policy.counts import Tally
from onroll.queries.policy.document import DutySeen, kept
from tests.support.cast import a_case, a_person, a_pupil, a_school
from tests.support.owed import a_finding
from tests.support.policy import SHIPPED, a_text, with_policy

OWN = SHIPPED[0]
PACK = read_pack(a_text(OWN), "test")
DUTY = PACK.duty("parents-first-contact")
ON = date(2026, 11, 23)
SEES, SEES_NONE = (Reading(900001, ON, sees, lambda duty: True) for sees in (True, False))


def beside(counts, reading, show):
    """What the margin says of so many cases, in the order overdue, missed, waiting, due, met; and what opens."""
    seen = DutySeen(OWN, DUTY, "Progress Leader", recorded=True, tally=Tally(show(counts)))
    line = margin_line(seen, reading)
    return [mark.words for mark in line.marks], [bool(mark.href) for mark in line.marks]


@pytest.mark.parametrize(
    ("counts", "words", "hidden_words"),
    [
        pytest.param((0, 0, 0, 0, 0), ["No open case asks for this"], None, id="nobody"),
        pytest.param((0, 0, 0, 0, 3), ["3 met"], ["Fewer than 5 met"], id="few, and nothing else"),
        pytest.param((0, 0, 0, 0, 5), ["5 met"], ["5 met"], id="five are told"),
        pytest.param(
            (2, 0, 0, 0, 12), ["2 overdue", "12 met"], ["Fewer than 5 overdue", "Some met"],
            id="a small one takes another with it, so that it is not the rest of the whole",
        ),
        pytest.param(
            (2, 0, 0, 6, 12), ["2 overdue", "6 due", "12 met"], ["Fewer than 5 overdue", "Some due", "12 met"],
            id="the smallest other",
        ),
        pytest.param((4, 4, 0, 0, 0), ["4 overdue", "4 missed"], ["Some overdue", "Some missed"], id="4 and 4 of 8"),
        pytest.param((0, 0, 1_204, 0, 0), ["1,204 waiting for an answer"], None, id="thousands"),
    ],
)  # fmt: skip
def test_what_the_margin_tells_whom(counts, words, hidden_words):
    told, opens = beside(counts, SEES, plain)
    assert told == words
    assert opens == [sum(counts) > 0] * len(words)
    told, opens = beside(counts, SEES_NONE, hidden)
    assert told == (hidden_words or words)
    assert not any(opens)


def test_a_duty_that_nothing_answers_says_so_and_opens_nothing():
    line = margin_line(DutySeen(OWN, DUTY, "Progress Leader", recorded=False), SEES)
    assert [mark.words for mark in line.marks] == ["Not yet recorded in Onroll"]
    assert line.idle
    assert not line.href


def a_duty(*counts, recorded=True):
    return DutySeen(OWN, DUTY, "-", recorded, tally=Tally(plain(counts)) if counts else None)


@pytest.mark.parametrize(
    ("duties", "words"),
    [
        pytest.param(
            [a_duty(recorded=False)], "Nothing in Onroll answers a duty of this document yet.", id="none"
        ),
        pytest.param(
            [a_duty(1, 0, 0, 0, 9), a_duty(0, 0, 0, 2, 9), a_duty(0, 0, 0, 0, 9), a_duty(0, 0, 0, 0, 0)],
            "Of 4 duties that Onroll follows here, 1 is late, 1 is waiting to be done, 1 is kept and 1 is not asked "
            "for now.",
            id="as its worst case stands",
        ),
        pytest.param(
            [a_duty(0, 1, 0, 0, 0), a_duty(recorded=False)],
            "Of 1 duty that Onroll follows here, 1 is late. 1 more is not yet recorded in Onroll.",
            id="missed is late",
        ),
    ],
)
def test_the_sentence_above_the_document(duties, words):
    assert summary(kept(duties)) == words


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.DEPUTY_HEAD, Role.GOVERNOR])
def test_it_costs_the_same_at_twenty_and_at_two_hundred_cases(settings, role):
    settings.ONROLL_SECOND_FACTOR = False
    school = with_policy(a_school())
    client = Client()
    client.force_login(a_person(school, role))
    costs, sizes = [], []
    for more in (20, 180):
        for number in range(more):
            case = a_case(a_pupil(school, "Quillon", f"Zanderby {number}"))
            for duty in ("parents-first-contact", "kept-on-roll"):
                a_finding(school, case, duty=duty, status=list(Status)[number % 5], due_on=ON)
        client.get(f"/s/{school.urn}/policy/")  # the packs are parsed once for each process
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/s/{school.urn}/policy/")
        costs.append(len(asked))
        sizes.append(len(answer.content))
    assert costs[0] == costs[1] <= 12
    assert max(sizes) < 60_000
