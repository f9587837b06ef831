"""Write the pupils of a roll: new ones, changed ones, their times, contacts and groups, and the history of it all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onroll.domain.names import search_text
from onroll.domain.roll.comparison import Facts, Held, HeldContact, Plan, without_upn
from onroll.domain.roll.values import year_code, year_position
from onroll.domain.schoolcalendar import school_year
from onroll.queries.roll.drafting import Draft
from onroll.records.attendance import bulk
from onroll.records.attendance.models import RegisterYear
from onroll.records.pupils.models import Contact, Enrolment, Pupil, PupilChange
from onroll.records.schools.models import TutorGroup, YearGroup

NEW_PUPIL = "new-pupil"
_BATCH = 500
_PUPIL = (
    *("upn", "former_upn", "admission_number", "forename", "surname", "known_as", "born_on"),
    *("year_group", "tutor_group", "sen_status", "has_ehcp", "search_text", "version"),
)
_CONTACT = (
    *("name", "relationship", "parental_responsibility", "lives_with_pupil", "phone", "email", "priority"),
)
_CHANGE = ("pupil", "school", "field", "old", "new", "of", "at", "by_id", "import_id")


@dataclass(frozen=True, slots=True)
class _Written:
    """One pupil: what was held, what is planned, and the row it goes into."""

    pupil_id: int
    held: Held
    plan: Plan
    is_new: bool


@dataclass(slots=True)
class Writer:
    """Writes what one roll changes. `on` is the day of writing, in school time."""

    school_id: int
    by_id: int | None
    import_id: int
    on: date
    at: datetime
    new_ids: set[int] = field(default_factory=set)
    """Pupils who came with this roll."""

    def write(self, drafts: Sequence[Draft], *, take_mistyped: bool) -> dict[str, int]:
        """Write the drafts and say how many pupils are new and how many changed."""
        plans = [(draft, _settled(draft, take_mistyped)) for draft in drafts]
        plans = [(draft, plan) for draft, plan in plans if draft.state == "new" or plan.differences]
        groups = _GroupIds(self.school_id, [plan.after.facts for _, plan in plans])
        written = [*self._add(plans, groups), *self._change(plans, groups)]
        self._times(written)
        self._contacts(written)
        self._registers(written, groups)
        bulk.insert(PupilChange, _CHANGE, self._history(written))
        new = sum(one.is_new for one in written)
        return {"new": new, "changed": len(written) - new, "groups": groups.made}

    def _add(self, plans: Sequence[tuple[Draft, Plan]], groups: "_GroupIds") -> list[_Written]:
        new = [plan for draft, plan in plans if draft.state == "new"]
        rows = Pupil.objects.bulk_create(
            [Pupil(school_id=self.school_id, **_columns(plan.after.facts, groups)) for plan in new],
            batch_size=_BATCH,
        )
        self.new_ids |= {row.pk for row in rows}
        return [_Written(row.pk, Held(), plan, is_new=True) for row, plan in zip(rows, new, strict=True)]

    def _change(self, plans: Sequence[tuple[Draft, Plan]], groups: "_GroupIds") -> list[_Written]:
        changed = [
            _Written(draft.match.pupil_id, draft.held, plan, is_new=False)
            for draft, plan in plans
            if draft.match.pupil_id is not None
        ]
        facts = [one for one in changed if one.plan.after.facts != one.held.facts]
        versions = _versions([one.pupil_id for one in facts])
        self._free_numbers(facts)
        rows = (
            (one.pupil_id, *_columns(one.plan.after.facts, groups, versions[one.pupil_id] + 1).values())
            for one in facts
        )
        bulk.update(Pupil, _PUPIL, rows)
        return changed

    def _free_numbers(self, changed: Iterable[_Written]) -> None:
        """Take numbers that change off their pupils first: two pupils may exchange theirs."""
        moving = [
            one.pupil_id
            for one in changed
            if (one.held.facts.upn, one.held.facts.admission)
            != (one.plan.after.facts.upn, one.plan.after.facts.admission)
        ]
        for start in range(0, len(moving), _BATCH):
            Pupil.objects.filter(pk__in=moving[start : start + _BATCH]).update(upn="", admission_number="")

    def _times(self, written: Sequence[_Written]) -> None:
        """Held times first: one that ends makes room for the next."""
        held = {time.id: time for one in written for time in one.held.times}
        times = [(one.pupil_id, time) for one in written for time in one.plan.after.times]
        changed = [time for _, time in times if time.id is not None and held[time.id] != time]
        bulk.update(
            Enrolment, ("first_on", "last_on"), ((time.id, time.first, time.last) for time in changed)
        )
        new = (
            (pupil_id, self.school_id, time.first, time.last) for pupil_id, time in times if time.id is None
        )
        bulk.insert(Enrolment, ("pupil", "school", "first_on", "last_on"), new)

    def _contacts(self, written: Sequence[_Written]) -> None:
        held = {contact.id: contact for one in written for contact in one.held.contacts}
        contacts = [(one.pupil_id, contact) for one in written for contact in one.plan.after.contacts]
        changed = [one for _, one in contacts if one.id and held[one.id] != one]
        bulk.update(Contact, _CONTACT, ((one.id, *_contact_values(one)) for one in changed))
        new = (
            (pupil_id, self.school_id, *_contact_values(one), None)
            for pupil_id, one in contacts
            if not one.id
        )
        bulk.insert(Contact, ("pupil", "school", *_CONTACT, "ended_at"), new)
        ended = ((contact_id, self.at) for one in written for contact_id in one.plan.ended_contacts)
        bulk.update(Contact, ("ended_at",), ended)

    def _registers(self, written: Sequence[_Written], groups: "_GroupIds") -> None:
        """The register of this school year follows its pupil into another year group; earlier ones stay."""
        moved = {
            one.pupil_id: groups.year(one.plan.after.facts.year_group)
            for one in written
            if one.held.facts.year_group != one.plan.after.facts.year_group and not one.is_new
        }
        ids = list(moved)
        for start in range(0, len(ids), _BATCH):
            rows = (
                RegisterYear.objects.select_for_update()
                .filter(pupil_id__in=ids[start : start + _BATCH], year=school_year(self.on))
                .order_by("pk")
                .values_list("pk", "pupil_id")
            )
            bulk.update(RegisterYear, ("year_group",), [(pk, moved[pupil_id]) for pk, pupil_id in rows])

    def _history(self, written: Iterable[_Written]) -> Iterator[tuple[Any, ...]]:
        signed = (self.at, self.by_id, self.import_id)
        for one in written:
            if one.is_new:
                yield (one.pupil_id, self.school_id, NEW_PUPIL, "", "", "", *signed)
                continue
            for difference in one.plan.differences:
                yield (one.pupil_id, self.school_id, *difference, *signed)


class _GroupIds:
    """Ids of the school's groups by name, those that were missing made."""

    def __init__(self, school_id: int, facts: Sequence[Facts]) -> None:
        self._years = _ids(YearGroup, school_id)
        self._tutor_groups = _ids(TutorGroup, school_id)
        years = sorted({one.year_group for one in facts} - set(self._years) - {""})
        tutor_groups = sorted({one.tutor_group for one in facts} - set(self._tutor_groups) - {""})
        self.made = len(years) + len(tutor_groups)
        YearGroup.objects.bulk_create([_year_group(school_id, name) for name in years])
        TutorGroup.objects.bulk_create([TutorGroup(school_id=school_id, name=name) for name in tutor_groups])
        if self.made:
            self._years, self._tutor_groups = _ids(YearGroup, school_id), _ids(TutorGroup, school_id)

    def year(self, name: str) -> int | None:
        """The id of a year group; None for none."""
        return self._years[name] if name else None

    def tutor_group(self, name: str) -> int | None:
        """The id of a tutor group; None for none."""
        return self._tutor_groups[name] if name else None


def _settled(draft: Draft, take_mistyped: bool) -> Plan:
    if draft.plan is None:
        raise ValueError("a pupil of whom nobody has said who it is cannot be written")
    if draft.new_upn_is_mistyped and not take_mistyped:
        return without_upn(draft.plan, draft.held)
    return draft.plan


def _columns(facts: Facts, groups: _GroupIds, version: int = 1) -> Mapping[str, Any]:
    """The columns of a pupil's row, in the order of _PUPIL. The one place where `search_text` is made here."""
    return {
        "upn": facts.upn,
        "former_upn": facts.former_upn,
        "admission_number": facts.admission,
        "forename": facts.forename,
        "surname": facts.surname,
        "known_as": facts.known_as,
        "born_on": facts.born_on,
        "year_group_id": groups.year(facts.year_group),
        "tutor_group_id": groups.tutor_group(facts.tutor_group),
        "sen_status": facts.sen,
        "has_ehcp": facts.ehcp,
        "search_text": search_text(
            forename=facts.forename,
            surname=facts.surname,
            known_as=facts.known_as,
            upn=facts.upn,
            former_upn=facts.former_upn,
            admission_number=facts.admission,
        ),
        "version": version,
    }


def _versions(pupil_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(pupil_ids), _BATCH):
        rows = (
            Pupil.objects.select_for_update().filter(pk__in=pupil_ids[start : start + _BATCH]).order_by("pk")
        )
        found.update(rows.values_list("pk", "version"))
    return found


def _contact_values(one: HeldContact) -> tuple[Any, ...]:
    return (
        *(one.name, one.relationship, one.responsibility, one.lives_with),
        *(one.phone, one.email, one.priority),
    )


def _ids(model: type[YearGroup] | type[TutorGroup], school_id: int) -> dict[str, int]:
    return dict(model.objects.filter(school_id=school_id).values_list("name", "pk"))


def _year_group(school_id: int, name: str) -> YearGroup:
    code = year_code(name)
    if code is None:
        raise ValueError("only year groups with a code are made")
    return YearGroup(school_id=school_id, code=code, name=name, position=year_position(code))
