"""What "Looks and changes" shows of one school: narrowed as asked, in words, and nothing of another."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.actions.change import change
from onroll.domain.permissions import Permission, Role
from onroll.queries import doors, ledger
from onroll.queries.ledger import Asked
from tests.support.cast import NOW, a_person, a_pupil, a_school, actor
from tests.support.looks import SOMEBODY, a_look

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def lead(school):
    return a_person(school, Role.DATA_PROTECTION_LEAD, name="Dee Lead")


@pytest.fixture
def seen(school, lead):
    return doors.school(actor(lead), school.urn, Permission.LOOKS_SEE)


def listed(of, seen, **asked):
    return of(seen, Asked(**asked), offset=0, size=25)


# ---------------------------------------------------------------- looks
def test_looks_are_told_in_words_newest_first(seen):
    a_look(NOW, pupils=(5,), school_id=seen.id)
    a_look(NOW + timedelta(hours=1), pupils=(6, 7), page="watch", school_id=seen.id)
    rows, total = listed(ledger.looks, seen)
    assert total == 2
    assert [(row.page, row.pupil_ids, row.person) for row in rows] == [
        ("Watch", (6, 7), f"person {SOMEBODY.id}"),
        ("the pupil’s record", (5,), f"person {SOMEBODY.id}"),
    ]


def test_looks_at_another_school_are_not_shown(seen):
    a_look(school_id=seen.id + 1)
    assert listed(ledger.looks, seen) == ([], 0)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param({"pupil_id": 5}, [(5,), (4, 5, 57)], id="a pupil, alone and in a list"),
        pytest.param({"pupil_id": 57}, [(57,), (4, 5, 57)], id="another pupil"),
        pytest.param({"pupil_id": 7}, [], id="no part of a number"),
        pytest.param({"person_id": SOMEBODY.id}, [(57,), (5,), (4, 5, 57)], id="a person"),
        pytest.param({"person_id": 999}, [], id="another person"),
    ],
)
def test_looks_are_narrowed(seen, asked, shown):
    for pupils in ((4, 5, 57), (5,), (57,)):
        a_look(pupils=pupils, school_id=seen.id)
    assert [row.pupil_ids for row in listed(ledger.looks, seen, **asked)[0]] == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        pytest.param(None, None, 4, id="always"),
        pytest.param(date(2026, 7, 2), None, 2, id="from a day"),
        pytest.param(None, date(2026, 7, 1), 2, id="to a day"),
        pytest.param(date(2026, 7, 2), date(2026, 7, 2), 1, id="one day of school time"),
    ],
)
def test_days_are_days_of_school_time(seen, first, last, shown):
    for moment in ((6, 30, 12), (7, 1, 22), (7, 1, 23), (7, 3, 9)):  # 23:00 UTC is the next day in July
        a_look(datetime(2026, *moment, tzinfo=UTC), school_id=seen.id)
    assert listed(ledger.looks, seen, first=first, last=last)[1] == shown


# ---------------------------------------------------------------- changes
def a_change(verb, actor_id, school_id, subject="", **detail):
    with change(actor_id, verb, NOW, school_id=school_id) as entry:
        entry.subject, entry.detail = subject, detail


def test_changes_are_told_in_words(seen, lead):
    a_change("taken-off-watch", lead.pk, seen.id, "pupil:12", days=4.5)
    a_change("recounted", None, seen.id, f"school:{seen.id}", counted=3, by_code={"I": 2})
    a_change("a-verb-of-old", 999, seen.id)
    rows, total = listed(ledger.changes, seen)
    assert total == 3
    assert [(row.person, row.did, row.subject, row.pupil_id, row.detail) for row in rows] == [
        ("person 999", "a verb of old", "", None, ""),
        (
            "Onroll itself",
            "counted the registers again",
            f"school {seen.id}",
            None,
            'by code: {"I": 2}; counted: 3',
        ),
        ("Dee Lead", "took a pupil off Watch", "pupil 12", 12, "days: 4.5"),
    ]


def test_changes_of_another_school_and_of_the_system_are_not_shown(seen):
    a_change("recounted", None, seen.id + 1)
    a_change("backup-made", None, None)
    a_change("signed-in", 4, None)
    assert listed(ledger.changes, seen) == ([], 0)


def test_a_persons_signing_in_is_shown_when_asked_for(seen, lead, school):
    other = a_person(a_school("Far Hill School"), Role.TEACHER)
    a_change("signed-in", lead.pk, None)
    a_change("sign-in-failed", None, None, f"user:{lead.pk}")
    a_change("signed-in", other.pk, None)
    a_change("roles-changed", lead.pk, seen.id, f"user:{other.pk}")
    assert [row.did for row in listed(ledger.changes, seen, person_id=lead.pk)[0]] == [
        "changed somebody’s roles",
        "an attempt to sign in failed",
        "signed in",
    ]
    # Somebody of another school: only what was done with them here.
    assert [row.did for row in listed(ledger.changes, seen, person_id=other.pk)[0]] == [
        "changed somebody’s roles"
    ]


def test_a_pupils_changes_are_found(seen):
    a_change("taken-off-watch", 1, seen.id, "pupil:12")
    a_change("taken-off-watch", 1, seen.id, "pupil:121")
    assert listed(ledger.changes, seen, pupil_id=12)[1] == 1


# ---------------------------------------------------------------- both
def test_everybody_who_ever_held_a_role_here_can_be_asked_for(seen, school, lead):
    gone = a_person(school, Role.TEACHER, Role.CLERK, name="Ann Gone")
    a_person(a_school("Far Hill School"), Role.TEACHER, name="Far Away")
    assert [(person.id, person.name) for person in ledger.people(seen)] == [
        (gone.pk, "Ann Gone"),
        (lead.pk, "Dee Lead"),
    ]


def test_a_pupil_is_found_by_upn_of_now_or_before_at_this_school_only(seen, school):
    pupil = a_pupil(school, former_upn="")
    moved = a_pupil(school, former_upn="X865499920001", upn="")
    elsewhere = a_pupil(a_school("Far Hill School"))
    assert ledger.pupil_by_upn(seen, f" {pupil.upn.lower()} ") == pupil.pk
    assert ledger.pupil_by_upn(seen, "X865499920001") == moved.pk
    assert ledger.pupil_by_upn(seen, elsewhere.upn) is None
    assert ledger.pupil_by_upn(seen, "") is None


@pytest.mark.parametrize("of", [ledger.looks, ledger.changes])
def test_a_page_of_the_list_costs_a_fixed_number_of_queries(seen, lead, of, django_assert_max_num_queries):
    for _ in range(30):
        a_look(school_id=seen.id)
        a_change("recounted", lead.pk, seen.id)
    with django_assert_max_num_queries(3):
        rows, total = of(seen, Asked(), offset=25, size=25)
    assert (len(rows), total) == (5, 30)


def test_the_whole_list_is_the_same_as_its_pages(seen, lead):
    for _ in range(30):
        a_look(school_id=seen.id)
        a_change("recounted", lead.pk, seen.id)
    assert list(ledger.all_looks(seen, Asked())) == ledger.looks(seen, Asked(), offset=0, size=50)[0]
    assert list(ledger.all_changes(seen, Asked())) == ledger.changes(seen, Asked(), offset=0, size=50)[0]
    assert ledger.count_looks(seen, Asked()) == ledger.count_changes(seen, Asked()) == 30
