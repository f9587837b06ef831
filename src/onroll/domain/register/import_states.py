"""The life of a file that somebody brings in, as a table: its states, and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.vocabulary import Refusal, Refused


class ImportState(StrEnum):
    """How far a file has come. The value is stored."""

    MAPPING = "mapping"
    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Move(StrEnum):
    """What somebody, or the worker, does to a file."""

    CONFIRM = "confirm"  # its columns are right: read it
    READ = "read"  # the worker has read it
    FAIL = "fail"  # the worker cannot read it
    CHANGE_COLUMNS = "change-columns"
    READ_AGAIN = "read-again"  # the calendar, the roll or the code map was put right
    APPROVE = "approve"
    APPLY = "apply"  # the worker has written it
    HAND_BACK = "hand-back"  # the worker could not write it: it waits for approval again
    CANCEL = "cancel"
    UNDO = "undo"
    TAKE_BACK = "take-back"  # the worker has undone it
    LEAVE = "leave"  # the worker could not undo it: it stays in the register


_S = ImportState

MOVES: Mapping[Move, Mapping[ImportState, ImportState]] = MappingProxyType(
    {
        Move.CONFIRM: {_S.MAPPING: _S.READING},
        Move.READ: {_S.READING: _S.READY},
        Move.FAIL: {_S.READING: _S.FAILED},
        Move.CHANGE_COLUMNS: {_S.READY: _S.MAPPING, _S.FAILED: _S.MAPPING},
        Move.READ_AGAIN: {_S.READY: _S.READING, _S.FAILED: _S.READING},
        Move.APPROVE: {_S.READY: _S.APPLYING},
        Move.APPLY: {_S.APPLYING: _S.APPLIED},
        Move.HAND_BACK: {_S.APPLYING: _S.READY},
        Move.CANCEL: {
            _S.MAPPING: _S.CANCELLED,
            _S.READING: _S.CANCELLED,
            _S.READY: _S.CANCELLED,
            _S.APPLYING: _S.CANCELLED,  # until the one transaction that writes has ended, nothing is written
            _S.FAILED: _S.CANCELLED,
        },
        Move.UNDO: {_S.APPLIED: _S.UNDOING},
        Move.TAKE_BACK: {_S.UNDOING: _S.UNDONE},
        Move.LEAVE: {_S.UNDOING: _S.APPLIED},
    }
)
"""For each move, the states it may start from and the state it leads to."""

WORKING = frozenset({_S.READING, _S.APPLYING, _S.UNDOING})
"""States in which the worker has it in hand."""

WAITING = frozenset({_S.MAPPING, _S.READY})
"""States in which it waits for a person."""

AS_IT_IS: Mapping[ImportState, str] = MappingProxyType(
    {
        _S.MAPPING: "its columns wait to be confirmed",
        _S.READING: "it is being read",
        _S.READY: "it waits for approval",
        _S.APPLYING: "it is being written",
        _S.APPLIED: "it is in the register",
        _S.UNDOING: "it is being undone",
        _S.UNDONE: "it was undone",
        _S.CANCELLED: "it was cancelled",
        _S.FAILED: "it could not be read",
    }
)


def may(state: ImportState, move: Move) -> bool:
    """Whether the move can be made from the state."""
    return state in MOVES[move]


def next_state(state: ImportState, move: Move) -> ImportState:
    """The state that the move leads to; refuses, with what the file is doing now, where there is no such move."""
    if not may(state, move):
        raise Refusal(
            Refused.CONFLICT,
            f"This cannot be done to the file now: {AS_IT_IS[state]}. Open the file's page to see who did that.",
        )
    return MOVES[move][state]
