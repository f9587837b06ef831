"""The register year and the strip: every session once, in its place, with words for it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from onroll.domain.register.codes import CODES, Category
from onroll.pages.pictures.looks import LOOKS, Look, look_of
from onroll.pages.pictures.strip import Strip
from onroll.pages.pictures.year import NO_SESSION, Cell, Day, year_picture
from onroll.pages.pictures.year_drawing import PITCH_X, PITCH_Y, draw_month

STATIC = Path(__file__).parents[2] / "src/onroll/pages/static/onroll"
PRESENT, ILL = Cell(Look.PRESENT), Cell(Look.COUNTED, "I")


def days(first: date, count: int, am: Cell = PRESENT, pm: Cell = PRESENT) -> dict[date, Day]:
    dates = (first + timedelta(days=n) for n in range(count))
    return {on: Day(on, am, pm) for on in dates if on.weekday() < 5}


@pytest.mark.parametrize(
    ("code", "counts", "look"),
    [
        pytest.param("I", True, Look.COUNTED, id="illness that counts"),
        pytest.param("M", False, Look.ABSENT, id="an appointment where only illness counts"),
        pytest.param("/", False, Look.PRESENT, id="present"),
        pytest.param("K", False, Look.ELSEWHERE, id="taught elsewhere"),
        pytest.param("N", False, Look.ABSENT, id="not yet known"),
        pytest.param("Y3", False, Look.NOT_POSSIBLE, id="could not attend"),
        pytest.param("-", False, Look.NOT_TAKEN, id="not taken"),
        pytest.param(".", False, Look.NO_MARK, id="no mark, as stored"),
        pytest.param("", False, Look.NO_MARK, id="no mark"),
    ],
)
def test_a_mark_has_one_look(code, counts, look):
    assert look_of(code, counts=counts) is look


def test_every_national_code_and_category_has_a_look_with_words():
    assert {look_of(code, counts=False) for code in CODES} <= set(LOOKS)
    assert {code.category for code in CODES.values()} == set(Category)


def test_an_unknown_code_is_not_drawn_as_if_it_were_known():
    with pytest.raises(KeyError):
        look_of("H", counts=False)


def test_months_run_from_the_first_session_to_the_last():
    given = days(date(2026, 8, 3), 5, NO_SESSION, NO_SESSION) | days(date(2026, 9, 3), 100)
    assert [month.name for month in year_picture(given).months] == [
        "September 2026", "October 2026", "November 2026", "December 2026",
    ]  # fmt: skip


def test_every_day_of_a_month_stands_once_under_its_weekday():
    month = year_picture(days(date(2026, 11, 1), 30)).months[0]
    placed = [(day.on, column) for week in month.weeks for column, day in enumerate(week.days) if day]
    assert [on.day for on, _ in placed] == [n for n in range(1, 31) if date(2026, 11, n).weekday() < 5]
    assert all(on.weekday() == column for on, column in placed)


def test_a_session_at_a_weekend_gets_its_column():
    saturday = date(2026, 11, 7)
    picture = year_picture(days(date(2026, 11, 2), 5) | {saturday: Day(saturday, ILL, NO_SESSION)})
    assert picture.months[0].columns == 7
    assert saturday in [day.on for day in picture.months[0].days()]


def test_a_picture_of_nothing_has_no_months():
    assert year_picture({}).months == ()
    assert year_picture({}).legend() == []


def test_a_month_says_its_sessions():
    given = days(date(2026, 11, 2), 5, ILL, PRESENT)
    assert year_picture(given).months[0].words == (
        "November 2026: 5 sessions missed for health reasons, 5 sessions present."
    )


def test_the_legend_names_each_look_in_use_once():
    given = days(date(2026, 11, 2), 5, ILL, PRESENT)
    looks = [look for look, _, _ in year_picture(given).legend()]
    assert looks == [Look.COUNTED, Look.PRESENT, Look.NO_SESSION]


def test_each_session_is_drawn_once_and_its_letter_with_it():
    drawing = draw_month(year_picture(days(date(2026, 11, 2), 5, ILL, PRESENT)).months[0])
    shapes = dict(drawing.shapes)
    assert shapes["counted"].count("M") == shapes["present"].count("M") == 5
    assert [text.text for text in drawing.letters] == ["IIIII"]
    assert drawing.letters[0].x.split() == [str(28 + n * PITCH_X) for n in range(5)]


def test_a_code_of_two_letters_keeps_them_together():
    c2 = Cell(Look.COUNTED, "C2")
    drawing = draw_month(year_picture(days(date(2026, 11, 2), 2, c2, c2)).months[0])
    assert [text.text for text in drawing.letters] == ["C2"] * 4


def test_a_closed_day_is_one_block():
    holiday = Cell(Look.HOLIDAY)
    drawing = draw_month(year_picture(days(date(2026, 11, 2), 1, holiday, holiday)).months[0])
    assert dict(drawing.shapes)["holiday"].count("M") == 1


def test_the_session_at_which_it_was_reached_is_outlined():
    on = date(2026, 11, 3)
    picture = year_picture({on: Day(on, Cell(Look.COUNTED, "I", reached=True), ILL)})
    assert picture.has_reached
    assert draw_month(picture.months[0]).reached.count("M") == 1


def test_only_days_with_an_address_can_be_opened_and_each_is_big_enough_for_a_finger():
    on = date(2026, 11, 3)
    picture = year_picture(days(date(2026, 11, 2), 5) | {on: Day(on, ILL, ILL, href="#d")})
    (link,) = draw_month(picture.months[0]).links
    assert (link.href, link.words) == ("#d", "Tuesday 3 November 2026")
    assert min(PITCH_X, PITCH_Y) >= 24


def test_the_last_weeks_are_told_in_days():
    strip = Strip(
        [*days(date(2026, 11, 23), 5).values(), *days(date(2026, 11, 30), 5, ILL, PRESENT).values()]
    )
    assert strip.words == (
        "Last 10 school days, Mon 23 Nov to Fri 4 Dec. Days: 2.5 missed for health reasons, 7.5 present."
    )


def test_equal_days_of_a_week_are_one_line_and_weeks_stand_apart():
    strip = Strip(
        [*days(date(2026, 11, 23), 5).values(), *days(date(2026, 11, 30), 5, ILL, PRESENT).values()]
    )
    assert dict(strip.shapes()) == {"counted": "M39 5h34", "present": "M0 5h34M0 16h34M39 16h34"}
    assert strip.width == 39 + 34


def test_days_that_differ_are_lines_of_their_own():
    one, two, three = days(date(2026, 11, 23), 3).values()
    strip = Strip([one, Day(two.on, ILL, PRESENT), three])
    assert dict(strip.shapes())["counted"] == "M7 5h6"
    assert dict(strip.shapes())["present"] == "M0 5h6M14 5h6M0 16h20"


def test_no_two_looks_of_the_last_weeks_share_a_shape():
    on = date(2026, 11, 2)
    looks = (Look.COUNTED, Look.ABSENT, Look.PRESENT, Look.ELSEWHERE, Look.NOT_TAKEN, Look.NO_MARK)
    sheet = (STATIC / "pictures.css").read_text("utf-8")
    thickness = dict(re.findall(r"\.onroll-strip \.look-([\w-]+)[^{]*\{[^}]*stroke-width: (\d+)px", sheet))
    seen = set()
    for look in looks:
        drawn = Strip([Day(on, Cell(look), Cell(Look.NO_MARK))]).shapes()
        seen.add((drawn[0][1], thickness.get(look)) if drawn else None)
    assert len(seen) == len(looks)


def test_no_school_days_yet_is_said():
    assert Strip([]).words == "No school days yet."
    assert Strip([]).width == 0
