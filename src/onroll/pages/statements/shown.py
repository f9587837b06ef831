"""What the page of who is responsible says of what is on record, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from onroll.domain.casework.links import LinkState
from onroll.domain.casework.receipts import Step, next_step
from onroll.domain.casework.statement import Audience, Told
from onroll.domain.packs.stack import Stack
from onroll.domain.vocabulary import in_words
from onroll.pages.wording import medium_date
from onroll.queries.statements import ReceiptSeen, RelativeSeen, ResponsiblePage


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do next. `href` empty: there is no button; `posts`: the button does it at once."""

    words: str
    button: str = ""
    href: str = ""
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody, and whether they have had the statement."""

    name: str
    under: str
    status: str  # a key of STATUSES
    fact: str = ""
    note: str = ""
    receipt_id: int | None = None
    own: bool = False  # the reader's own receipt
    link_id: int | None = None  # of a link that still works


@dataclass(frozen=True, slots=True)
class AudienceShown:
    """The statement for one reader, with the addresses of its papers once it is issued."""

    words: str
    told: Told
    paper: str = ""
    large: str = ""


def next_of(page: ResponsiblePage, urn: int, case_id: int, *, may_work: bool) -> Next | None:
    """The next thing to do, as words and one button; None where nothing can be recorded."""
    step = next_step(page.had)
    if not may_work:
        return None
    number = page.current.id if page.current else 0

    def to(name: str, *more: int) -> str:
        return reverse(f"statements:{name}", args=[urn, case_id, *more])

    return {
        Step.SAY: Next("Nobody has said who provides education.", "Say who provides", to("change")),
        Step.ISSUE: Next(
            "The statement of how it stands now has not been issued.", "Read it and issue it", to("issue")
        ),
        Step.READ: Next(
            "You are on the team. Read the statement here, then say so.",
            "I have read this",
            to("read", number) if number else "",
            posts=True,
        ),
        Step.PARENT: Next(
            "Nobody of the family has told us that they have read it.",
            "Send the family a link",
            to("link", number) if number else "",
        ),
        Step.JUDGE: Next(
            "Nobody has said whether the pupil is to be told themselves.",
            "Say whether the pupil is told",
            to("understanding"),
        ),
        Step.EXPLAIN: Next(
            "It has not been explained to the pupil.",
            "Record that it was explained",
            to("explained", number) if number else "",
        ),
        Step.TEAM: Next(f"Still to read it: {in_words(page.had.unread)}. They find it on their Today page."),
        Step.DONE: Next("Everybody has had the statement. There is nothing to do until something changes."),
    }[step]


def gaps_of(page: ResponsiblePage) -> tuple[str, ...]:
    """Everything that is missing, besides the next thing to do."""
    had = page.had
    if not had.issued:
        return ()
    missing = (
        (not had.acknowledged, "Nobody of the family has acknowledged it."),
        (bool(had.unread), f"Not yet read by {in_words(had.unread)}."),
        (
            had.understands is None and not had.explained,
            "Nobody has said whether the pupil is of an age and understanding to be told.",
        ),
        (bool(had.understands) and not had.explained, "It has not been explained to the pupil."),
    )
    return tuple(words for is_missing, words in missing if is_missing)


def family_lines(page: ResponsiblePage) -> list[Line]:
    """The family, each with their answer or their link."""
    return [_relative(one) for one in page.family]


def team_lines(page: ResponsiblePage, stack: Stack, reader_id: int) -> list[Line]:
    """The team, each with when they read it."""
    return [
        Line(
            name=one.name,
            under=stack.role(one.role),
            status="read" if one.receipt else "not-read",
            fact=f"on {medium_date(one.receipt.on)}" if one.receipt else "",
            receipt_id=one.receipt.id if one.receipt else None,
            own=one.user_id == reader_id,
        )
        for one in page.team
    ]


def audiences_of(page: ResponsiblePage, urn: int, case_id: int) -> Sequence[AudienceShown]:
    """The three statements, with their papers where they are issued."""
    found = []
    for audience in Audience:
        paper = (
            reverse("statements:paper", args=[urn, case_id, page.current.id, audience.value])
            if page.current
            else ""
        )
        found.append(
            AudienceShown(audience.words, page.told[audience], paper, f"{paper}?large=yes" if paper else "")
        )
    return found


def _relative(one: RelativeSeen) -> Line:
    fact, status = "", "not-answered"
    if one.receipt:
        status, fact = "acknowledged", _answered(one.receipt)
    elif one.problem:
        status, fact = "not-to-be-sent", one.problem
    elif one.link is LinkState.OPEN and one.link_expires_at:
        when = "has been opened" if one.link_opened_at else "has not been opened"
        fact = f"Their link {when}. It works until {medium_date(one.link_expires_at.date())}."
    elif one.link is LinkState.EXPIRED:
        fact = "Their link has expired. Make a new one."
    return Line(
        name=one.name,
        under=one.relationship,
        status=status,
        fact=fact,
        note=one.receipt.note if one.receipt else "",
        receipt_id=one.receipt.id if one.receipt else None,
        link_id=one.link_id if one.link is LinkState.OPEN and not one.receipt else None,
    )


def _answered(receipt: ReceiptSeen) -> str:
    how = {
        "link": "by a link",
        "paper": "on paper",
        "conversation": f"in a conversation with {receipt.by}",
    }[receipt.how]
    return f"{how}, on {medium_date(receipt.on)}"
