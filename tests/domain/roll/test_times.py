"""Times on roll: joining, leaving, coming back, and dates that do not fit."""

from datetime import date

import pytest

from onroll.domain.roll.times import Dates, Misfit, Time, on_roll, planned

SEP24, SEP25, JAN26, JUL26, SEP26 = (
    date(2024, 9, 2), date(2025, 9, 1), date(2026, 1, 5), date(2026, 7, 20), date(2026, 9, 7),
)  # fmt: skip
OPEN = (Time(SEP24, None, 1),)
LEFT = (Time(SEP24, JUL26, 1),)
TWICE = (Time(SEP24, JAN26, 1), Time(SEP26, None, 2))


@pytest.mark.parametrize(("held", "given", "after"), [
    pytest.param((), Dates(SEP26), [Time(SEP26)], id="a new pupil joins"),
    pytest.param((), Dates(SEP24, JUL26), [Time(SEP24, JUL26)], id="a new pupil who has left already"),
    pytest.param((), Dates(), [], id="no date is known"),
    pytest.param(OPEN, Dates(), list(OPEN), id="nothing is said"),
    pytest.param(OPEN, Dates(SEP24), list(OPEN), id="as before"),
    pytest.param(OPEN, Dates(SEP24, JUL26), [Time(SEP24, JUL26, 1)], id="a leaver"),
    pytest.param(OPEN, Dates(None, JUL26), [Time(SEP24, JUL26, 1)], id="a leaver, without admission date"),
    pytest.param(OPEN, Dates(SEP25), [Time(SEP25, None, 1)], id="admission corrected, forward"),
    pytest.param(OPEN, Dates(date(2023, 9, 1)), [Time(date(2023, 9, 1), None, 1)], id="admission corrected, back"),
    pytest.param(LEFT, Dates(SEP26), [*LEFT, Time(SEP26)], id="a returner"),
    pytest.param(LEFT, Dates(SEP26, date(2026, 12, 1)), [*LEFT, Time(SEP26, date(2026, 12, 1))], id="came back, left"),
    pytest.param(LEFT, Dates(SEP24, JUL26), list(LEFT), id="a leaver, as before"),
    pytest.param(LEFT, Dates(SEP24, JAN26), [Time(SEP24, JAN26, 1)], id="leaving corrected"),
    pytest.param(LEFT, Dates(SEP24), list(OPEN), id="never left after all"),
    pytest.param(TWICE, Dates(SEP24), list(TWICE), id="the first admission of a child who came back"),
    pytest.param(TWICE, Dates(SEP24, JAN26), list(TWICE), id="the first of two times"),
    pytest.param(TWICE, Dates(SEP24, date(2026, 10, 1)), [TWICE[0], Time(SEP26, date(2026, 10, 1), 2)],
                 id="first admission, and leaving the second time"),
    pytest.param(TWICE, Dates(SEP24, date(2026, 2, 2)), [Time(SEP24, date(2026, 2, 2), 1), TWICE[1]],
                 id="the first of two times corrected"),
])  # fmt: skip
def test_dates_of_a_file(held: tuple[Time, ...], given: Dates, after: list[Time]) -> None:
    assert list(planned(held, [given], leavers_named=True)) == after
    again = [time._replace(id=time.id or 9) for time in after]
    assert list(planned(again, [given], leavers_named=True)) == again, "the same file again changes nothing"


@pytest.mark.parametrize(("held", "given", "leaving"), [
    pytest.param((), Dates(None, JUL26), False, id="left, and nobody knows since when they were here"),
    pytest.param((), Dates(JUL26, SEP24), True, id="left before joining"),
    pytest.param(OPEN, Dates(None, date(2024, 9, 1)), True, id="left before the admission held"),
    pytest.param(LEFT, Dates(), False, id="in the file, left here, no date of return"),
    pytest.param(LEFT, Dates(JAN26), False, id="joined in the middle of a time that ended"),
    pytest.param(TWICE, Dates(JAN26), False, id="joined on the day of leaving"),
])  # fmt: skip
def test_dates_that_do_not_fit_are_a_problem(held: tuple[Time, ...], given: Dates, leaving: bool) -> None:
    with pytest.raises(Misfit) as misfit:
        planned(held, [given], leavers_named=True)
    assert misfit.value.leaving is leaving


def test_an_admission_date_does_not_move_past_marks() -> None:
    assert planned(OPEN, [Dates(SEP25)], leavers_named=True, marked_from=SEP25)
    with pytest.raises(Misfit, match="with marks before"):
        planned(OPEN, [Dates(SEP25)], leavers_named=True, marked_from=date(2025, 3, 3))


def test_without_a_column_for_leavers_a_file_says_nothing_of_who_left() -> None:
    assert planned(LEFT, [Dates()], leavers_named=False) == LEFT
    assert planned(LEFT, [Dates(SEP24)], leavers_named=False) == LEFT


def test_two_times_in_one_file_join_what_is_held() -> None:
    given = [Dates(SEP26), Dates(SEP24, JAN26)]
    assert planned((), given, leavers_named=True) == (Time(SEP24, JAN26), Time(SEP26))
    assert planned(OPEN, given, leavers_named=True) == (Time(SEP24, JAN26, 1), Time(SEP26))
    with pytest.raises(Misfit, match="lies in a time on roll"):
        planned((), [Dates(SEP24, date(2026, 10, 1)), Dates(SEP26)], leavers_named=True)


@pytest.mark.parametrize(("times", "on", "answer"), [
    ((), SEP24, True), (OPEN, SEP24, True), (OPEN, date(2024, 9, 1), False), (LEFT, JUL26, True), (LEFT, SEP26, False),
])  # fmt: skip
def test_on_roll(times: tuple[Time, ...], on: date, answer: bool) -> None:
    assert on_roll(times, on) is answer
