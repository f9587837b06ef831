"""No e-mail names a child or a condition: every kind of message is made about a pupil of tell-tale words."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.template.base import DebugLexer, TokenType

from onroll.actions.change import change
from onroll.actions.outbox.alarms import tell_administrators
from onroll.actions.outbox.digests import queue_digests, queue_escalation
from onroll.actions.policy.reminding import queue_reminders
from onroll.domain.outbox import Kind
from onroll.domain.permissions import Role
from onroll.queries.digests import Place
from onroll.records.base import pen
from onroll.records.outbox.models import Message
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, a_school
from tests.support.owed import a_finding, put_off
from tests.support.policy import with_policy

HOUSE = Path(__file__).resolve().parents[2] / "src/onroll"
MAIL = HOUSE / "pages/templates/mail"
TELL_TALE = ("Quillon", "Zanderby-Voss", "Zandy", "leukaemia", "Z999888777666")
MONDAY = date(2026, 11, 23)
# What a template of an e-mail may be told: numbers, the school, the address of the house. No pupil, no case.
MAY_SAY = {"base", "urn", "school", "place", "mine", "weekly", "found", "review", "left"}


@pytest.fixture
def school(db):
    """A child with tell-tale words wherever there is room for them, of whom everything is overdue."""
    school = a_school()
    leader = a_person(school, Role.PROGRESS_LEADER)
    for role in (Role.DEPUTY_HEAD, Role.ADMINISTRATOR, Role.HEADTEACHER):
        a_person(school, role)
    pupil = a_pupil(school, "Quillon", "Zanderby-Voss", known_as="Zandy", upn="Z999888777666")
    case = a_case(pupil)
    with pen():
        case.need = "leukaemia"
        case.save(update_fields=["need"])
    a_member(case, leader)
    a_finding(
        school, case, held_by=leader, due_on=date(2026, 11, 2), reason="Quillon Zanderby-Voss has leukaemia."
    )
    other = a_finding(school, case, duty="kept-on-roll", due_on=date(2026, 11, 2))
    put_off(other, date(2026, 12, 1), reason="leukaemia")
    return school


def place(school) -> Place:
    return Place(school.pk, school.urn, school.name)


def alarm(school) -> None:
    with change(None, "x", NOW):
        tell_administrators(school.pk, NOW)


# One maker for each kind whose words are made on this floor; other kinds are made and looked at where they are built.
MAKERS = {
    Kind.DIGEST: lambda school: queue_digests(place(school), on=MONDAY, at=NOW),
    Kind.ESCALATION: lambda school: queue_escalation(place(school), on=MONDAY, at=NOW),
    Kind.ALARM: alarm,
    Kind.REMINDER: lambda school: queue_reminders(place(with_policy(school)), on=date(2027, 1, 4), at=NOW),
}


@pytest.mark.parametrize("kind", MAKERS, ids=str)
def test_no_message_says_who_or_what(school, kind):
    MAKERS[kind](school)
    made = list(Message.objects.filter(kind=kind))
    assert made
    for one in made:
        for told in (one.subject, one.body, one.key):
            assert [word for word in TELL_TALE if word.lower() in told.lower()] == []
            assert "http" not in one.subject


@pytest.mark.parametrize("template", sorted(MAIL.glob("*.txt")), ids=lambda path: path.name)
def test_a_template_is_told_numbers_and_places_only(template):
    source = template.read_text("utf-8")
    assert {name for name in names_in(source) if name not in MAY_SAY} == set(), (
        "An e-mail says numbers and links. What tells of a child has no place in its template."
    )
    assert "autoescape off" in source  # a text is no page: & stays &


def names_in(source: str) -> set[str]:
    """The first part of every variable of a template."""
    found = set()
    for token in DebugLexer(source).tokenize():
        if token.token_type is TokenType.VAR:
            found.add(token.contents.split("|")[0].split(".")[0])
        if token.token_type is TokenType.BLOCK:
            words = token.contents.split()
            if words[0] == "if":
                found |= {word.split(".")[0] for word in words[1:] if word[0].isalpha() and word not in LOGIC}
            if words[0] == "url":
                found |= {word.split(".")[0] for word in words[2:]}
    return found


LOGIC = {"and", "or", "not", "in", "is"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("{{ pupil.name|upper }}", {"pupil"}, id="a variable"),
        pytest.param("{% if child and not place.x == 1 %}{% endif %}", {"child", "place"}, id="a condition"),
        pytest.param("{% url 'a' case.id %}", {"case"}, id="a link"),
    ],
)
def test_what_a_template_says_is_found(source, names):
    assert names_in(source) == names


def test_every_kind_of_message_has_its_words():
    kinds = {kind for file in HOUSE.rglob("*.py") for kind in kinds_in(file)}
    assert kinds - {kind.value for kind in Kind} == set(), "add it to domain/outbox.py: Kind and KIND_WORDS"
    assert {"digest", "escalation", "alarm"} <= kinds


def kinds_in(file: Path) -> Iterator[str]:
    """What is given as `kind` to every call of queue_message."""
    text = file.read_text("utf-8")
    if "queue_message(" not in text:
        return
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "queue_message":
            value = next(one.value for one in call.keywords if one.arg == "kind")
            if isinstance(value, ast.Constant):
                yield str(value.value)
            elif isinstance(value, ast.Attribute):
                yield Kind[value.attr].value
