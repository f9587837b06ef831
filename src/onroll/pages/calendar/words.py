"""How the calendar room says kinds, dates, years and remarks."""

from datetime import date

from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.notes import USUAL_DAYS, Note, Remark
from onroll.pages.wording import day_number, long_date, medium_date
from onroll.queries.calendar_pages import CalendarYear, EntrySeen

KINDS: dict[Kind, str] = {
    Kind.TERM: "Term",
    Kind.HOLIDAY: "Holiday",
    Kind.INSET: "Staff training day (INSET)",
    Kind.CLOSURE: "Closure",
    Kind.AM_ONLY: "Morning only",
    Kind.BANK_HOLIDAY: "Bank holiday",
}
KIND_HINTS = {
    Kind.TERM.value: "Pupils are expected on its weekdays, apart from what the other kinds take away.",
    Kind.HOLIDAY.value: "Half-term, for example. Between two terms you need none: nobody is expected there.",
    Kind.INSET.value: "Staff are in, pupils are not.",
    Kind.CLOSURE.value: "Snow, no heating, an election: for the whole school or for one year group.",
    Kind.AM_ONLY.value: "The last day of term, for example: there is no afternoon session.",
    Kind.BANK_HOLIDAY.value: "Only one that is new. The usual ones are in the calendar already.",
}


def year_name(year: int) -> str:
    """A school year: "2026 to 2027"."""
    return f"{year} to {year + 1}"


def span(first: date, last: date) -> str:
    """The dates of an entry: "Thursday 3 September 2026", "26 October to 30 October 2026"."""
    if first == last:
        return long_date(first)
    begin = f"{first.day} {first:%B}" if first.year == last.year else medium_date(first)
    return f"{begin} to {medium_date(last)}"


def kind_and_name(entry: CalendarEntry) -> str:
    """What an entry is called: "Staff training day (INSET): safeguarding", "Term 1"."""
    kind = KINDS[entry.kind]
    if not entry.name:
        return kind
    return entry.name if kind.casefold() in entry.name.casefold() else f"{kind}: {entry.name}"


def said(entry: CalendarEntry) -> str:
    """An entry in one line: what and when."""
    return f"{kind_and_name(entry)}, {span(entry.first, entry.last)}"


def for_whom(row: EntrySeen) -> str:
    """For whom an entry speaks."""
    if row.entry.layer is Layer.NATION:
        return "England"
    if row.entry.layer is Layer.TRUST:
        return "Every school of the trust"
    return row.year_group or "Whole school"


def anchor(row: EntrySeen) -> str:
    """Where an entry stands on the page of the calendar."""
    return f"entry-{row.id}" if row.id else f"day-{row.entry.first.isoformat()}"


def note_words(note: Note, page: CalendarYear) -> str:
    """A remark as a sentence."""
    told = [said(entry) for entry in note.entries]
    days = day_number(page.days)
    match note.remark:
        case Remark.NO_TERM:
            return f"No term is set for {year_name(page.year)}."
        case Remark.TERMS_OVERLAP:
            return f"Two terms overlap: {told[0]}, and {told[1]}. Each day is counted once."
        case Remark.OUTSIDE_TERM:
            return f"{told[0]}, lies outside every term, so it changes nothing."
        case Remark.WEEKEND:
            return f"{told[0]}, lies on a weekend, so it changes nothing."
        case Remark.FEW_DAYS:
            return f"Many schools open for {USUAL_DAYS} days. This calendar has {days}. Is a term missing?"
        case Remark.MANY_DAYS:
            return f"Many schools open for {USUAL_DAYS} days. This calendar has {days}. Is a holiday missing?"
