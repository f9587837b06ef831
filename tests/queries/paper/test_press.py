"""Paper: tagged, in our face, and never stopped by what somebody is called."""

import logging

import pytest

from onroll.queries.paper import engine, press, render
from onroll.queries.paper.cleaning import cleaned
from onroll.queries.paper.engine import FONTS, PaperFault
from tests.support.papers import inside

A4 = pytest.approx((595.28, 841.89), abs=0.1)


def words(**other):
    return {
        "title": "Who is responsible",
        "header": "Elm Grove School",
        "footer": "Issued on 23 November 2026",
        "large": False,
        "heading": "Who is responsible for your child’s education",
        "name": "Robin Quill",
        "lead": "The school provides education now.",
        "parts": [
            {"heading": "Who teaches", "words": ["The school does."]},
            {"heading": "Who checks", "words": ["Somebody rings you.\nEach week.", "And visits."]},
        ],
        **other,
    }


def test_a_paper_tells_a_screen_reader_what_it_is():
    found = inside(render("statement", words()))
    assert (found.language, found.tagged, found.shows_title, found.ua_part) == ("en-GB", True, True, "1")
    assert found.title == "Who is responsible"
    assert found.headings == ("H1", "H2", "H2")
    assert found.tags.count("P") >= 5
    assert found.size == A4


def test_what_a_paper_says_of_itself_names_no_child():
    told = inside(render("statement", words())).told
    assert "Who is responsible" in told
    assert "Robin" not in told
    assert "Quill" not in told


def test_large_print_is_larger_and_still_a4():
    long = words(parts=[{"heading": "Part", "words": ["Plain words that go on for a while. " * 12]}] * 5)
    ordinary, large = (inside(render("statement", long | {"large": size})) for size in (False, True))
    assert large.pages > ordinary.pages
    assert large.size == A4


@pytest.mark.skipif(not FONTS.is_dir(), reason="the fonts are not laid: make setup")
def test_it_is_set_in_our_own_face_and_in_no_other_for_english():
    fonts = inside(render("statement", words())).fonts
    assert fonts
    assert all(font.startswith("AtkinsonHyperlegibleNext") for font in fonts)


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Łukasiewicz",
        "Нина Иванова",
        "Ελένη Παππά",
        "Nguyễn Thị Ánh",
        "Şeyma Yıldız",
        "O’Brien-Ní Dhomhnaill",
    ],
)
def test_names_of_many_tongues_keep_the_standard(name):
    assert press("statement", words(name=name)).whole


@pytest.mark.parametrize("name", ["রবিন", "ਰੌਬਿਨ", "罗宾", "Robin 🌻"])
def test_a_letter_that_no_font_has_still_gives_a_tagged_paper(name, caplog):
    with caplog.at_level(logging.WARNING):
        made = press("statement", words(name=name))
    found = inside(made.pdf)
    assert (made.whole, found.tagged, found.ua_part) == (False, True, "")
    assert found.headings == ("H1", "H2", "H2")
    assert name not in caplog.text
    assert "statement" in caplog.text


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        pytest.param("a\u202eb", "ab", id="an override that turns text round"),
        pytest.param("a\u2066b\u2069", "ab", id="an isolate"),
        pytest.param("\ufeffa", "a", id="a byte order mark"),
        pytest.param("a\x00\x07b\x7f", "ab", id="control characters"),
        pytest.param("a\ud800b", "ab", id="half a character"),
        pytest.param("a\ue000b", "ab", id="a private character"),
        pytest.param("a\r\nb\tc\n", "a\nb\tc\n", id="lines and tabs stay"),
        pytest.param("नि\u200dमा", "नि\u200dमा", id="a joiner stays: scripts need it"),
        pytest.param(
            {"k": ["a\u202e", 3, None, True]}, {"k": ["a", 3, None, True]}, id="all through the data"
        ),
    ],
)
def test_text_is_made_fit_to_print(given, printed):
    assert cleaned(given) == printed


@pytest.mark.parametrize(
    "sly", ['#read("/etc/passwd")', "*bold* $x$ _u_", '#import "house.typ"', "= A heading"]
)
def test_what_people_write_is_printed_as_they_wrote_it(sly):
    """No word of theirs becomes markup: the structure is that of any other words."""
    plain, marked = (inside(render("statement", words(lead=lead))) for lead in ("Plain words.", sly))
    assert marked.tags == plain.tags


def test_a_template_that_does_not_compile_is_our_fault_and_quotes_nothing():
    with pytest.raises(PaperFault) as caught:
        render("statement", {"title": "T", "heading": "Secret words"})
    assert "Secret" not in str(caught.value)
    assert "statement" in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_same_data_give_the_same_paper_on_every_day():
    assert render("statement", words()) == render("statement", words())


def test_a_house_without_our_fonts_prints_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "FONTS", tmp_path / "none")
    engine._fonts.cache_clear()
    try:
        made = press("statement", words(name="Zoë Łukasiewicz"))
    finally:
        engine._fonts.cache_clear()
    found = inside(made.pdf)
    assert (made.whole, found.tagged) == (True, True)
    assert not [font for font in found.fonts if font.startswith("Atkinson")]
