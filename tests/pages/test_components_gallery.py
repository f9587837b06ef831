"""Every component on a page: complete, safe under a strict content policy, light, and true to GOV.UK's markup."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from onroll.pages.paging import Paging
from tests.pages.gallery.render import PAGES, engine, render

STATIC = Path(__file__).parents[2] / "src/onroll/pages/static"
TEMPLATES = STATIC.parent / "templates"
ALL_TEMPLATES = sorted(STATIC.parent.rglob("*.html"))
KILOBYTE = 1024
# The first half of a class; the second half is a value.
HALVES = {"onroll-clock", "onroll-notice", "onroll-preview__cell", "onroll-stat", "onroll-tag"}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: render(name) for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_uses_no_name_that_it_was_not_given(pages, name):
    assert re.findall(r"!!undefined[^!]*!!", pages[name]) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_and_a_title_without_a_name(pages, name):
    assert pages[name].count("<h1") == 1
    title = re.search(r"<title>(.*?)</title>", pages[name], re.DOTALL)[1]
    assert title.endswith(" - Onroll")
    assert "Ashgrove" not in title


def test_the_title_of_a_form_with_errors_says_so(pages):
    assert "<title>Error: Invite a person - Onroll</title>" in pages["form"]


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_used_once(pages, name):
    ids = re.findall(r'\sid="([^"]+)"', pages[name])
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("template", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(STATIC.parent)))
def test_no_template_needs_what_a_strict_content_policy_forbids(template):
    text = template.read_text("utf-8")
    assert re.findall(r"(?i)\sstyle=|<style|\son[a-z]+=\"|javascript:", text) == []
    scripts = re.findall(r"<script[^>]*>", text)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


def test_every_class_of_ours_that_a_template_uses_is_in_the_style_sheets():
    used = {
        one for path in ALL_TEMPLATES for one in re.findall(r"\bonroll-[\w-]*\w", path.read_text("utf-8"))
    }
    styled = {
        one
        for path in STATIC.glob("onroll/*.css")
        for one in re.findall(r"\.(onroll-[\w-]+)", path.read_text("utf-8"))
    }
    assert used - styled - HALVES == set()


@pytest.mark.parametrize("name", ["watch", "pupil"])
def test_a_busy_page_is_below_60_kilobytes_before_compression(pages, name):
    assert len(pages[name].encode()) <= 60 * KILOBYTE


def test_a_first_visit_is_at_most_10_requests_and_120_kilobytes(pages):
    page = pages["watch"]
    files = set(re.findall(r'"/?static/([^"]+)"', page)) | {
        "vendor/fonts/atkinson-latin-400.woff2",
        "vendor/fonts/atkinson-latin-700.woff2",
        "vendor/fonts/atkinson-latin-ext-700.woff2",
    }
    sizes = {name: len(_packed(STATIC / name)) for name in files}
    assert len(files) + 1 <= 10
    assert sum(sizes.values()) + len(gzip.compress(page.encode())) <= 120 * KILOBYTE


def _packed(path: Path) -> bytes:
    content = path.read_bytes()
    return content if path.suffix == ".woff2" else gzip.compress(content)


def test_a_pupil_can_be_looked_for_from_every_page_without_scripts(pages):
    assert '<form class="onroll-find" method="post" action="/find/" role="search">' in pages["empty"]


def test_a_page_without_a_frame_stands():
    html = engine().get_template("404.html").render({})
    assert "Page not found" in html
    assert "onroll-nav" not in html


def test_page_links_keep_the_rest_of_the_question(pages):
    assert 'href="?year=9&amp;page=4"' in pages["watch"]
    assert 'aria-label="Page 3" aria-current="page"' in pages["watch"]


def test_one_page_needs_no_page_links():
    html = engine().from_string("{% pagination paging %}").render({"paging": Paging(1, 3)})
    assert "<nav" not in html
    assert "1 to 3 of 3" in html


def test_a_filter_that_is_on_can_be_taken_off(pages):
    assert "Filters (1 on)" in pages["watch"]
    assert '<span class="govuk-visually-hidden">Remove </span>Year 9' in pages["watch"]


def test_a_page_that_waits_renews_itself_with_and_without_scripts(pages):
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in pages["progress"]
    assert 'data-renew="600"' in pages["progress"]
    assert '<progress class="onroll-progress__bar" max="100" value="39"' in pages["progress"]


def test_work_that_is_done_waits_no_more():
    html = engine().from_string('{% progress 10 10 "Done" running=False %}').render({})
    assert "data-renew" not in html
    assert 'max="100" value="100"' in html


class _Skeleton(HTMLParser):
    """The tags and GOV.UK classes of a piece of HTML, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = next((value or "" for name, value in attrs if name == "class"), "").split()
        self.tags.append((tag, tuple(sorted(one for one in classes if one.startswith("govuk-")))))


GOLDEN = {
    "details": ('{% details "Help with nationality" %}x{% enddetails %}', """
<details class="govuk-details"><summary class="govuk-details__summary">
<span class="govuk-details__summary-text">Help with nationality</span></summary>
<div class="govuk-details__text">x</div></details>"""),
    "inset text": ("{% inset %}x{% endinset %}", '<div class="govuk-inset-text">x</div>'),
    "warning text": ("{% warning_text %}x{% endwarning_text %}", """
<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>x</strong></div>"""),
    "input with hint and error": ('{% form_field form.email size="" %}', """
<div class="govuk-form-group govuk-form-group--error"><label class="govuk-label" for="a">?</label>
<div id="a-hint" class="govuk-hint">h</div>
<p id="a-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> e</p>
<input class="govuk-input govuk-input--error" id="a" name="a" type="text"></div>"""),
    "radios": ('{% form_field form.role size="m" %}', """
<div class="govuk-form-group govuk-form-group--error"><fieldset class="govuk-fieldset">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">?</legend>
<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> e</p>
<div class="govuk-radios" data-module="govuk-radios">"""
        + 3 * """<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio">
<label class="govuk-label govuk-radios__label">x</label></div>""" + "</div></fieldset></div>"),
    "select": ('{% form_field form.tutor size="" %}', """
<div class="govuk-form-group"><label class="govuk-label">?</label>
<select class="govuk-select"><option></option><option></option><option></option></select></div>"""),
}  # fmt: skip


@pytest.mark.parametrize(("source", "golden"), GOLDEN.values(), ids=GOLDEN)
def test_a_component_has_the_bones_of_gov_uk(source, golden):
    from tests.pages.gallery.sample import AllFields  # noqa: PLC0415 - needs Django set up

    html = engine().from_string(source).render({"form": AllFields({})})
    assert _Skeleton(html).tags == _Skeleton(golden).tags
