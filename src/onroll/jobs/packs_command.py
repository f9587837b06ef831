"""`onroll packs`: check a policy pack or an authority profile, compare two, list what is shipped.

Needs no database and no keys: whoever writes a pack runs it on their own machine.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from onroll.domain.duties import EVALUATORS
from onroll.domain.packs import Pack, PackProblems, Problem, Profile, read
from onroll.domain.packs.difference import GROUPS, Change, How, difference

FINE, WRONG = 0, 1
_SIGNS = {How.ADDED: "+", How.REMOVED: "-", How.CHANGED: "~"}


def main(
    argv: Sequence[str], folder: Path, stdout: TextIO | None = None, stderr: TextIO | None = None
) -> int:
    """Run the command and return its exit status. `folder` holds the shipped packs."""
    out, err = stdout or sys.stdout, stderr or sys.stderr
    try:
        options = _parser().parse_args(argv)
    except SystemExit as end:  # argparse has said its part
        return int(end.code or 0)
    try:
        status = _done(options, folder, out, err)
        out.flush()
    except (
        BrokenPipeError
    ):  # whoever reads has seen enough, as `| head` has: nothing more is written at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return status


def _done(options: argparse.Namespace, folder: Path, out: TextIO, err: TextIO) -> int:
    if options.do == "check":
        return check(options.files, out, err)
    try:
        if options.do == "diff":
            _diff(options.old, options.new, out)
        else:
            _list(folder, out)
    except PackProblems as wrong:
        print(wrong, file=err)
        return WRONG
    return FINE


def check(files: Sequence[str], out: TextIO, err: TextIO) -> int:
    """Say of each file that it is in order, or everything that is not."""
    status = FINE
    for file in files:
        try:
            print(f"{file}: {_in_words(_read(file))}", file=out)
        except PackProblems as wrong:
            print(wrong, file=err)
            status = WRONG
    return status


def _in_words(found: Pack | Profile) -> str:
    if isinstance(found, Profile):
        example = ", an example" if found.example else ""
        return f"in order. Authority profile “{found.title}”, version {found.version}{example}."
    built = sum(duty.evaluator in EVALUATORS for duty in found.duties)
    later = len(found.duties) - built
    return (
        f"in order. Policy pack “{found.title}”, version {found.version}: {len(found.duties)} duties, "
        f"{built} of them judged by Onroll, {later} not yet recorded in it."
    )


def _diff(old: str, new: str, out: TextIO) -> None:
    changes = difference(_read(old), _read(new))
    if not changes:
        print("Nothing that Onroll reads differs.", file=out)
    group = ""
    for change in changes:
        if change.group != group:
            group = change.group
            print(f"{GROUPS[group]}", file=out)
        print(f"  {_line(change)}", file=out)


def _line(change: Change) -> str:
    head = f"{_SIGNS[change.how]} {change.title} [{change.key}]"
    if change.how is How.CHANGED:
        what = f"{change.field}: " if change.field else ""
        return f"{head}\n      {what}{change.old or '(nothing)'} -> {change.new or '(nothing)'}"
    return f"{head} {change.how}"


def _list(folder: Path, out: TextIO) -> None:
    for path in sorted(folder.glob("*/*.toml"), reverse=True):
        found = _read(str(path))
        kind = "profile" if isinstance(found, Profile) else "pack"
        example = " (example)" if isinstance(found, Profile) and found.example else ""
        print(f"{kind:<8} {found.slug:<28} {found.version:<14} {found.title}{example}", file=out)


def _read(file: str) -> Pack | Profile:
    try:
        return read(Path(file).read_text(encoding="utf-8-sig"), file)
    except OSError as wrong:
        raise PackProblems([Problem(file, 1, "", f"cannot be opened: {wrong.strerror}.")]) from wrong
    except UnicodeDecodeError as wrong:
        raise PackProblems([Problem(file, 1, "", "is not text in UTF-8. Save it as UTF-8.")]) from wrong


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onroll packs", description="Check, compare and list policy packs and authority profiles."
    )
    do = parser.add_subparsers(dest="do", required=True, metavar="check|diff|list")
    checking = do.add_parser(
        "check", help="say whether files are in order; every problem with file, line and key"
    )
    checking.add_argument("files", nargs="+", metavar="FILE")
    comparing = do.add_parser("diff", help="say what changed between two packs, or two profiles")
    comparing.add_argument("old", metavar="OLD")
    comparing.add_argument("new", metavar="NEW")
    do.add_parser("list", help="list the packs and profiles that come with Onroll")
    return parser
