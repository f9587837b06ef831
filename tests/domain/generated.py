"""Registers that nobody would think of: calendars in layers, marks of every code, periods on roll, any day."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from onroll.domain.register import CHAR_OF_CODE, HEALTH, NO_MARK, NOT_TAKEN, STATUTORY, Rule, Window
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    CalendarEntry,
    Kind,
    Layer,
    SchoolCalendar,
    Session,
    grid_position,
    school_year,
)
from tests.domain import oracle
from tests.domain.oracle import Key, Said

SESSIONS = (Session.AM, Session.PM)


@dataclass
class Pupil:
    """One pupil as both sides see them: codes by session, and the stored strings."""

    marks: dict[Key, str]
    years: dict[int, str]
    windows: tuple[Window, ...] | None


@dataclass
class Case:
    """Some pupils of one calendar, counted in one way as of one day."""

    entries: list[CalendarEntry]
    pupils: list[Pupil]
    rule: Rule
    as_of: date
    threshold: float

    def calendar(self) -> SchoolCalendar:
        return SchoolCalendar(self.entries)

    def open_sessions(self) -> list[Key]:
        return list(oracle.sessions_of([said(entry) for entry in self.entries], None))


def said(entry: CalendarEntry) -> Said:
    """A calendar entry as the oracle sees it."""
    return Said(entry.kind.value, entry.first, entry.last, entry.layer)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[date, int, list[CalendarEntry]]:
    """Terms one after the other, most often round a 1 August, with anything at all laid over them."""
    first = date(draw(st.integers(2022, 2027)), 8, 1) + timedelta(days=draw(st.integers(-250, 150)))
    on, entries = first, []
    gaps = st.one_of(st.integers(0, 40), st.integers(0, 40), st.integers(150, 330))
    for length, gap in draw(st.lists(st.tuples(st.integers(1, 130), gaps), min_size=1, max_size=4)):
        layer = draw(st.sampled_from([Layer.SCHOOL, Layer.SCHOOL, Layer.TRUST, Layer.NATION]))
        entries.append(CalendarEntry(Kind.TERM, on, on + timedelta(days=length - 1), "", layer))
        on += timedelta(days=length + gap)
    span = (on - first).days
    places = st.tuples(
        st.sampled_from(Kind), st.integers(0, span), st.integers(1, 15), st.sampled_from(Layer)
    )
    for kind, offset, length, layer in draw(st.lists(places, max_size=8)):
        start = first + timedelta(days=offset)
        last = start if kind is Kind.BANK_HOLIDAY else start + timedelta(days=length - 1)
        entries.append(CalendarEntry(kind, start, last, "", layer))
    return first, span, draw(st.permutations(entries))


COUNTED_OFTEN = ["I"] * 6 + ["M", "C2", "/", "D", "Y4", NOT_TAKEN, NO_MARK]
CODES = st.one_of(st.sampled_from(COUNTED_OFTEN), st.sampled_from([*oracle.ALL_CODES, NOT_TAKEN]))


@st.composite
def pupils(draw: st.DrawFn, first: date, span: int) -> Pupil:
    """Runs of codes laid over each other, weekends and closures not spared."""
    length = 2 * (span + 20)
    codes = [draw(st.sampled_from([NO_MARK, NO_MARK, "/", "I"]))] * length
    runs = st.tuples(st.integers(0, length - 1), st.one_of(st.integers(1, 6), st.integers(1, 110)), CODES)
    for start, sessions, code in draw(st.lists(runs, max_size=10)):
        codes[start : start + sessions] = [code] * len(codes[start : start + sessions])
    marks, grids = {}, {}
    for place, code in enumerate(codes):
        on, session = first + timedelta(days=place // 2 - 10), SESSIONS[place % 2]
        if code != NO_MARK:
            marks[on, session.value] = code
            grid = grids.setdefault(school_year(on), [NO_MARK] * GRID_LENGTH)
            grid[grid_position(on, session)] = CHAR_OF_CODE[code]
    return Pupil(marks, {year: "".join(grid) for year, grid in grids.items()}, draw(windows(first, span)))


@st.composite
def windows(draw: st.DrawFn, first: date, span: int) -> tuple[Window, ...] | None:
    """Mostly no limit, so that pupils fall into one group; else up to two periods, perhaps none."""
    if draw(st.integers(0, 3)):
        return None
    offsets = st.integers(-5, span + 5)
    found = []
    for low, length in draw(st.lists(st.tuples(offsets, st.integers(0, span)), max_size=2)):
        start = first + timedelta(days=low)
        is_ended = draw(st.booleans())
        found.append(Window(start, start + timedelta(days=length) if is_ended else None))
    return tuple(found)


SOME_CODES = st.frozensets(st.sampled_from(oracle.ALL_CODES), max_size=6)
RULES = st.one_of(
    st.sampled_from([STATUTORY, HEALTH, Rule("statutory, M passes", frozenset({"I"}), frozenset({"M"}))]),
    st.builds(Rule, st.just("any"), SOME_CODES, SOME_CODES),
)
THRESHOLDS = st.one_of(st.sampled_from([0.5, 15.0]), st.integers(1, 60).map(lambda sessions: sessions / 2))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One calendar, six to nine pupils, a rule, a threshold, and a day before, within or after it all."""
    first, span, entries = draw(calendars())
    return Case(
        entries=entries,
        pupils=draw(st.lists(pupils(first, span), min_size=6, max_size=9)),
        rule=draw(RULES),
        as_of=first + timedelta(days=draw(st.integers(-20, span + 60))),
        threshold=draw(THRESHOLDS),
    )
