"""Recount every school with nothing changed, beside the count itself on the same registers."""

from django.utils import timezone

from bench.clock import cost, forget_peak, peak_mb, resident_mb
from bench.inside.start import asked, found
from onroll.actions.recount import recount_every_school
from onroll.domain.register import Register, count_many
from onroll.domain.schoolcalendar import school_year
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import held, way_of
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School


def recount() -> int:
    """Through Django, as `onroll recount` does it. Raises when anything was written: nothing changed."""
    counted = 0
    for moved in recount_every_school(at=timezone.now()):
        if moved.written:
            raise AssertionError(f"{moved.written} figures were written")
        counted += moved.counted
    return counted


def registers() -> list[tuple[School, list[Register], list[Register]]]:
    """Every school's registers as both counts read them."""
    found = []
    for school in School.objects.all():
        pupils = Pupil.objects.filter(school=school).values_list("pk", "born_on", "year_group_id")
        facts = held(
            {pk: (born_on, group) for pk, born_on, group in pupils}, up_to_year=school_year(school.marks_to)
        )
        one = [fact.for_statutory for fact in facts.values()], [fact.for_health for fact in facts.values()]
        found.append((school, *one))
    return found


if __name__ == "__main__":
    recount()  # what is kept in the process is kept from here on
    before = resident_mb()
    forget_peak()
    spent, pupils = cost(recount)
    above = peak_mb() - before
    with asked() as counts:
        recount()
    ready = [(school, way_of(school), calendars_of(school.pk)[None], s, h) for school, s, h in registers()]

    def count() -> None:
        for school, way, calendar, for_statutory, for_health in ready:
            count_many(way.statutory, for_statutory, calendar, school.marks_to, way.threshold)
            count_many(way.health, for_health, calendar, school.marks_to, way.threshold)

    alone, _ = cost(count)
    found({
        "pupils": pupils, "schools": len(ready), "recount": spent.cpu, "count": alone.cpu,
        "queries": counts["queries"], "above": above,
    })  # fmt: skip
