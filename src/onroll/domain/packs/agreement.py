"""Whether the parts of a pack agree with each other: what no shape of one table can say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.domain.packs.asks import EVALUATORS_ASK, EVERY_DUTY
from onroll.domain.packs.lines import Path
from onroll.domain.packs.problems import did_you_mean
from onroll.domain.packs.shapes import Say

Read = Mapping[str, Any]
Placed = tuple[Path, Read]

# Arrays of tables whose elements are told apart by one key.
_ONCE = {
    "duties": "id",
    "linked": "key",
    "guidance": "key",
    "positions": "topic",
    "gaps": "key",
    "services": "key",
    "evidence": "key",
    "notices": "key",
}


def agree(data: Read, say: Say) -> None:
    """Say every way in which the parts of a pack or profile contradict each other. Skips what has no shape."""
    for name, key in _ONCE.items():
        _told_apart(tables(data, name), key, say)
    if data.get("kind") == "authority":
        referral = data.get("referral")
        _told_apart(tables(referral, "asks", ("referral",)) if isinstance(referral, dict) else [], "key", say)
        return
    _told_apart(tables(data, "sections"), "id", say)
    _told_apart(_paragraphs(data), "id", say)
    _paragraphs_exist(data, say)
    for placed in tables(data, "duties"):
        _evaluator(placed, say)
    for placed in tables(data, "guidance"):
        _superseded(placed, say)
    _dates(data, say)


def tables(data: Read, name: str, under: Path = ()) -> list[Placed]:
    """The tables of an array, each with its path; nothing where it is no array of tables."""
    found = data.get(name, ())
    if not isinstance(found, list):
        return []
    return [((*under, name, number), one) for number, one in enumerate(found) if isinstance(one, dict)]


def _paragraphs(data: Read) -> list[Placed]:
    sections = tables(data, "sections")
    return [placed for path, section in sections for placed in tables(section, "paragraphs", path)]


def _told_apart(found: list[Placed], key: str, say: Say) -> None:
    first: dict[str, Path] = {}
    for path, one in found:
        value = one.get(key)
        if not isinstance(value, str):
            continue
        if value in first:
            number = first[value][-1]
            where = f"number {number + 1} of them" if isinstance(number, int) else "another"
            say((*path, key), f"“{value}” is there already, as {where}. Each needs one of its own.")
        first.setdefault(value, path)


def _paragraphs_exist(data: Read, say: Say) -> None:
    known = [str(one.get("id")) for _, one in _paragraphs(data)]
    for name in ("duties", "positions", "gaps"):
        for path, one in tables(data, name):
            label = one.get("paragraph")
            if isinstance(label, str) and label not in known:
                near = did_you_mean(label, known)
                say((*path, "paragraph"), f"no section has a paragraph “{label}”.{near}")


def _evaluator(placed: Placed, say: Say) -> None:
    path, duty = placed
    name = duty.get("evaluator")
    if not isinstance(name, str):
        return
    asks = EVALUATORS_ASK.get(name)
    if asks is None:
        near = did_you_mean(name, EVALUATORS_ASK)
        say((*path, "evaluator"), f"“{name}” is no evaluator; docs/reference/duties.md lists them.{near}")
        return
    if duty.get("scope") in {"case", "school"} and duty["scope"] != asks.scope:
        say((*path, "scope"), f"is “{duty['scope']}”, but “{name}” is about a {asks.scope}.")
    numbers = duty.get("thresholds", {})
    for key in numbers if isinstance(numbers, dict) else ():
        if key not in asks.numbers and key not in EVERY_DUTY:
            takes = f"it asks for: {', '.join(asks.numbers)}" if asks.numbers else "it asks for no numbers"
            near = did_you_mean(key, asks.numbers)
            say((*path, "thresholds", key), f"“{name}” does not ask for “{key}”; {takes}.{near}")


def _superseded(placed: Placed, say: Say) -> None:
    path, one = placed
    if ("superseded_by" in one) != ("superseded_on" in one):
        has, lacks = ("by", "on") if "superseded_by" in one else ("on", "by")
        say((*path, f"superseded_{has}"), f"needs “superseded_{lacks}” beside it.")
    if "superseded_by" in one and not one.get("source"):
        say((*path, "superseded_by"), "needs a “source”: what is only remembered is never shown as law.")


def _dates(data: Read, say: Say) -> None:
    approved, due = data.get("approved_on"), data.get("next_due_on")
    if isinstance(approved, date) and isinstance(due, date) and due <= approved:
        say(("next_due_on",), f"is {due.isoformat()}, not after approved_on, {approved.isoformat()}.")
