"""A case on which something of every kind happened, for tests of its timeline."""

import io
from datetime import date, datetime, timedelta

from onroll.actions.recount import recount_school
from onroll.actions.timeline.documents import add_document
from onroll.actions.timeline.recording import record_contact, record_decision, record_note
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, ContactMade, Document, Statement
from tests.support.cast import NOW, a_case, a_pupil, a_register, marks, whole_days
from tests.support.entries import PDF, contact, decision, note, paper

DAYS = [date(2026, 11, 3) + timedelta(days=n) for n in range(18) if (1 + n) % 7 < 5]  # school days


def a_full_case(school, by: Actor, *, surname: str = "Quill", entries: int = 1, at: datetime = NOW) -> Case:
    """Marks with an absence and the way back, a statement, and so many contacts, decisions, notes, documents."""
    pupil = a_pupil(school, "Robin", surname)
    a_register(pupil, marks(whole_days(DAYS[:9], "I") | whole_days(DAYS[9:12], "/")))
    with pen():
        recount_school(school.pk)
    case = a_case(pupil, at=at)
    with pen():
        arrangement = Arrangement.objects.get(case=case)
        Statement.objects.create(
            case=case, arrangement=arrangement, words="{}", happened_on=date(2026, 11, 12), recorded_at=at
        )
    for number in range(entries):
        on, name = DAYS[number % len(DAYS)], f" {number}" if entries > 1 else ""
        when = {"form_key": "", "on": at.date(), "at": at + timedelta(minutes=number)}
        record_contact(
            by,
            school.pk,
            case.pk,
            given=contact(by.id, said=f"Sleeping better{name}.", happened_on=on),
            **when,
        )
        record_decision(by, school.pk, case.pk, given=decision(happened_on=on), **when)
        record_note(
            by, school.pk, case.pk, given=note(f"Cards from the class{name}.", happened_on=on), **when
        )
        seen = doors.school(by, school.urn, Permission.SCHOOL_SEE)
        add_document(
            by, seen, case.pk, given=paper(happened_on=on), source=io.BytesIO(PDF), **when
        )  # fmt: skip
    return case


def written_on(case: Case, by: Actor) -> dict[str, ContactMade | Document]:
    """A contact and a document on a case."""
    when = {"form_key": "", "on": NOW.date(), "at": NOW}
    contact_id = record_contact(by, case.school_id, case.pk, given=contact(by.id), **when)
    seen = doors.school(by, case.school.urn, Permission.SCHOOL_SEE)
    added = add_document(by, seen, case.pk, given=paper(), source=io.BytesIO(PDF), **when)
    return {
        "contact": ContactMade.objects.get(pk=contact_id),
        "document": Document.objects.get(pk=added.entry_id),
    }
