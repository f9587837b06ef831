"""The reference page of duties, drawn from the shipped packs and the evaluators."""

from collections.abc import Iterator

from onroll.config.shipped import packs_folder
from onroll.domain.duties import EVALUATORS
from onroll.domain.packs import Pack
from onroll.domain.packs.asks import EVALUATORS_ASK, Asks
from onroll.domain.packs.pack import Duty
from onroll.domain.packs.reading import read_pack

_OPENING = """Every duty of the packs that come with Onroll. *Judged*: Onroll says each day whether it is met, due or
overdue. *Not yet*: it is in the pack, and pages say “not yet recorded in Onroll”."""


def duties() -> str:
    """Every duty of the shipped packs, and what each evaluator asks a pack for."""
    lines = ["# Duties", "", _OPENING]
    for path in sorted((packs_folder() / "policies").glob("*.toml")):
        lines += _pack(read_pack(path.read_text(encoding="utf-8"), path.name), path.name)
    return "\n".join([*lines, *_evaluators()])


def _pack(pack: Pack, file: str) -> Iterator[str]:
    yield from ("", f"## {pack.title}", "", f"`packs/policies/{file}`, version {pack.version}.", "")
    yield "| paragraph | id | duty | held by | when | Onroll |"
    yield "|---|---|---|---|---|---|"
    for duty in pack.duties:
        holder = pack.holder_of(duty)
        yield f"| {duty.paragraph} | `{duty.id}` | {duty.title} | {holder} | {duty.cadence} | {_built(duty)} |"


def _evaluators() -> Iterator[str]:
    yield from ("", "## What a pack may name", "")
    yield "An evaluator is named by the key `evaluator` of a duty; its numbers stand under `thresholds`."
    yield from ("", "| evaluator | is about a | numbers |", "|---|---|---|")
    for key, asks in EVALUATORS_ASK.items():
        yield f"| `{key}` | {asks.scope} | {_numbers(asks)} |"


def _numbers(asks: Asks) -> str:
    return "; ".join(f"`{name}`: {words}" for name, words in asks.numbers.items())


def _built(duty: Duty) -> str:
    return "judged" if duty.evaluator in EVALUATORS else "not yet"
