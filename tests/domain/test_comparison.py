"""What a file does to a register, held against a plain loop over the sessions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.domain.register import CODE_OF_CHAR, NO_MARK
from onroll.domain.register.comparison import (
    NO_MARKS,
    SILENT,
    Outcome,
    Tally,
    compare,
    marked,
    merged,
    places_with,
    sift,
    touched,
    unmerged,
)
from onroll.domain.schoolcalendar import GRID_LENGTH

CHARS = "".join(CODE_OF_CHAR) + NO_MARK * 6
registers = st.text(CHARS, min_size=GRID_LENGTH, max_size=GRID_LENGTH) | st.just(NO_MARKS)
masks = st.binary(min_size=GRID_LENGTH, max_size=GRID_LENGTH).map(
    lambda raw: bytes(0xFF if byte % 3 else 0 for byte in raw)
)
ALL, NONE = b"\xff" * GRID_LENGTH, b"\0" * GRID_LENGTH


def register(start: str) -> str:
    """A school year that begins with these marks."""
    return start.ljust(GRID_LENGTH, NO_MARK)


@pytest.mark.parametrize(
    ("held", "brought", "outcome", "after"),
    [
        pytest.param(".", "I", "new", "I", id="a mark where none was is new"),
        pytest.param("I", "I", "same", "I", id="the same mark again is same"),
        pytest.param("I", "/", "changed", "/", id="another mark is a change"),
        pytest.param("I", ".", "kept", "I", id="a blank cell never erases"),
        pytest.param("I", "-", "changed", "-", id="not taken is something that a file says"),
        pytest.param("-", "/", "changed", "/", id="a register taken late is a change"),
        pytest.param("-", ".", "kept", "-", id="a blank keeps not taken"),
        pytest.param(".", "-", "new", "-", id="not taken is new where nothing was held"),
        pytest.param("2", "1", "changed", "1", id="C2 and C1 differ"),
    ],
)
def test_one_session_has_one_outcome(held, brought, outcome, after):
    tally = compare(register(held), register(brought))
    assert tally == Tally(**{outcome: 1})
    assert merged(register(held), register(brought)) == register(after)
    assert list(places_with(Outcome(outcome), register(held), register(brought))) == [0]


@given(registers, registers, masks)
def test_the_tally_agrees_with_a_plain_loop(held, brought, covered):
    plain = dict.fromkeys(Outcome, 0)
    for old, new, spoken_of in zip(held, brought, covered, strict=True):
        if new == NO_MARK:
            plain[Outcome.KEPT] += old != NO_MARK and spoken_of == 0xFF
        elif old == NO_MARK:
            plain[Outcome.NEW] += 1
        else:
            plain[Outcome.SAME if old == new else Outcome.CHANGED] += 1
    assert compare(held, brought, covered) == Tally(**{str(key): count for key, count in plain.items()})
    for outcome, count in plain.items():
        assert len(list(places_with(outcome, held, brought, covered))) == count


@given(registers, registers)
def test_a_merge_takes_the_file_where_it_speaks_and_the_register_elsewhere(held, brought):
    plain = "".join(old if new == NO_MARK else new for old, new in zip(held, brought, strict=True))
    assert merged(held, brought) == plain


@given(registers, registers)
def test_the_same_file_again_writes_nothing(held, brought):
    once = merged(held, brought)
    assert not compare(once, brought).writes
    assert merged(once, brought) == once


@given(registers, registers)
def test_undoing_an_import_gives_the_register_as_it_was(held, brought):
    assert unmerged(merged(held, brought), held, brought) == held


@given(registers, registers, registers)
def test_undoing_leaves_alone_what_the_file_did_not_write(held, brought, later):
    now = merged(merged(held, brought), later)
    back = unmerged(now, held, brought)
    wrote = touched(held, brought)
    assert [back[place] for place in range(GRID_LENGTH) if not wrote[place]] == [
        now[place] for place in range(GRID_LENGTH) if not wrote[place]
    ]


@pytest.mark.parametrize("code", sorted(SILENT))
def test_a_mark_that_says_there_is_no_session_is_dropped_in_silence_where_there_is_none(code):
    sifted = sift(register(code), sessions=NONE, on_roll=ALL, past=ALL)
    assert (sifted.marks, sifted.rejected) == (NO_MARKS, False)


@pytest.mark.parametrize(
    ("sessions", "on_roll", "past", "reason"),
    [
        pytest.param(NONE, NONE, NONE, "no_session", id="no session is said first"),
        pytest.param(ALL, NONE, NONE, "off_roll", id="then the roll"),
        pytest.param(ALL, ALL, NONE, "future", id="then the date"),
    ],
)
def test_a_mark_with_no_session_of_the_pupils_is_turned_away_with_the_first_reason(
    sessions, on_roll, past, reason
):
    sifted = sift(register(".I"), sessions=sessions, on_roll=on_roll, past=past)
    assert sifted.marks == NO_MARKS
    assert {name: getattr(sifted, name) for name in ("no_session", "off_roll", "future")} == {
        "no_session": (),
        "off_roll": (),
        "future": (),
        reason: (1,),
    }


@given(registers, masks, masks, masks)
def test_every_mark_of_a_file_is_kept_dropped_in_silence_or_turned_away_once(
    brought, sessions, on_roll, past
):
    sifted = sift(brought, sessions=sessions, on_roll=on_roll, past=past)
    turned_away = [*sifted.no_session, *sifted.off_roll, *sifted.future]
    assert len(turned_away) == len(set(turned_away))
    for place, char in enumerate(brought):
        stands = sessions[place] and on_roll[place] and past[place]
        if char == NO_MARK or stands:
            assert sifted.marks[place] == char
            assert place not in turned_away
        else:
            assert sifted.marks[place] == NO_MARK
            assert (place in turned_away) == (char not in SILENT)


def test_a_mask_of_marks_counts_not_taken_as_a_mark():
    assert marked(register("I.-"))[:4] == b"\xff\0\xff\0"
