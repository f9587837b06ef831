"""The timeline of a case."""

import io

from onroll.actions.timeline import documents, recording, taking_back
from onroll.domain.casework.entries import Entry
from onroll.domain.permissions import Permission
from onroll.queries import doors
from onroll.records.cases.models import ContactMade
from tests.support import entries
from tests.support.killed_actions.world import AT, Act, World, killed


@killed("timeline/recording.record_contact")
def _(world: World) -> Act:
    given = entries.contact(world.by.id)
    return lambda: recording.record_contact(world.by, *world.ids, given=given, form_key="one", **AT)


@killed("timeline/recording.record_decision")
def _(world: World) -> Act:
    return lambda: recording.record_decision(
        world.by, *world.ids, given=entries.decision(), form_key="one", **AT
    )


@killed("timeline/recording.record_note")
def _(world: World) -> Act:
    return lambda: recording.record_note(world.by, *world.ids, given=entries.note(), form_key="one", **AT)


@killed("timeline/documents.add_document")
def _(world: World) -> Act:
    seen = doors.school(world.by, world.told.school.urn, Permission.SCHOOL_SEE)
    return lambda: documents.add_document(
        world.by,
        seen,
        world.told.case.pk,
        given=entries.paper(),
        source=io.BytesIO(entries.PDF),
        form_key="one",
        **AT,
    )


@killed("timeline/taking_back.withdraw")
def _(world: World) -> Act:
    row = _a_contact(world)
    return lambda: taking_back.withdraw(
        world.by, *world.ids, Entry.CONTACT, row, reason="Another child.", **AT
    )


@killed("timeline/taking_back.correct")
def _(world: World) -> Act:
    row, given = _a_contact(world), entries.contact(world.by.id, said="Better words.")
    return lambda: taking_back.correct(world.by, *world.ids, row, given=given, form_key="two", **AT)


def _a_contact(world: World) -> int:
    recording.record_contact(world.by, *world.ids, given=entries.contact(world.by.id), form_key="one", **AT)
    return ContactMade.objects.get(case=world.told.case).pk
