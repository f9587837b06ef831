"""A statement as it was issued: its words, and its paper."""

from dataclasses import dataclass
from datetime import date

from onroll.domain.casework.kept_words import as_told
from onroll.domain.casework.statement import Audience, Told
from onroll.domain.casework.tiers import tiers_of
from onroll.domain.duties.words import day
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries.paper import Paper, press
from onroll.records.cases.models import Arrangement, Document, Receipt, Statement

TITLE = "Who is responsible"  # of every such paper: never the child's name
SIGN = {
    "heading": "Please tell us that you have read this",
    "words": "Sign here when you have read and understood this, and give or send this page back to the school. "
    "Ring us if anything is not clear.",
    "lines": ["Name", "Signature", "Date"],
}


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """One statement with its words."""

    id: int
    issued_on: date
    withdrawn: bool
    told: dict[Audience, Told]


@dataclass(frozen=True, slots=True)
class HadIt:
    """Somebody who has had one statement; or who, as somebody found out later, has not."""

    kind: str  # key of STATUSES: "acknowledged", "read", "explained"
    name: str
    on: date
    withdrawn_because: str = ""


def kept_statement(case_id: int, statement_id: int) -> KeptStatement:
    """A statement of a case, taken back or not; refused as not found when it is of another. One query."""
    row = Statement.objects.filter(case_id=case_id, pk=statement_id).first()
    if row is None:
        raise not_found()
    return KeptStatement(row.pk, row.happened_on, row.withdrawn_at is not None, dict(as_told(row.words)))


def check_standing(case_id: int, *, receipt_id: int = 0, arrangement_id: int = 0) -> None:
    """Refuse as not found what is not of the case, or was taken back. One query."""
    rows = (
        Receipt.objects.standing().filter(statement__case_id=case_id, pk=receipt_id)
        if receipt_id
        else Arrangement.objects.standing().filter(case_id=case_id, pk=arrangement_id)
    )
    if not rows.exists():
        raise not_found()


def who_had_it(statement_id: int) -> list[HadIt]:
    """Everybody who has had a statement, what was taken back included. One query."""
    rows = Receipt.objects.filter(statement_id=statement_id).select_related("family", "user").order_by("id")
    return [
        HadIt(
            row.kind,
            row.family.name if row.family else row.user.name if row.user else "",
            row.happened_on,
            (row.withdrawn_because or "no reason was given") if row.withdrawn_at else "",
        )
        for row in rows
    ]


def documents_of(actor: Actor, school_id: int, case_id: int) -> list[tuple[int, str]]:
    """The papers of a case that the actor may read, for choosers, the newest first. One query."""
    tiers = [tier.value for tier in tiers_of(actor, school_id)]
    rows = Document.objects.standing().filter(case_id=case_id, tier__in=tiers)
    return [(row.pk, f"{row.title}, {day(row.happened_on)}") for row in rows]


def statement_paper(
    kept: KeptStatement, audience: Audience, *, school_name: str, pupil_name: str, large: bool
) -> Paper:
    """The statement for one reader as a PDF. The pupil's name stands on the paper and nowhere else in the file."""
    told = kept.told[audience]
    return press(
        "statement",
        {
            "title": TITLE,
            "author": school_name,
            "header": school_name,
            "footer": f"Issued on {day(kept.issued_on)}",
            "large": large,
            "heading": told.heading,
            "name": pupil_name,
            "lead": told.lead,
            "parts": [
                {"heading": part.heading, "words": part.words, "points": part.points} for part in told.parts
            ],
            "sign": SIGN if audience is Audience.FAMILY else None,
        },
    )
