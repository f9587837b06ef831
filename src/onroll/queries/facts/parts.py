"""The parts of a case's facts, each read with one or two queries for all cases."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import BooleanField, Case, Q, Value
from django.db.models import When as If
from django.utils import timezone

from onroll.domain.duties.facts import Arrangement, ContactMade, Leaving, Member, Provider, Statement
from onroll.domain.permissions import Role
from onroll.queries.facts.staff import AwayOf
from onroll.queries.facts.when import When
from onroll.records.cases import models as rows

Ids = Collection[int]


def arrangements(case_ids: Ids, when: When) -> dict[int, list[Arrangement]]:
    """Who provided from when, by the day from which it holds. One query."""
    found: dict[int, list[Arrangement]] = defaultdict(list)
    known = when.of(rows.Arrangement.objects.filter(case_id__in=case_ids))
    for case_id, pk, provider, from_on in known.order_by("happened_on", "id").values_list(
        "case_id", "id", "provider", "happened_on"
    ):
        found[case_id].append(Arrangement(pk, Provider(provider), from_on))
    return found


def statements(case_ids: Ids, when: When) -> dict[int, list[Statement]]:
    """Statements in the order in which they were issued, with what became of them. Two queries."""
    first: dict[tuple[int, str], date] = {}  # of each kind of receipt, the first
    readers: dict[int, set[int]] = defaultdict(set)
    receipts = when.of(rows.Receipt.objects.filter(statement__case_id__in=case_ids))
    for statement_id, kind, user_id, on in receipts.order_by("happened_on", "id").values_list(
        "statement_id", "kind", "user_id", "happened_on"
    ):
        first.setdefault((statement_id, kind), on)
        if kind == "read" and user_id is not None:
            readers[statement_id].add(user_id)
    found: dict[int, list[Statement]] = defaultdict(list)
    known = when.of(rows.Statement.objects.filter(case_id__in=case_ids))
    for case_id, pk, arrangement_id, on in known.order_by("happened_on", "id").values_list(
        "case_id", "id", "arrangement_id", "happened_on"
    ):
        found[case_id].append(
            Statement(
                id=pk,
                arrangement_id=arrangement_id,
                issued_on=on,
                parent_acknowledged_on=first.get((pk, "acknowledged")),
                pupil_explained_on=first.get((pk, "explained")),
                read_by=frozenset(readers[pk]),
            )
        )
    return found


def contacts(case_ids: Ids, when: When) -> dict[int, list[ContactMade]]:
    """Contacts with a parent or with the pupil, the earliest first. One query."""
    found: dict[int, list[ContactMade]] = defaultdict(list)
    known = when.of(rows.ContactMade.objects.filter(case_id__in=case_ids))
    known = known.filter(Q(with_parent=True) | Q(with_pupil=True))
    columns = ("case_id", "id", "happened_on", "made_by_id", "with_parent", "two_way", "with_pupil")
    for case_id, pk, on, by_id, parent, two_way, pupil in known.order_by("happened_on", "id").values_list(
        *columns
    ):
        found[case_id].append(ContactMade(pk, on, by_id, parent, two_way, pupil))
    return found


def team(case_ids: Ids, school_of: dict[int, int], away: AwayOf, when: When) -> dict[int, list[Member]]:
    """Everybody who is or was on the team, with their absences. One query."""
    found: dict[int, list[Member]] = defaultdict(list)
    known = when.of(rows.Member.objects.filter(case_id__in=case_ids))
    for case_id, user_id, role, from_on, until_on, deputy_id in known.order_by(
        "happened_on", "id"
    ).values_list("case_id", "user_id", "role", "happened_on", "until_on", "deputy_id"):
        absences = away.get((school_of[case_id], user_id), ())
        found[case_id].append(Member(user_id, Role(role), from_on, until_on, deputy_id, absences))
    return found


def leavings(case_ids: Ids, when: When) -> dict[int, list[Leaving]]:
    """Proposals to leave the roll, and what was decided by then. One query."""
    found: dict[int, list[Leaving]] = defaultdict(list)
    known = when.of(rows.LeavingProposal.objects.filter(case_id__in=case_ids))
    evidence = ~Q(evidence="") | Q(document__isnull=False)
    given = Case(If(evidence, then=Value(True)), default=Value(False), output_field=BooleanField())
    for row in known.annotate(given=given).order_by("happened_on", "id").values(*_OF_LEAVING):
        decided_at = row["decided_at"]
        decided = decided_at is not None and decided_at <= when.moment
        found[row["case_id"]].append(
            Leaving(
                id=row["id"],
                ground=row["ground"],
                leaving_on=row["leaving_on"],
                proposed_by_id=row["recorded_by_id"],
                evidence=row["given"],
                decided_on=timezone.localdate(decided_at) if decided else None,
                decided_by_id=row["decided_by_id"] if decided else None,
                agreed=row["agreed"] if decided else None,
                authority_agrees=row["authority_agrees"],
            )
        )
    return found


_OF_LEAVING = (
    "case_id", "id", "ground", "leaving_on", "recorded_by_id", "given", "decided_at", "decided_by_id", "agreed",
    "authority_agrees",
)  # fmt: skip


def understandings(case_ids: Ids, when: When) -> dict[int, bool]:
    """What was last judged of each pupil's understanding. One query."""
    known = when.of(rows.Understanding.objects.filter(case_id__in=case_ids))
    return dict(known.order_by("happened_on", "id").values_list("case_id", "understands"))
