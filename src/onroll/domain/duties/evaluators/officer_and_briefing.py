"""`la-officer-known` and `equality-duties-understood`: both are recorded once, and again every year."""

from datetime import date

from onroll.domain.duties.evaluators.coming_round import comes_round, never
from onroll.domain.duties.facts import SchoolFacts
from onroll.domain.duties.finding import Judged, Looked
from onroll.domain.duties.words import day, listed
from onroll.domain.packs.pack import Duty, Pack


def la_officer_known(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when name, post, service and a way to reach the officer were confirmed within 12 months (`months`)."""
    officer = facts.officer
    if officer is None:
        return never(facts, duty, on, "The local authority’s designated officer is not on record.")
    looked, confirmed = (Looked("officer", officer.id),), day(officer.confirmed_on)
    if officer.missing:
        lacks = f"The officer’s entry of {confirmed} lacks: {listed(officer.missing)}."
        return never(facts, duty, on, lacks, looked, start=officer.confirmed_on)
    said = f"Name, post, service and contact of the local authority’s officer were confirmed on {confirmed}."
    return comes_round(officer.confirmed_on, duty, on, said, looked)


def equality_duties_understood(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when staff were briefed on reasonable adjustments within 12 months (`months`)."""
    if not facts.briefings:
        return never(facts, duty, on, "No briefing of staff on reasonable adjustments is on record.")
    last = facts.briefings[-1]
    said = f"Staff were last briefed on reasonable adjustments on {day(last.on)}."
    return comes_round(last.on, duty, on, said, (Looked("briefing", last.id),))
