"""The page of who is responsible: what stands, what was issued, who has had it. Call behind a door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onroll.domain.casework.kept_words import as_told
from onroll.domain.casework.links import LinkState, link_problem, link_state
from onroll.domain.casework.receipts import Had
from onroll.domain.casework.responsibility import gaps_in_words, responsibility_sentence
from onroll.domain.casework.statement import Audience, Told, statements, without_how
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.queries.place import place_of, place_with
from onroll.queries.responsibility import arrangement_on, responsibility
from onroll.records.cases.models import (
    Arrangement,
    Case,
    FamilyMember,
    Member,
    Receipt,
    Statement,
    StatementLink,
    Understanding,
)
from onroll.records.people.models import User

_BY = Subquery(User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")[:1])
_JUDGED = Understanding.objects.standing().filter(case=OuterRef("case")).order_by("-happened_on", "-id")


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """That somebody has had the statement. `by`: who read or spoke; `recorded_by`: who wrote it down."""

    id: int
    kind: str
    how: str
    on: date
    by: str
    family_id: int | None
    user_id: int | None
    note: str
    recorded_by: str
    recorded_by_id: int | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class RelativeSeen:
    """One of the family: whether they have answered, and how their link stands."""

    id: int
    name: str
    relationship: str
    email: str
    problem: str  # why no link may reach them
    receipt: ReceiptSeen | None = None
    link_id: int | None = None
    link: LinkState | None = None
    link_expires_at: datetime | None = None
    link_opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReaderSeen:
    """One of the team."""

    user_id: int
    name: str
    role: Role
    receipt: ReceiptSeen | None = None


@dataclass(frozen=True, slots=True)
class StatementSeen:
    """A statement as it was issued."""

    id: int
    arrangement_id: int
    issued_on: date
    issued_by: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ArrangementSeen:
    """One arrangement in a sentence. `until`: when the next began."""

    id: int
    from_on: date
    until: date | None
    sentence: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class ResponsiblePage:
    """All that the page shows. `current` is the statement of the arrangement that stands, if it was issued."""

    sentence: str
    gaps: str
    arrangement_id: int | None
    told: dict[Audience, Told]  # as it was issued; as it would be issued, where it was not
    current: StatementSeen | None
    earlier: tuple[StatementSeen, ...]
    family: tuple[RelativeSeen, ...]
    team: tuple[ReaderSeen, ...]
    explained: ReceiptSeen | None
    understands: bool | None
    understands_because: str
    reader_has_read: bool
    arrangements: tuple[ArrangementSeen, ...]
    had: Had


def responsible_page(
    case: Case, school_name: str, stack: Stack, *, reader_id: int, exactly: bool, on: date, at: datetime
) -> ResponsiblePage:
    """Who is responsible for one case, on a day. Five queries, whatever is on record.

    `exactly` False leaves out how education is provided, which may say what the child has.
    """
    arranged = list(_arrangements(case.pk))
    begun = [row for row in arranged if row.happened_on <= on]
    standing = begun[-1] if begun else None
    issued = list(Statement.objects.filter(case=case).annotate(by=_BY).order_by("-id"))
    current = next((row for row in issued if standing and _is_of(row, standing)), None)
    receipts = _receipts(current) if current else []
    team = _team(case.pk, on, receipts)
    place = place_with(school_name, stack, [(one.role.value, one.name) for one in team])
    now = responsibility(standing, exactly=exactly)
    rows = _family(case.pupil_id, current)
    answers = _answers(rows, receipts)
    family = tuple(_relative(row, answers.get(row.pk), at) for row in rows if row.withdrawn_at is None)
    explained = next((one for one in receipts if one.kind == "explained"), None)
    understands = arranged[0].understands if arranged else None
    return ResponsiblePage(
        sentence=responsibility_sentence(now, place, on),
        gaps=gaps_in_words(now),
        arrangement_id=standing.pk if standing else None,
        told=_shown(as_told(current.words) if current else statements(now, place, on), exactly=exactly),
        current=_statement(current) if current else None,
        earlier=tuple(_statement(row) for row in issued if row is not current),
        family=family,
        team=team,
        explained=explained,
        understands=understands,
        understands_because=(arranged[0].understands_because or "") if arranged else "",
        reader_has_read=any(one.kind == "read" and one.user_id == reader_id for one in receipts),
        arrangements=tuple(
            ArrangementSeen(
                row.pk,
                row.happened_on,
                after.happened_on if after else None,
                responsibility_sentence(responsibility(row, exactly=exactly), place, row.happened_on),
                row.by or "",
            )
            for row, after in reversed(list(zip(arranged, [*arranged[1:], None], strict=True)))
        )
        if arranged
        else (),
        had=Had(
            arranged=standing is not None,
            issued=current is not None,
            acknowledged=any(one.kind == "acknowledged" for one in receipts),
            unread=tuple(dict.fromkeys(one.name for one in team if one.receipt is None)),
            mine_unread=any(one.user_id == reader_id and one.receipt is None for one in team),
            understands=understands,
            explained=explained is not None,
        ),
    )


def _shown(told: Mapping[Audience, Told], *, exactly: bool) -> dict[Audience, Told]:
    return {audience: one if exactly else without_how(one) for audience, one in told.items()}


def _is_of(statement: Statement, arrangement: Arrangement) -> bool:
    return statement.withdrawn_at is None and statement.arrangement_id == arrangement.pk


def _arrangements(case_id: int) -> QuerySet[Any]:
    rows = Arrangement.objects.standing().filter(case_id=case_id)
    judged = {
        "understands": Subquery(_JUDGED.values("understands")[:1]),
        "understands_because": Subquery(_JUDGED.values("reason")[:1]),
    }
    return rows.annotate(by=_BY, **judged).order_by("happened_on", "id")


def _receipts(statement: Any) -> list[ReceiptSeen]:
    rows = Receipt.objects.standing().filter(statement=statement).annotate(recorder=_BY)
    return [
        ReceiptSeen(
            id=row.pk,
            kind=row.kind,
            how=row.how,
            on=row.happened_on,
            by=row.user.name if row.user else "",
            family_id=row.family_id,
            user_id=row.user_id,
            note=row.note,
            recorded_by=row.recorder or "",
            recorded_by_id=row.recorded_by_id,
            document_id=row.document_id,
        )
        for row in rows.select_related("user").order_by("id")
    ]


def _team(case_id: int, on: date, receipts: list[ReceiptSeen]) -> tuple[ReaderSeen, ...]:
    read = {one.user_id: one for one in receipts if one.kind == "read"}
    rows = (
        Member.objects.standing()
        .filter(Q(until_on=None) | Q(until_on__gte=on), case_id=case_id, happened_on__lte=on)
        .order_by("happened_on", "id")
    )
    return tuple(
        ReaderSeen(user_id, name, Role(role), read.get(user_id))
        for user_id, name, role in rows.values_list("user_id", "user__name", "role")
    )


def _family(pupil_id: int, statement: Any) -> list[Any]:
    """The family, past rows included, with the newest link of each to the statement that stands. One query."""
    links = StatementLink.objects.filter(family=OuterRef("pk"), statement_id=statement.pk if statement else 0)
    newest = links.order_by("-id")
    wanted = ("id", "expires_at", "first_opened_at", "used_at", "withdrawn_at")
    rows = FamilyMember.objects.filter(pupil_id=pupil_id)
    return list(rows.annotate(**{f"link_{name}": Subquery(newest.values(name)[:1]) for name in wanted}))


def _answers(family: list[Any], receipts: list[ReceiptSeen]) -> dict[int, ReceiptSeen]:
    """First answers by the row that stands now: an answer names the row of its time, whose details changed since."""
    heirs = {row.replaces_id: row.pk for row in family if row.replaces_id}
    found: dict[int, ReceiptSeen] = {}
    for one in receipts:
        if one.kind == "acknowledged" and one.family_id is not None:
            row_id = one.family_id
            while row_id in heirs:
                row_id = heirs[row_id]
            found.setdefault(row_id, one)
    return found


def _relative(row: Any, receipt: ReceiptSeen | None, at: datetime) -> RelativeSeen:
    state = (
        link_state(
            used_at=row.link_used_at,
            withdrawn_at=row.link_withdrawn_at,
            expires_at=row.link_expires_at,
            at=at,
        )
        if row.link_id
        else None
    )
    return RelativeSeen(
        id=row.pk,
        name=row.name,
        relationship=row.relationship,
        email=row.email,
        problem=link_problem(do_not_contact=row.do_not_contact, may_be_told=row.may_be_told, died=False),
        receipt=receipt,
        link_id=row.link_id,
        link=state,
        link_expires_at=row.link_expires_at,
        link_opened_at=row.link_first_opened_at,
    )


def _statement(row: Any) -> StatementSeen:
    return StatementSeen(
        row.pk, row.arrangement_id, row.happened_on, row.by or "", row.withdrawn_at is not None
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """The statement as it would be issued now."""

    arrangement_id: int
    told: dict[Audience, Told]
    gaps: str


def draft_of(case_id: int, school_name: str, stack: Stack, on: date, *, exactly: bool) -> Draft | None:
    """What would be issued today; None while nobody has said who provides. Two queries."""
    standing = arrangement_on(case_id, on)
    if standing is None:
        return None
    now = responsibility(standing)
    told = statements(now, place_of(case_id, school_name, stack, on), on)
    return Draft(standing.pk, _shown(told, exactly=exactly), gaps_in_words(now))
