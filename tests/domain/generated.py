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
    gaps = st.one_of(*[st.integers(0, 40)] * 4, st.integers(150, 330))
    lengths = st.one_of(st.integers(1, 40), st.integers(40, 200))
    for length, gap in draw(st.lists(st.tuples(lengths, gaps), min_size=1, max_size=4)):
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


@st.composite
def pupils(draw: st.DrawFn, first: date, span: int, near: int, often: list[str]) -> Pupil:
    """A pattern of codes all the way, and runs of one code laid over it, weekends and closures not spared.

    Most runs begin in the weeks before `near`, the days from `first` to the day of the count; else that
    day would seldom have anything to count.
    """
    one_code = st.one_of(st.sampled_from(often), st.sampled_from([*oracle.ALL_CODES, NOT_TAKEN]))
    patterns = st.one_of(st.sampled_from([[NO_MARK], ["/"]]), st.lists(one_code, min_size=1, max_size=14))
    pattern = draw(patterns)
    length = 2 * (span + 20)
    codes = (pattern * (length // len(pattern) + 1))[:length]
    starts = st.one_of(
        st.integers(0, length - 1), *[st.integers(2 * near - 100, 2 * near + 30).map(lambda n: max(n, 0))] * 2
    )
    runs = st.tuples(starts, st.one_of(st.integers(1, 6), st.integers(1, 110)), one_code)
    for start, sessions, code in draw(st.lists(runs, max_size=8)):
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
    """Mostly no limit, so that pupils fall into one group; else one period or two, seldom none at all."""
    how_many = draw(st.sampled_from([None] * 14 + [1, 1, 1, 2, 2, 0]))
    if how_many is None:
        return None
    found = []
    for _ in range(how_many):
        start = first + timedelta(days=draw(st.integers(-5, span + 5)))
        last = draw(st.one_of(st.none(), st.integers(0, span)))
        found.append(Window(start, None if last is None else start + timedelta(days=last)))
    return tuple(found)


ONE_CODE = st.sampled_from(oracle.ALL_CODES)
RULES = st.one_of(
    st.sampled_from(
        [
            STATUTORY,
            STATUTORY,
            HEALTH,
            Rule("nothing", frozenset()),
            Rule("statutory, M passes", frozenset({"I"}), frozenset({"M"})),
        ]
    ),
    st.builds(
        Rule,
        st.just("any"),
        st.frozensets(ONE_CODE, min_size=1, max_size=6),
        st.frozensets(ONE_CODE, max_size=6),
    ),
)
THRESHOLDS = st.one_of(
    st.sampled_from([0.5, 15.0, 15.0]), st.integers(1, 60).map(lambda sessions: sessions / 2)
)


@st.composite
def days_of_the_count(draw: st.DrawFn, first: date, span: int, entries: list[CalendarEntry]) -> date:
    """Mostly a day in a term or soon after it; else any day, also before and after the calendar."""
    if draw(st.integers(0, 3)) == 0:
        return first + timedelta(days=draw(st.integers(-20, span + 60)))
    term = draw(st.sampled_from([entry for entry in entries if entry.kind is Kind.TERM]))
    return term.first + timedelta(days=draw(st.integers(0, (term.last - term.first).days + 10)))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One calendar, six to nine pupils, a rule, a threshold, and a day before, within or after it all."""
    first, span, entries = draw(calendars())
    as_of, rule = draw(days_of_the_count(first, span, entries)), draw(RULES)
    often = [*sorted(rule.adds) * 4, "I", "/", "D", "Y4", NOT_TAKEN, NO_MARK]
    one_pupil = pupils(first, span, (as_of - first).days, often)
    return Case(
        entries=entries,
        pupils=draw(st.lists(one_pupil, min_size=6, max_size=9)),
        rule=rule,
        as_of=as_of,
        threshold=draw(THRESHOLDS),
    )
