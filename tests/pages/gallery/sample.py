"""Invented people and marks for the gallery. Nobody here exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from django import forms

from onroll.pages.parts import (
    DutyLine,
    Link,
    Preview,
    PreviewCell,
    PreviewRow,
    SummaryRow,
    Task,
    TimelineItem,
)
from onroll.pages.pictures.looks import Look, look_of
from onroll.pages.pictures.year import NO_SESSION, Cell, Day, YearPicture, year_picture
from onroll.pages.widgets import DateField

TODAY = date(2026, 12, 4)
TERMS = (
    (date(2026, 9, 3), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
)
COUNTED = frozenset({"I", "M", "C2"})
NAMES = (
    """
Mirela Ashgrove, Tobin Fairweather, Zofia Łuczak-Bright, Kwame Silverdale, Orla O’Hanrahan-Vane, Jun Castlewick,
Amira Northcote-Bell, Rhys Penhallow, Leonie Marchbanks, Dilan Brightwater, Effie Underhill, Noor Halloway,
Casper Lindqvist-Moor, Tamsin Roebuck, Ivo Thornbury, Bryony Oakhanger, Emeka Larkspur, Saoirse Dunmallet,
Halima Westerdale, Otis Brackenbury, Perpetua Vale, Yusra Hartfell, Lowri Greenhalgh, Anton Skerrow, Mabel Quince
""".strip()
    .replace("\n", " ")
    .split(", ")
)


@dataclass(frozen=True)
class WatchRow:
    """One pupil of the Watch list."""

    name: str
    href: str
    where: str
    health: float
    statutory: float
    forecast_on: date | None
    days: list[Day]
    status: str


def school_dates(first: date, last: date) -> Iterator[date]:
    """Weekdays in term."""
    on = first
    while on <= last:
        if on.weekday() < 5 and any(start <= on <= end for start, end in TERMS):
            yield on
        on += timedelta(days=1)


def cell(code: str, *, reached: bool = False) -> Cell:
    """A mark as the pictures want it."""
    counts = code in COUNTED
    look = look_of(code, counts=counts)
    return Cell(look, "" if look in (Look.PRESENT, Look.NO_MARK, Look.NOT_TAKEN) else code, reached)


def marks(on: date, chance: Random) -> tuple[str, str]:
    """Two marks for a day: a term that went wrong in November."""
    if on > TODAY:
        return "", ""
    if on >= date(2026, 11, 10):
        return chance.choice([("I", "I")] * 5 + [("C2", "/"), ("M", "/"), ("/", "I"), ("-", "I")])
    return chance.choice(
        [("/", "\\")] * 14 + [("I", "I"), ("M", "\\"), ("N", "N"), ("V", "V"), ("L", "\\"), ("Y1", "\\")]
    )


def year() -> YearPicture:
    """A pupil's register year with links where there is something to explain."""
    chance = Random(7)
    days = {}
    for on in school_dates(TERMS[0][0], TERMS[-1][1]):
        am, pm = marks(on, chance)
        plain = {am, pm} <= {"/", "\\", ""}
        days[on] = Day(
            on,
            cell(am),
            cell(pm, reached=on == date(2026, 12, 2)),
            href="" if plain else f"#{on}",
            label=f"{on:%A} {on.day} {on:%B}: {am} morning, {pm} afternoon",
        )
    return year_picture(days, "Register year 2026 to 2027")


def calendar() -> YearPicture:
    """A school's calendar."""
    days = {}
    on = date(2026, 9, 1)
    while on <= date(2027, 7, 31):
        look = Look.TERM if any(a <= on <= b for a, b in TERMS) else Look.HOLIDAY
        if on in (date(2026, 9, 3), date(2026, 11, 2), date(2027, 1, 4)):
            look = Look.INSET
        if on in (date(2027, 5, 3), date(2026, 12, 25), date(2027, 3, 26), date(2027, 3, 29)):
            look = Look.BANK_HOLIDAY
        if on == date(2026, 11, 20):
            look = Look.CLOSURE
        whole = Cell(look)
        if on.weekday() < 5:
            pm = NO_SESSION if on in (date(2026, 12, 18), date(2027, 7, 21)) else whole
            days[on] = Day(on, whole, pm)
        on += timedelta(days=1)
    return year_picture(days, "School calendar 2026 to 2027")


def watch_rows() -> list[WatchRow]:
    """A page of Watch, nearest first."""
    rows = []
    dates = list(school_dates(TERMS[0][0], TODAY))[-20:]
    for n, name in enumerate(NAMES):
        chance = Random(n)
        health = max(1.0, 18.5 - 1.5 * n) if n < 12 else 7.5 - n / 4 // 0.5 / 2
        ill = [chance.random() < health / 24 for _ in dates]
        days = [
            Day(on, cell("I" if i else "/"), cell("I" if i and chance.random() < 0.9 else "\\"))
            for on, i in zip(dates, ill, strict=True)
        ]
        status = "reached" if health >= 15 else "near" if health >= 10 else "calm"
        forecast = None if health >= 15 or not ill[-1] else date(2026, 12, 8) + timedelta(days=n)
        rows.append(
            WatchRow(
                name,
                "#pupil",
                f"Year {7 + n % 5}, {7 + n % 5}{'ABC'[n % 3]}",
                health,
                max(0.0, health - 3),
                forecast,
                days,
                status,
            )
        )
    return rows


class AllFields(forms.Form):
    """Every kind of field."""

    reason = forms.CharField(
        label="Why is this not a health case?",
        help_text="The family can ask to read this.",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why this is not a health case"},
    )
    began = DateField(
        label="When did the absence begin?",
        help_text="For example, 27 3 2026",
        error_messages={"required": "Enter the date the absence began, like 27 3 2026"},
    )
    role = forms.ChoiceField(
        label="What is their role?",
        choices=[("pl", "Progress Leader"), ("ao", "Attendance officer"), ("ad", "Administrator")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose their role"},
    )
    years = forms.MultipleChoiceField(
        label="Which year groups?",
        choices=[(str(n), f"Year {n}") for n in range(7, 12)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tutor = forms.ChoiceField(
        label="Which tutor group?", choices=[("", "Any"), ("9A", "9A"), ("9B", "9B")], required=False
    )
    email = forms.EmailField(
        label="What is their e-mail address?",
        help_text="We send the invitation there.",
        error_messages={"required": "Enter an e-mail address, like name@school.example"},
    )
    file = forms.FileField(
        label="Which file do you want to bring in?",
        help_text="CSV or XLSX, up to 300 MB.",
        error_messages={"required": "Choose a file"},
    )
    sure = forms.BooleanField(
        label="I have told the family", error_messages={"required": "Confirm that you have told the family"}
    )


class SignIn(forms.Form):
    """The way in."""

    login = forms.EmailField(label="Email")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, help_text="Forgotten it?")


class WatchFilters(forms.Form):
    """The filters of Watch."""

    q = forms.CharField(label="Name or UPN", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(
        label="Year",
        choices=[("", "All years"), *((str(n), f"Year {n}") for n in range(7, 12))],
        required=False,
    )
    tutor = forms.ChoiceField(label="Tutor group", choices=[("", "All groups"), ("9A", "9A")], required=False)
    state = forms.ChoiceField(
        label="Show",
        choices=[("", "Everyone"), ("reached", "Reached 15"), ("near", "Near 15"), ("running", "Absent now")],
        required=False,
    )


def preview() -> Preview:
    """The first lines of a file, with a changed mark, an unknown code and an unknown pupil."""

    def line(n: int, upn: str, on: str, session: str, mark: PreviewCell, status: str) -> PreviewRow:
        return PreviewRow(n, [PreviewCell(upn), PreviewCell(on), PreviewCell(session), mark], status)

    return Preview(
        "The first lines as they will be read",
        ["UPN", "Date", "Session", "Mark"],
        [
            line(2, "A823457109016", "2 December 2026", "Morning", PreviewCell("I"), "new"),
            line(
                3,
                "A823457109016",
                "2 December 2026",
                "Afternoon",
                PreviewCell("I", "was N", "changed"),
                "changed",
            ),
            line(4, "Q823457109042", "2 December 2026", "Morning", PreviewCell("/"), "same"),
            line(
                5,
                "Q823457109042",
                "2 December 2026",
                "Afternoon",
                PreviewCell("H", "no such code", "wrong"),
                "rejected",
            ),
            line(6, "Z823457109113", "2 December 2026", "Morning", PreviewCell("/"), "unknown"),
        ],
    )


def moment(day: int, hour: int) -> datetime:
    """A moment in December 2026."""
    return datetime(2026, 12, day, hour, 5, tzinfo=UTC)


TIMELINE = [
    TimelineItem("Marks brought in: 2,412 new, 3 changed", moment(4, 15), "Petra Loxley"),
    TimelineItem(
        "I changed to C2, Tuesday 1 December, morning",
        moment(3, 9),
        "Petra Loxley",
        "From register-week-13.csv",
        "#",
    ),
    TimelineItem("Taken off Watch", moment(1, 11), "Idris Calloway", withdrawn=True),
]
TASKS = [
    Task("Say which columns hold what", "done", "#", "Saved for this school"),
    Task("Look at the changes", "not-started", "#"),
    Task("Approve", "cannot-start"),
]
DUTIES = [
    DutyLine(
        "The Progress Leader speaks with the parents first",
        "duty-overdue",
        "The case was opened on Thursday 26 November 2026 and no two-way contact with a parent is on record.",
        when="Was due Monday 30 November 2026",
        holder="Petra Loxley, Progress Leader",
        child=NAMES[0],
        child_href="#",
        button="Record a contact",
        href="#",
        paragraph="3.1.b",
        paragraph_href="#",
        more="Put off",
        more_href="#",
    ),
    DutyLine(
        "Everybody knows who is responsible",
        "duty-met",
        "The statement was issued on Friday 27 November 2026, acknowledged and explained to the pupil.",
        holder="Petra Loxley, Progress Leader",
        paragraph="1.b",
        looked_at="1 statement and 3 receipts",
    ),
]
SUMMARY = [
    SummaryRow("File", "register-week-14.csv"),
    SummaryRow("Dates in it", "Monday 30 November 2026 to Friday 4 December 2026"),
    SummaryRow("Columns", "UPN, Date, Session, Mark", "#"),
]
LINKS = [Link("Attendance", "#", current=True), Link("Explanation", "#"), Link("Amendments", "#", count=3)]
