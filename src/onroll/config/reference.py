"""Draw the reference pages from the code, so that they cannot tell another story than it does."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from django.apps import apps

from onroll.config.cli import COMMANDS
from onroll.config.packs_reference import duties
from onroll.domain.casework.moves import CONDITIONS, RULES, MoveRule
from onroll.domain.casework.states import State
from onroll.domain.permissions import ROLES, Permission
from onroll.domain.policy.dates import REMINDERS
from onroll.domain.policy.life import STEPS, Stage
from onroll.domain.register import CODES, HEALTH, RETIRED, RULE_VERSION, STATISTICAL, STATUTORY, Effect
from onroll.domain.register.import_states import MOVES, ImportState
from onroll.domain.vocabulary import roles_with

_OWN_APPS = (
    "schools",
    "people",
    "pupils",
    "attendance",
    "cases",
    "policies",
    "duties",
    "outbox",
    "ledger",
    "work",
)
_NOTE = "<!-- Drawn from the code by `onroll docs`. Do not edit: change the code and draw again. -->\n"


def roles() -> str:
    """Who may do what."""
    lines = [
        "# Roles and permissions",
        "",
        "| role | what it is | second factor | can be limited to year groups |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {facts.title} | {facts.description} | {_yes(facts.needs_second_factor)} | {_yes(facts.by_year_group)} |"
        for facts in ROLES.values()
    ]
    titles = [facts.title for facts in ROLES.values()]
    lines += ["", f"| permission | {' | '.join(titles)} |", f"|---|{'---|' * len(titles)}"]
    for permission in Permission:
        ticks = ["yes" if permission in facts.permissions else "" for facts in ROLES.values()]
        lines.append(f"| {permission.words} | {' | '.join(ticks)} |")
    return "\n".join(lines)


def codes() -> str:
    """The attendance codes and what each does to the two counts."""
    lines = [
        "# Attendance codes",
        "",
        f"Rule version {RULE_VERSION}. What a code does to a spell: *adds* half a day, *breaks* it, or is *skipped*.",
        "Meanings are in our words; see `domain/register/codes.py` for which are confirmed and which recalled.",
        "",
        "| code | meaning | category | sickness count | health count | source |",
        "|---|---|---|---|---|---|",
    ]
    for code in CODES.values():
        effects = [Effect(rule.effect(code.code)).value for rule in (STATUTORY, HEALTH)]
        shown = code.code.replace("|", "\\|")
        lines.append(
            f"| `{shown}` | {code.meaning} | {STATISTICAL[code.category]} | {' | '.join(effects)} | {code.source} |"
        )
    lines += ["", f"Retired codes, valid only through a school's code map: {', '.join(sorted(RETIRED))}."]
    return "\n".join(lines)


def import_states() -> str:
    """The life of a file that somebody brings in."""
    lines = ["# States of an import", "", "| from | move | to |", "|---|---|---|"]
    for state in ImportState:
        moves = [(move, table[state]) for move, table in MOVES.items() if state in table]
        lines += [f"| {state} | {move} | {to} |" for move, to in moves] or [f"| {state} | (the end) | |"]
    return "\n".join(lines)


def case_states() -> str:
    """The life of a case: its moves, who may make each, and what must be true."""
    lines = [
        "# States and moves of a case",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{state.words}" as {state.name}' for state in State),
        *(
            f"    {begins} --> {rule.to_state.name}: {rule.words}"
            for rule in RULES.values()
            for begins in ([state.name for state in rule.from_states] or ["[*]"])
        ),
        "```",
        "",
        "A condition that is not true stands against the move. Where it can be passed over, the person says why; what",
        "was passed over is kept with the move and shown in the history. After a death a case can only be closed.",
        "",
        "| move | from | to | what must be true | who provides from then on |",
        "|---|---|---|---|---|",
    ]
    for rule in RULES.values():
        begins = ", ".join(state.words for state in rule.from_states) or "no case"
        provider = rule.provider.value if rule.provider else "as before"
        lines.append(
            f"| {rule.words} | {begins} | {rule.to_state.words} | {_conditions(rule)} | {provider} |"
        )
    lines += ["", "| move | who may |", "|---|---|"]
    lines += [f"| {rule.words} | {', '.join(roles_with(rule.permission))} |" for rule in RULES.values()]
    return "\n".join(lines)


def _conditions(rule: MoveRule) -> str:
    """What must be true, each with whether it can be passed over."""
    held = [CONDITIONS[key] for key in rule.conditions]
    said = [one.words if one.passable else f"{one.words} (cannot be passed over)" for one in held]
    return "; ".join(said) or "nothing"


def policy_states() -> str:
    """The life of one version of the policy."""
    lines = [
        "# Stages of a policy version",
        "",
        "A version stands where its steps have brought it. The last step can be withdrawn, with a reason. The holders",
        f"of the review are reminded {' and '.join(map(str, REMINDERS))} days before the next one is due.",
        "",
        "| from | step | to | needs | who may |",
        "|---|---|---|---|---|",
    ]
    for stage in Stage:
        taken = [(step, rule) for step, rule in STEPS.items() if stage in rule.begins]
        lines += [
            f"| {stage.words} | {step.words} | {rule.leads_to.words} | {', '.join(sorted(rule.needs)) or 'no more'} "
            f"| {', '.join(roles_with(rule.permission))} |"
            for step, rule in taken
        ] or [f"| {stage.words} | (the end) | | | |"]
    return "\n".join(lines)


def privacy() -> str:
    """How each stored field must be treated."""
    lines = ["# What is stored, and how private it is", ""]
    for label in _OWN_APPS:
        for model in apps.get_app_config(label).get_models():
            first = (model.__doc__ or "").strip().splitlines()[0]
            lines += [f"## {label}.{model.__name__}", "", first, "", "| class | fields |", "|---|---|"]
            for kind in ("open", "personal", "special"):
                fields = sorted(getattr(vars(model)["Privacy"], kind))
                if fields:
                    lines.append(f"| {kind} | {', '.join(fields)} |")
            lines.append("")
    return "\n".join(lines).rstrip()


def commands() -> str:
    """The console commands."""
    lines = ["# Console commands", "", "| command | what it does |", "|---|---|"]
    lines += [f"| `onroll {name}` | {words} |" for name, words in COMMANDS.items()]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "roles.md": roles,
    "codes.md": codes,
    "imports.md": import_states,
    "case-states.md": case_states,
    "policy-states.md": policy_states,
    "duties.md": duties,
    "privacy.md": privacy,
    "commands.md": commands,
}


def main(argv: list[str]) -> int:
    """Draw the pages, or with --check say which are stale (exit 1)."""
    parser = argparse.ArgumentParser(
        prog="onroll docs", description="Draw the reference pages from the code."
    )
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a page is stale")
    options = parser.parse_args(argv)
    folder = Path("docs/reference")
    if not folder.parent.is_dir():
        print("onroll docs: run this in a checkout of Onroll; there is no docs/ here.", file=sys.stderr)
        return 2
    stale = [name for name, draw in PAGES.items() if not _same(folder / name, _NOTE + draw() + "\n")]
    if options.check:
        for name in stale:
            print(f"docs/reference/{name} is not what the code says. Run `make fix`.", file=sys.stderr)
        return 1 if stale else 0
    folder.mkdir(exist_ok=True)
    for name in stale:
        (folder / name).write_text(_NOTE + PAGES[name]() + "\n", encoding="utf-8")
    print(f"{len(stale)} of {len(PAGES)} pages drawn anew.")
    return 0


def _same(path: Path, words: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == words


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
