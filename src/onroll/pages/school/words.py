"""How the settings room says a school's settings."""

from django.urls import reverse

from onroll.domain.register import CODES
from onroll.pages.parts import SummaryRow
from onroll.pages.wording import count_of, day_number
from onroll.queries.school_settings import Group, OwnCode, Settings


def school_rows(settings: Settings) -> list[SummaryRow]:
    """What the school is: the name can be changed here, its numbers are given."""
    rows = [
        SummaryRow("Name", settings.name, reverse("school:name", args=[settings.urn])),
        SummaryRow("URN", str(settings.urn)),
        SummaryRow("DfE number", settings.dfe_number),
        SummaryRow("Local authority", settings.authority),
    ]
    return [*rows, SummaryRow("Trust", settings.trust)] if settings.trust else rows


def counting_rows(settings: Settings, *, change: bool = False) -> list[SummaryRow]:
    """How the school counts; with `change` each line has the way to change it."""
    href = reverse("school:counting", args=[settings.urn]) if change else ""
    codes = [f"{code} ({CODES[code].meaning.lower()})" for code in settings.health_codes if code in CODES]
    appointment = "Ends it" if settings.appointment_breaks_statutory else "Is passed over"
    return [
        SummaryRow("Threshold", f"{day_number(float(settings.threshold))} school days", href),
        SummaryRow("Codes that count for health", "; ".join(codes), href),
        SummaryRow("An appointment inside a run of illness", appointment, href),
    ]


def rest_rows(urn: int, years: list[Group], tutors: list[Group], codes: list[OwnCode]) -> list[SummaryRow]:
    """The groups and the school's own codes, in short."""
    groups = reverse("school:groups", args=[urn])
    own = ", ".join(f"{code.raw} is read as {code.national}" for code in codes)
    return [
        SummaryRow("Year groups", ", ".join(group.name for group in years) or "None yet", groups),
        SummaryRow("Tutor groups", count_of(len(tutors), "group"), groups),
        SummaryRow("The school’s own attendance codes", own or "None", reverse("school:codes", args=[urn])),
    ]
