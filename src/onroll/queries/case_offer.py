"""One move of a case, and what is known of the need: what their forms start from."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.casework.moves import RULES, Move, may_move
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, case_head, head_of
from onroll.queries.case_moves import move_facts
from onroll.queries.case_page import Offer
from onroll.queries.doors import SchoolSeen


@dataclass(frozen=True, slots=True)
class OfferPage:
    """A case, and one move with what stands against it."""

    head: CaseHead
    offer: Offer


@dataclass(frozen=True, slots=True)
class NeedPage:
    """A case, and what is known of the need behind it."""

    head: CaseHead
    need: str


def offer_of(
    actor: Actor, seen: SchoolSeen, case_id: int, move: Move, *, on: date, at: datetime
) -> OfferPage:
    """What stands against a move, whatever the case's state; the look logged."""
    head = case_head(actor, seen, case_id, RULES[move].permission, page="case-move", at=at)
    obstacles = may_move(move_facts(case_id, on), move, actor, seen.id)
    return OfferPage(head, Offer(move, RULES[move].words, tuple(obstacles)))


def need_of(actor: Actor, seen: SchoolSeen, case_id: int, *, at: datetime) -> NeedPage:
    """What is known of the need, for somebody who works on the case and sees what is medical."""
    if not actor.may(Permission.MEDICAL_SEE, seen.id):
        raise not_allowed(Permission.MEDICAL_SEE, seen.name)
    row = doors.case(actor, seen, case_id, Permission.CASE_WORK, page="case-need", at=at)
    return NeedPage(head_of(row), row.need)
