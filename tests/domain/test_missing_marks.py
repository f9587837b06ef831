"""Which registers were not taken, by group."""

from onroll.domain.register import NO_MARK
from onroll.domain.register.missing_marks import Missing, MissingMarks, is_missing
from onroll.domain.schoolcalendar import GRID_LENGTH

BOTH = 0xFFFF  # the first two sessions of the grid


def marks(start: str) -> str:
    return start.ljust(GRID_LENGTH, NO_MARK)


def found(*pupils):
    adding = MissingMarks()
    for group, start, sessions in pupils:
        adding.add(group, None if start is None else marks(start), sessions)
    return adding.found()


def test_a_register_with_every_mark_is_not_listed():
    assert found(("Ash", "/\\", BOTH), ("Oak", "II", BOTH)) == []


def test_a_group_that_was_not_taken_is_one_line_a_session_latest_first():
    assert found(("Ash", "--", BOTH), ("Ash", "..", BOTH), ("Oak", "//", BOTH)) == [
        Missing(1, "Ash", 2, 2),
        Missing(0, "Ash", 2, 2),
    ]


def test_a_whole_school_that_was_not_taken_is_one_line():
    assert found(("Ash", "/-", BOTH), ("Oak", "/.", BOTH)) == [Missing(1, None, 2, 2)]


def test_one_pupil_without_a_mark_is_told_from_a_group():
    assert found(("Ash", "/-", BOTH), ("Ash", "//", BOTH), ("Oak", "//", BOTH)) == [Missing(1, "Ash", 1, 2)]


def test_a_pupil_without_any_register_is_missing_in_each_of_their_sessions():
    assert found(("Ash", None, 0xFF00), ("Oak", "//", BOTH)) == [Missing(1, "Ash", 1, 1)]


def test_a_session_that_is_not_the_pupils_is_not_expected_of_them():
    assert found(("Ash", "-/", 0xFF00), ("Oak", "//", BOTH)) == []


def test_more_pupils_than_a_byte_counts_are_counted():
    assert found(*[("Ash", "/-", BOTH)] * 300, ("Oak", "//", BOTH)) == [Missing(1, "Ash", 300, 300)]


def test_not_taken_and_no_mark_are_both_missing_and_n_is_not():
    assert [is_missing(mark) for mark in ("-", ".", "N")] == [True, True, False]
