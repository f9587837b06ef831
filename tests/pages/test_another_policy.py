"""A school with another policy: other thresholds and other words reach every screen, and no code is changed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases, refresh_school
from onroll.domain.permissions import Role
from onroll.queries.packs import shipped
from tests.support.cast import a_case, a_member, a_person, a_pupil, a_school
from tests.support.policy import with_policy
from tests.support.walkers import a_client

pytestmark = pytest.mark.django_db(transaction=True)

OPENED = date(2026, 11, 9)  # a Monday
AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)  # six school days later
THEIR_TITLE = "The Progress Leader speaks with the parents first"


def another_policy(text: str) -> str:
    """The shipped policy as another place would write it: a Head of House, six days, a title and a name of its own."""
    changes = (
        ('slug = "children-with-health-needs"', 'slug = "oakfield"'),
        ('title = "Pupils with health needs who cannot attend school"', 'title = "Oakfield at home"'),
        ('progress-leader = "Progress Leader"', 'progress-leader = "Head of House"'),
        (f'title = "{THEIR_TITLE}"', 'title = "Somebody from the house rings home"'),
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    text, titles = re.subn(r'title = "Pupil, parents and staff know [^"]*"', 'title = "Home knows"', text)
    assert titles == 1
    text, found = re.subn(
        r'(evaluator = "parents-first-contact"\nscope = "case"\nthresholds = \{ within_days = )2',
        r"\g<1>6",
        text,
    )
    assert found == 1
    return text.replace(
        "Progress Leader", "Head of House"
    )  # its paragraphs too, and who holds a duty with others


@pytest.fixture
def school(settings):
    settings.ONROLL_SECOND_FACTOR = False
    text = next(one.text for one in shipped() if one.slug == "children-with-health-needs")
    return with_policy(a_school(), another_policy(text))


@pytest.fixture
def case(school):
    return a_case(a_pupil(school), opened_on=OPENED)


@pytest.fixture
def leader(school, case):
    """Everybody the pages are for, in one person; on the case's team as the Head of House."""
    person = a_person(school, Role.PROGRESS_LEADER, Role.DEPUTY_HEAD, Role.CLERK)
    a_member(case, person)
    return person


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    return AT.date()


@pytest.fixture
def pages(school, case, leader, today):
    with change(None, "swept", AT, school_id=school.pk):
        refresh_cases([case.pk], on=today, at=AT)
        refresh_school(school.pk, on=today, at=AT)
    client = a_client(leader)

    def page(name: str, *args: object) -> str:
        answer = client.get(reverse(name, args=[school.urn, *args]))
        assert answer.status_code == 200, name
        return answer.content.decode()

    return page


@pytest.mark.parametrize(
    ("name", "of_case"),
    [
        ("cases:show", True),
        ("cases:duties", True),
        ("cases:list", False),
        ("today:show", False),
        ("policy:show", False),
        ("oversight:show", False),
    ],
)
def test_its_words_are_on_every_screen(pages, case, name, of_case):
    page = pages(name, *([case.pk] if of_case else []))
    assert "Progress Leader" not in page.replace("Progress Leaders", "")
    assert any(
        words in page for words in ("Head of House", "Somebody from the house rings home", "Home knows")
    )


def test_its_number_of_days_is_what_counts(pages, case):
    page = pages("cases:duties", case.pk)
    due_on = OPENED + timedelta(days=8)
    assert due_on == date(2026, 11, 17)
    assert "17 November 2026, 6 school days" in page
