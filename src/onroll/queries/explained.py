"""Every session of a pupil's school year explained, under one count or both."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.register import Explained, explain
from onroll.domain.vocabulary import Actor
from onroll.queries.doors import SchoolSeen
from onroll.queries.pupil_year import Named, pupil_year


@dataclass(frozen=True, slots=True)
class ExplainedYear:
    """The sessions of one school year, each with what it does to a count; empty when nothing is held."""

    pupil: Named
    year: int
    as_of: date | None
    health: tuple[Explained, ...]
    statutory: tuple[Explained, ...]  # the same sessions under the other count, when asked for


def explained_year(
    actor: Actor, seen: SchoolSeen, pupil_id: int, *, year: int | None, at: datetime, both: bool = False
) -> ExplainedYear:
    """The health count session by session, with `both` the statutory one too. The look is logged."""
    found = pupil_year(actor, seen, pupil_id, year=year, at=at)
    health: list[Explained] = []
    statutory: list[Explained] = []
    if found.as_of is not None:
        marks, roll, calendar = found.facts.years, found.facts.on_roll, found.calendar
        health = explain(seen.way.health, marks, calendar, found.as_of, windows=roll)
        if both:
            age = compulsory_age(found.pupil.born_on) if found.pupil.born_on else None
            statutory = explain(seen.way.statutory, marks, calendar, found.as_of, windows=roll, age=age)
    return ExplainedYear(found.pupil, found.year, found.as_of, tuple(health), tuple(statutory))
