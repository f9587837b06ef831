"""Is the ledger unbroken? Read from its first row to its last, in one view and little memory."""

import hmac
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import DataError, OperationalError

from onroll.queries.heads import Head, this_key
from onroll.queries.seals import SEALED
from onroll.records.ledger import chain
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.snapshot import snapshot

_AT_ONCE = 2_000  # rows held in memory
_TELL_EVERY = 50_000  # rows
T = TypeVar("T")


class Break(Exception):
    """The first place where the ledger is not as it was written, in words."""


@dataclass(slots=True)
class Verdict:
    """What a check found. `broken` is empty for a ledger that is as it was written."""

    rows: int = 0
    mac: str = chain.START
    seals: int = 0
    looks: int = 0  # sealed ones
    sealed_to: int = 0  # id of the last sealed look
    unsealed: int = 0
    broken: str = ""


def check(head: Head | None, progress: Callable[[int], None] | None = None) -> Verdict:
    """Check every row, every seal of looks and the saved head; stops at the first break.

    `progress` is told the number of rows now and then. What nobody wrote down cannot be missed: without a
    saved head a cut-off tail is not seen, and looks after the last seal are not proved.
    """
    verdict = Verdict()
    try:
        if head and head.key != this_key():
            raise Break(
                "The saved head was signed with another ledger key than ONROLL_LEDGER_KEY. "
                "Either the key here is wrong, or the ledger was written anew under another key."
            )
        with snapshot():
            for row in _rows(verdict):
                _check_row(verdict, row)
                _check_head(head, row)
                if row.verb == SEALED:
                    _check_seal(verdict, row)
                if progress and row.number % _TELL_EVERY == 0:
                    progress(row.number)
            _check_end(verdict, head)
    except Break as found:
        verdict.broken = str(found)
    return verdict


def _rows(verdict: Verdict) -> Iterator[LedgerRow]:
    try:
        yield from _read(LedgerRow.objects.order_by("number").iterator(chunk_size=_AT_ONCE))
    except _Unreadable as wrong:
        raise Break(f"Row {_unreadable_row(verdict.rows + 1)} cannot be read: it was altered.") from wrong


def _unreadable_row(first: int) -> int:
    # Rows come in batches; which one it was is seen by asking for each alone.
    for number in itertools.count(first):
        try:
            found = list(_read(LedgerRow.objects.filter(number=number).iterator()))
        except _Unreadable:
            return number
        if not found:
            return number
    raise AssertionError


def _check_row(verdict: Verdict, row: LedgerRow) -> None:
    wanted = verdict.rows + 1
    if row.number < wanted:
        raise Break(f"Row {row.number} does not belong: numbers begin at 1. It was inserted.")
    if row.number > wanted:
        gone = _missing(wanted, row.number - 1)
        raise Break(f"{gone} before row {row.number}: removed, or given another number.")
    if not _is_signed(row, verdict.mac):
        hint = " If every row should be right, ONROLL_LEDGER_KEY is not the key it was written with."
        raise Break(
            f"Row {wanted} does not carry the signature it must have: it was altered or inserted, or the row "
            f"before it was.{hint if wanted == 1 else ''}"
        )
    verdict.rows, verdict.mac = wanted, row.mac


def _is_signed(row: LedgerRow, previous: str) -> bool:
    try:
        with _readable():
            return hmac.compare_digest(chain.row_mac(row, previous), row.mac)
    except _Unreadable:
        return False


def _check_head(head: Head | None, row: LedgerRow) -> None:
    if head and head.rows == row.number and head.mac != row.mac:
        raise Break(
            f"Row {row.number} is not the row that the head saved on {_when(head)} ended with: "
            "the ledger was rewritten."
        )


def _check_seal(verdict: Verdict, row: LedgerRow) -> None:
    seal = json.loads(row.detail)
    first, last, wanted = seal["first"], seal["last"], seal["count"]
    where = f"looks {first} to {last}, sealed by row {row.number}"
    if first != verdict.sealed_to + 1:
        raise Break(f"The {where}, do not follow on the seal before, which ended at {verdict.sealed_to}.")
    found, digest = _sum_up(first, last)
    if found < wanted:
        gone = wanted - found
        raise Break(f"{gone} of the {where}, {'is' if gone == 1 else 'are'} missing: removed.")
    if found > wanted:
        raise Break(f"There are {found - wanted} more among the {where}: inserted.")
    if digest != seal["digest"]:
        raise Break(f"The {where}, are not as they were: at least one was altered.")
    verdict.seals += 1
    verdict.looks += wanted
    verdict.sealed_to = last


def _sum_up(first: int, last: int) -> tuple[int, str]:
    looks = Look.objects.filter(pk__range=(first, last)).order_by("pk").iterator(chunk_size=_AT_ONCE)
    seen = 0

    def counted() -> Iterator[Look]:
        nonlocal seen
        for seen, look in enumerate(looks, start=1):  # noqa: B007 - counts for the caller
            yield look

    try:
        with _readable():
            digest = chain.looks_digest(counted())
    except _Unreadable as wrong:
        raise Break(f"One of the looks {first} to {last} cannot be read: it was altered.") from wrong
    return seen, digest


def _check_end(verdict: Verdict, head: Head | None) -> None:
    if head and head.rows > verdict.rows:
        raise Break(
            f"{_missing(verdict.rows + 1, head.rows)} at the end: the head saved on {_when(head)} had "
            f"{head.rows} rows, the ledger has {verdict.rows}. It was cut off."
        )
    if Look.objects.filter(pk__lt=1).exists():
        raise Break("A look has a number below 1: it was inserted.")
    verdict.unsealed = Look.objects.filter(pk__gt=verdict.sealed_to).count()


def _missing(first: int, last: int) -> str:
    return f"Row {first} is missing" if first == last else f"Rows {first} to {last} are missing"


def _when(head: Head) -> str:
    return f"{head.at.day} {head.at:%B %Y}"


# ---------------------------------------------------------------- what could never come from our hand
class _Unreadable(Exception):
    """A column holds what we never write: SQLite takes anything anywhere."""


def _read(rows: Iterable[T]) -> Iterator[T]:
    source = iter(rows)
    while True:
        with _readable():
            try:
                row = next(source)
            except StopIteration:
                return
        yield row


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OperationalError as wrong:
        if "decode" not in str(wrong):  # a server that went away says nothing of the ledger
            raise
        raise _Unreadable from wrong
    except (ValueError, TypeError, AttributeError, OverflowError, DataError) as wrong:
        raise _Unreadable from wrong
