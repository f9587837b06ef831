"""Make open cases, then judge them: the first round, a round that finds nothing new, a morning's, and one action."""

import sys
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone

from bench.clock import cost, forget_peak, peak_mb, resident_mb
from bench.inside.start import asked, found
from onroll.actions.cases.changing import case_change
from onroll.domain.permissions import Permission, Role
from onroll.jobs.sweeping import sweep_all
from onroll.queries import stale
from onroll.queries.people import actor_of
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, CaseMove, ContactMade, Member, Receipt, Statement
from onroll.records.duties.models import Finding
from onroll.records.people.models import Appointment, User
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School

OPENED, TODAY = date(2027, 6, 7), date(2027, 6, 9)  # Monday and Wednesday of a school week
NOW = timezone.now()
OF_CASE = {"happened_on": OPENED, "recorded_at": NOW}


def leaders() -> dict[int, User]:
    """A Progress Leader and a Deputy Headteacher for each school; the first by school."""
    made = {}
    for school in School.objects.order_by("pk"):
        people = [
            User(email=f"{school.pk}-{role}@bench.example", name="Somebody") for role in ("lead", "deputy")
        ]
        User.objects.bulk_create(people)
        roles = (Role.PROGRESS_LEADER, Role.DEPUTY_HEAD)
        for user, role in zip(people, roles, strict=True):
            Appointment.objects.create(user=user, school=school, role=role.value, began_at=NOW)
        made[school.pk] = people[0]
    return made


def cases(wanted: int, leads: dict[int, User]) -> list[Case]:
    """Open cases in all schools, each with who provides and a team; half with a contact and a statement."""
    share = -(-wanted // len(leads))
    pupils = [
        pupil
        for school_id in leads
        for pupil in Pupil.objects.filter(school_id=school_id, cases=None).order_by("pk")[:share]
    ][:wanted]
    opened = Case.objects.bulk_create(
        [
            Case(
                school_id=one.school_id,
                pupil=one,
                state="school-arranging",
                opened_on=OPENED,
                recorded_at=NOW,
            )
            for one in pupils
        ]
    )
    CaseMove.objects.bulk_create(
        [CaseMove(case=one, move="open", to_state=one.state, **OF_CASE) for one in opened]
    )
    Member.objects.bulk_create(
        [
            Member(case=one, user=leads[one.school_id], role=Role.PROGRESS_LEADER.value, **OF_CASE)
            for one in opened
        ]
    )
    arranged = Arrangement.objects.bulk_create(
        [Arrangement(case=one, provider="school", **OF_CASE) for one in opened]
    )
    half = list(zip(opened, arranged, strict=True))[::2]
    ContactMade.objects.bulk_create([
        ContactMade(case=one, made_by=leads[one.school_id], method="phone", with_parent=True, said="Words.", **OF_CASE)
        for one, _ in half
    ])  # fmt: skip
    issued = Statement.objects.bulk_create(
        [Statement(case=one, arrangement=arrangement, words="{}", **OF_CASE) for one, arrangement in half]
    )
    Receipt.objects.bulk_create(
        [
            Receipt(statement=one, kind=kind, how="page", **OF_CASE)
            for one in issued
            for kind in ("read", "explained")
        ]
    )
    return opened


def act(case: Case, lead: User) -> int:
    """Record one contact as the product does; how many statements it takes."""
    actor = actor_of(lead.pk, lead.name)
    with (
        asked() as counts,
        case_change(
            actor, case.school_id, case.pk, "contact-recorded", Permission.CASE_WORK, on=TODAY, at=NOW
        ) as doing,
    ):
        ContactMade.objects.create(
            case=doing.case, made_by=lead, method="phone", with_parent=True, said="Words.",
            happened_on=TODAY, recorded_at=NOW,
        )  # fmt: skip
    return counts["queries"]


def round_on(on: date) -> tuple[float, int]:
    """Processor seconds of one round, and the findings that it wrote or ended."""
    spent, done = cost(lambda: sweep_all(on=on, at=NOW), runs=1)
    return spent.cpu, sum(one.changed for one in done)


if __name__ == "__main__":
    with pen():
        leads = leaders()
        opened = cases(int(sys.argv[1]), leads)
    first, written = round_on(TODAY)
    before = resident_mb()
    forget_peak()
    nothing, unchanged = min(round_on(TODAY) for _ in range(3))
    above = peak_mb() - before
    if unchanged:
        raise AssertionError(f"{unchanged} findings were written though nothing had changed")
    batches = list(stale.batches())
    reading = []
    for batch in batches:
        with asked() as counts:
            stale.outdated(batch, TODAY)
        reading.append(counts["queries"])
    morning, moved = round_on(TODAY + timedelta(days=1))
    each = [
        (cost(lambda one=one: act(one, leads[one.school_id]), runs=1)) for one in islice(opened[1::2], 20)
    ]
    found({
        "schools": len(leads), "cases": len(opened), "findings": Finding.objects.count(), "first": first,
        "written": written, "nothing": nothing, "above": above, "batches": len(batches), "queries": max(reading),
        "morning": morning, "moved": moved, "action": sorted(spent.wall for spent, _ in each)[len(each) // 2],
        "statements": each[-1][1],
    })  # fmt: skip
