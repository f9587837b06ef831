"""What a page costs the server, at one school and at an authority: processor, queries and bytes."""

import gzip
import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.house import House, Server, databases, house
from bench.report import Budget, Part, at_most, table

QUERIES, HTML_KB, GROWTH = 12, 60, 1.5
USERS = 8


class Page(NamedTuple):
    """A page: its name, its address, and how many milliseconds of processor it may take at the authority.

    An address that begins with `find:` or `post:` is posted to: a search, and a change with the page after.
    """

    name: str
    path: str
    most: float

    @property
    def is_asked(self) -> bool:
        """Whether it is asked for by its address alone."""
        return self.path.startswith("/")


PAGES = (
    Page("Watch", "/s/990001/watch/", 20),
    Page("Watch, reached only", "/s/990001/watch/?only=reached", 20),
    Page("Today", "/s/990001/today/", 20),
    Page("one pupil", "/s/990001/pupils/{pupil}/", 18),
    Page("every session of a pupil", "/s/990001/pupils/{pupil}/sessions/", 18),
    Page("search by name", "find:/s/990001/pupils/", 20),
    Page("calendar", "/s/990001/calendar/?year=2026", 20),
    Page("save, and the page after", "post:/s/990001/watch/off/{pupil}/", 20),
)


@dataclass
class Seen:
    """One page at one size."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0
    compressed: int = 0
    at_eight: float | None = None

    @property
    def p50(self) -> float:
        """Half of the requests took no more than this, in milliseconds of processor."""
        return statistics.median(self.cpu)

    @property
    def p95(self) -> float:
        """Nineteen of twenty took no more than this."""
        return statistics.quantiles(self.cpu, n=20)[-1]


def measure(*, quick: bool) -> Part:
    """Every page on every database. Both sizes in turn, so that a busy moment of the machine hits both."""
    pupils, rest = (120, (3, 200)) if quick else (1200, (239, 68_800))
    parts, budgets = [], []
    with databases() as kinds:
        for kind, base in kinds.items():
            with ExitStack() as houses:
                sizes = []
                for size in ("school", "authority"):
                    sizes.append(houses.enter_context(house("pages", database=base.new(f"pages_{size}"))))
                    sizes[-1].schools(1, pupils)  # the same seed: the first school is the same in both
                sizes[1].schools(*rest)
                school, authority = _both(sizes, rounds=1 if quick else 5, users=not quick)
            titles = (f"one school, {pupils:,} pupils", f"{1 + rest[0]} schools, {pupils + rest[1]:,} pupils")
            for title, seen in zip(titles, (school, authority), strict=True):
                parts.append(f"### {kind}, {title}\n\n{_table(seen)}")
            budgets += _budgets(kind, school, authority)
    return Part("Pages", "\n\n".join([_HEAD, *parts]), budgets)


_HEAD = (
    "Nearly a whole school year of marks, when pages are at their longest; the first school, where the pages are "
    "asked for, is the same at both sizes. Milliseconds of the web process's processor in production settings, all "
    f"middleware, session and look log included; the database server's own time is not in it. At {USERS} users: mean "
    "over the whole server, HTTP included. Compressed as a reverse proxy would."
)


def _both(houses: Sequence[House], *, rounds: int, users: bool) -> list[dict[str, Seen]]:
    seen: list[dict[str, Seen]] = [{page.name: Seen() for page in PAGES} for _ in houses]
    for _ in range(rounds):
        for one, pages in zip(houses, seen, strict=True):
            _add(one.inside("pages", 40, *(page.path for page in PAGES)), pages)
    for one, pages in zip(houses, seen, strict=True):
        inside = one.inside("pages", 2, PAGES[0].path)
        with one.serving() as server:
            for page in PAGES:
                if page.is_asked:
                    _serve(
                        server, page.path.format(**inside), inside["session"], pages[page.name], users=users
                    )
    return seen


def _add(found: dict[str, Any], pages: dict[str, Seen]) -> None:
    for page in PAGES:
        one, seen = found["pages"][page.path], pages[page.name]
        seen.cpu += one["cpu"]
        seen.wall += one["wall"]
        seen.queries, seen.bytes = one["queries"], one["bytes"]


def _serve(server: Server, path: str, session: str, seen: Seen, *, users: bool, requests: int = 160) -> None:
    """How large a page is compressed, and its mean cost while eight people ask at once."""
    seen.compressed = len(gzip.compress(server.get(path, session)[0], 6))
    if users:
        with ThreadPoolExecutor(USERS) as people:
            list(people.map(lambda _: server.get(path, session), range(USERS)))  # every worker has seen it
            began = server.cpu()
            list(people.map(lambda _: server.get(path, session), range(requests)))
            seen.at_eight = (server.cpu() - began) / requests * 1000


def _table(pages: dict[str, Seen]) -> str:
    rows = [
        [
            name,
            f"{seen.p50:.1f}",
            f"{seen.p95:.1f}",
            "" if seen.at_eight is None else f"{seen.at_eight:.1f}",
            f"{statistics.median(seen.wall):.1f}",
            seen.queries,
            f"{seen.bytes / 1000:.1f}",
            f"{seen.compressed / 1000:.1f}" if seen.compressed else "",
        ]
        for name, seen in pages.items()
    ]
    headings = [
        "page", "p50, ms", "p95, ms", f"at {USERS} users, ms", "clock p50, ms", "queries", "HTML, kB", "compressed, kB"
    ]  # fmt: skip
    return table(headings, rows)


def _budgets(kind: str, school: dict[str, Seen], authority: dict[str, Seen]) -> list[Budget]:
    budgets = [
        at_most(f"{kind}: {page.name}, p50 at the authority", page.most, authority[page.name].p50, " ms")
        for page in PAGES
    ]
    growth = {name: authority[name].p95 / school[name].p95 for name in school}
    worst = max(growth, key=lambda name: growth[name])
    beside = f"{kind}: p95 at the authority beside the school's, worst page ({worst})"
    same = all(school[name].queries == authority[name].queries for name in school)
    pages = [seen for name, seen in authority.items() if not name.startswith("save")]
    return [
        *budgets,
        at_most(beside, GROWTH, growth[worst]),
        Budget(
            f"{kind}: as many queries at the authority as at the school", "as many" if same else "more", same
        ),
        at_most(f"{kind}: queries on any page", QUERIES, max(seen.queries for seen in pages)),
        at_most(f"{kind}: the largest page", HTML_KB, max(seen.bytes for seen in pages) / 1000, " kB"),
    ]
