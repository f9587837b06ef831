"""The table of an import's states holds together."""

import pytest

from onroll.domain.register.import_states import (
    AS_IT_IS,
    MOVES,
    WAITING,
    WORKING,
    ImportState,
    Move,
    may,
    next_state,
)
from onroll.domain.vocabulary import Refusal, Refused

ENDS = {ImportState.CANCELLED, ImportState.UNDONE}


def test_every_move_and_every_state_is_in_the_table():
    assert set(MOVES) == set(Move)
    assert set(AS_IT_IS) == set(ImportState)


def test_every_state_can_be_reached_from_the_first():
    reached = {ImportState.MAPPING}
    for _ in ImportState:
        reached |= {to for moves in MOVES.values() for since, to in moves.items() if since in reached}
    assert reached == set(ImportState)


def test_only_the_two_ends_have_no_way_on():
    assert {state for state in ImportState if not any(may(state, move) for move in Move)} == ENDS


def test_nothing_before_the_register_is_written_is_without_a_way_out():
    early = set(ImportState) - ENDS - {ImportState.APPLIED, ImportState.UNDOING}
    assert all(may(state, Move.CANCEL) for state in early)


def test_what_is_in_the_register_leaves_it_only_by_undoing():
    assert [move for move in Move if may(ImportState.APPLIED, move)] == [Move.UNDO]


def test_the_worker_and_a_person_never_both_hold_a_file():
    assert not WORKING & WAITING


@pytest.mark.parametrize("move", list(Move))
def test_a_move_from_a_state_that_has_none_is_refused_as_a_conflict(move):
    for state in set(ImportState) - set(MOVES[move]):
        with pytest.raises(Refusal) as refused:
            next_state(state, move)
        assert refused.value.kind is Refused.CONFLICT
        assert AS_IT_IS[state] in refused.value.message
