"""The timeline: everything in one list, narrowed, by tier, as it was known, with a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.actions.timeline.recording import record_note
from onroll.actions.timeline.taking_back import correct, withdraw
from onroll.domain.casework.entries import WRITTEN, Entry
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import doors
from onroll.queries.timeline import Asked, entry, timeline
from onroll.records.base import pen
from onroll.records.cases.models import CaseMove, Note
from onroll.records.ledger.models import Look
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.entries import note
from tests.support.timelines import a_full_case

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def leader(school):
    return actor(a_person(school, Role.PROGRESS_LEADER, name="Carys Webb"))


@pytest.fixture
def case(school, leader):
    return a_full_case(school, leader)


def read(who, case, at=LATER, size=None, skip=0, **asked):
    seen = doors.school(who, case.school.urn, Permission.CASE_SEE)
    return timeline(who, seen, case.pk, Asked(**asked), page="timeline", at=at, size=size, first=skip)


def titles(page):
    return [line.title for line in page.lines]


def test_everything_that_happened_stands_in_one_list_latest_first(leader, case):
    page = read(leader, case)
    assert [(line.on.day, line.title) for line in page.lines] == [
        (16, "First day back, after 9 school days away"),
        (12, "Statement of who is responsible was issued"),
        (9, "The school provides education"),
        (9, "Case opened: School arranging"),
        (3, "Letter: Letter from home"),
        (3, "Note"),
        (3, "Decision: Shall a tutor come home?"),
        (3, "Phone call with a parent or carer: spoke"),
        (3, "First day away for health reasons"),
    ]
    assert page.total == 9
    assert {line.kind for line in page.lines} == set(Entry)


def test_a_line_says_who_recorded_it_and_its_facts(leader, case):
    page = read(leader, case, kinds=frozenset({Entry.DECISION}))
    [line] = page.lines
    assert (line.by, line.text) == ("Carys Webb", "Yes, twice a week")
    assert dict(line.facts) == {"Why": "Two weeks were missed", "Decided by": "The year team"}


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        pytest.param({"kinds": frozenset({Entry.NOTE})}, {Entry.NOTE}, id="one kind"),
        pytest.param({"kinds": WRITTEN}, WRITTEN, id="what people wrote"),
        pytest.param({"kinds": frozenset()}, set(), id="nothing"),
        pytest.param({"first": date(2026, 11, 10)}, {Entry.STATEMENT, Entry.REGISTER}, id="from a day on"),
        pytest.param({"last": date(2026, 11, 3)}, WRITTEN | {Entry.REGISTER}, id="up to a day"),
        pytest.param({"text": "sleeping"}, {Entry.CONTACT}, id="by text"),
        pytest.param({"text": "TUTOR week"}, {Entry.DECISION}, id="by two words, in any case"),
        pytest.param({"text": "carys cards"}, {Entry.NOTE}, id="by who recorded it"),
        pytest.param({"text": "phone"}, {Entry.CONTACT}, id="by its heading"),
        pytest.param({"text": "away"}, {Entry.REGISTER}, id="by what the register tells"),
        pytest.param({"text": "nobody wrote this"}, set(), id="by text that is nowhere"),
    ],
)
def test_it_narrows(leader, case, asked, kinds):
    assert {line.kind for line in read(leader, case, **asked).lines} == kinds


def test_each_reader_sees_their_tiers_and_how_many_are_kept_back(school, leader, case):
    lead = actor(a_person(school, Role.SAFEGUARDING_LEAD))
    when = {"form_key": "", "on": NOW.date(), "at": NOW}
    for who, tier, text in (
        (leader, Tier.MEDICAL, "The ward rang"),
        (leader, Tier.MEDICAL, "Medicine changed"),
        (lead, Tier.SAFEGUARDING, "See the other file"),
    ):
        record_note(who, school.pk, case.pk, given=note(text, tier=tier), **when)
    only_notes = {"kinds": frozenset({Entry.NOTE})}
    officer = actor(a_person(school, Role.ATTENDANCE_OFFICER))
    for who, seen, kept_back in (
        (officer, 1, ((Tier.MEDICAL, 2), (Tier.SAFEGUARDING, 1))),
        (leader, 3, ((Tier.SAFEGUARDING, 1),)),
        (lead, 4, ()),
    ):
        page = read(who, case, **only_notes)
        assert (page.total, page.kept_back) == (seen, kept_back)
    assert read(officer, case, text="ward").total == 0
    assert read(lead, case, **only_notes, tiers=frozenset({Tier.EDUCATION})).total == 1


def test_why_a_step_was_made_is_medical(school, leader, case):
    with pen():
        CaseMove.objects.filter(case=case).update(reason="Waits for an operation")
    officer = actor(a_person(school, Role.ATTENDANCE_OFFICER))
    for who, text in ((officer, ""), (leader, "Waits for an operation")):
        assert read(who, case, kinds=frozenset({Entry.MOVE})).lines[0].text == text


def test_what_was_taken_back_stays_with_its_reason(leader, case):
    old = Note.objects.get()
    when = {"on": NOW.date(), "at": NOW + timedelta(hours=1)}
    withdraw(leader, case.school_id, case.pk, Entry.NOTE, old.pk, reason="Another child", **when)
    notes = {"kinds": frozenset({Entry.NOTE})}
    [line] = read(leader, case, **notes).lines
    assert (line.taken_back.because, line.taken_back.by) == ("Another child", "Carys Webb")
    assert read(leader, case, **notes, withdrawn_too=False).lines == ()
    assert read(leader, case, **notes, known_at=NOW).lines[0].taken_back is None, "not yet, at that time"


def test_the_past_holds_what_was_recorded_by_then(leader, case):
    assert read(leader, case, known_at=NOW - timedelta(hours=1), kinds=WRITTEN).total == 0
    assert read(leader, case, known_at=NOW + timedelta(hours=1), kinds=WRITTEN).total == 4
    early = read(leader, case, known_at=NOW - timedelta(days=10), kinds=frozenset({Entry.REGISTER}))
    assert titles(early) == ["First day away for health reasons"], "the way back had not come"


def test_an_entry_knows_what_stands_in_its_place(leader, case):
    old = Note.objects.get().pk
    new = correct(
        leader, case.school_id, case.pk, old, given=note("Other"), form_key="", on=NOW.date(), at=LATER
    )
    seen = doors.school(leader, case.school.urn, Permission.CASE_SEE)
    when = {"page": "timeline-entry", "at": LATER}
    before = entry(leader, seen, case.pk, Entry.NOTE, old, **when)
    assert (before.replaced_by, before.line.taken_back.because) == (new, "Corrected")
    after = entry(leader, seen, case.pk, Entry.NOTE, new, **when)
    assert (after.replaced_by, after.line.replaces_id, after.line.text) == (None, old, "Other")


def test_an_entry_of_a_tier_one_may_not_read_is_refused(school, leader, case):
    with pen():
        Note.objects.update(tier=Tier.MEDICAL)
    officer = actor(a_person(school, Role.ATTENDANCE_OFFICER))
    seen = doors.school(officer, case.school.urn, Permission.CASE_SEE)
    call = (case.pk, Entry.NOTE, Note.objects.get().pk)
    with pytest.raises(Refusal) as caught:
        entry(officer, seen, *call, page="timeline-entry", at=LATER)
    assert caught.value.kind is Refused.NOT_ALLOWED
    assert entry(leader, seen, *call, page="timeline-entry", at=LATER).line.text == "Cards from the class."


def test_each_reading_is_one_look(leader, case):
    read(leader, case)
    assert Look.objects.get().pupil_ids == f",{case.pupil_id},"


def test_it_costs_the_same_whatever_the_case_holds(school, leader):
    counts = []
    for entries in (3, 30):
        case = a_full_case(school, leader, entries=entries)
        seen = doors.school(leader, school.urn, Permission.CASE_SEE)
        with CaptureQueriesContext(connection) as queries:
            page = timeline(leader, seen, case.pk, Asked(), page="timeline", at=LATER)
        counts.append(len(queries))
        assert page.total == 4 * entries + 5
    assert counts[0] == counts[1] <= 6, [query["sql"][:120] for query in queries.captured_queries]


def test_a_page_is_a_part_of_the_list(school, leader):
    case = a_full_case(school, leader, entries=10)
    everything = read(leader, case).lines
    assert len(everything) == 45
    assert read(leader, case, skip=25, size=25).lines == everything[25:]
