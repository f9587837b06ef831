"""A field is drawn so that everybody can answer it: question, hint, error, all tied to the control."""

import re
from datetime import date

import pytest
from django import forms

from onroll.pages.controls import component_for
from onroll.pages.widgets import DateField
from tests.pages.gallery.render import engine
from tests.pages.gallery.sample import AllFields


def draw(source: str, **context: object) -> str:
    return engine().from_string(source).render(context)


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("reason", "textarea"), ("began", "date_input"), ("role", "radios"), ("years", "checkboxes"),
        ("tutor", "select"), ("email", "input"), ("file", "file_upload"), ("sure", "checkbox"),
    ],
)  # fmt: skip
def test_the_widget_chooses_the_component(name, component):
    assert component_for(AllFields()[name]) == component


@pytest.mark.parametrize("name", list(AllFields.base_fields))
def test_every_id_that_describes_a_control_exists(name):
    html = draw("{% form_field field %}", field=AllFields({})[name])
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    described = {one for ids_ in re.findall(r'aria-describedby="([^"]+)"', html) for one in ids_.split()}
    asked_for = set(re.findall(r'\bfor="([^"]+)"', html))
    assert described | asked_for <= ids
    assert bool(described) == bool(AllFields({})[name].errors)


@pytest.mark.parametrize("name", [name for name, field in AllFields.base_fields.items() if field.required])
def test_an_error_is_beside_the_field_and_in_the_summary_that_leads_to_it(name):
    form = AllFields({})
    field = draw("{% form_field field %}", field=form[name])
    summary = draw("{% error_summary form %}", form=form)
    error = form[name].errors[0]
    target = re.search(rf'href="#([^"]+)">{re.escape(error)}', summary)
    assert error in field
    assert target
    assert f'id="{target[1]}"' in field


def test_no_errors_no_summary():
    assert draw("{% error_summary form %}", form=AllFields()).strip() == ""


def test_what_was_typed_is_kept():
    html = draw(
        "{% form_field form.email %}{% form_field form.began %}",
        form=AllFields({"email": "not an address", "began_day": "31", "began_month": "x"}),
    )
    assert 'value="not an address"' in html
    assert 'value="31"' in html
    assert 'value="x"' in html


def test_what_was_typed_cannot_become_a_tag():
    html = draw(
        "{% form_field form.reason %}{% error_summary form %}",
        form=AllFields({"reason": "</textarea><script>"}),
    )
    assert "<script" not in html


def test_a_placeholder_never_stands_in_for_a_label():
    class Theirs(forms.Form):
        login = forms.CharField(
            widget=forms.TextInput(attrs={"placeholder": "Email", "autocomplete": "email"})
        )

    html = draw('{% form_field form.login label="E-mail address" %}', form=Theirs())
    assert "placeholder" not in html
    assert 'autocomplete="email"' in html
    assert ">E-mail address</label>" in html


def test_the_question_can_be_the_heading_of_the_page():
    assert "<h1" in draw("{% form_field form.email heading=True %}", form=AllFields())
    assert "<h1" in draw("{% form_field form.role heading=True %}", form=AllFields())


def test_a_choice_has_its_hint():
    html = draw(
        "{% form_field form.role hints=hints %}", form=AllFields(), hints={"ad": "Sees no pupil content."}
    )
    assert 'aria-describedby="id_role_2_hint"' in html
    assert 'id="id_role_2_hint">Sees no pupil content.' in html


def test_a_component_also_works_as_an_include():
    html = draw('{% include "components/textarea.html" with field=form.reason %}', form=AllFields())
    assert 'data-maxlength="200"' in html


class Dated(forms.Form):
    on = DateField()
    maybe = DateField(required=False)


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        pytest.param(("27", "3", "2026"), date(2026, 3, 27), id="a date"),
        pytest.param((" 7 ", "03", "2026"), date(2026, 3, 7), id="spaces and a nought"),
        pytest.param(("27", "3", "26"), date(2026, 3, 27), id="two figures for the year"),
        pytest.param(("31", "2", "2026"), "Enter a date that exists, like 27 3 2026", id="no such day"),
        pytest.param(("1", "x", "2026"), "Enter a date that exists, like 27 3 2026", id="a word"),
        pytest.param(
            ("27", "", "2026"), "Enter the day, the month and the year, like 27 3 2026", id="a part missing"
        ),
        pytest.param(("", "", ""), "Enter a date, like 27 3 2026", id="nothing"),
        pytest.param(("1", "1", "-5"), "Enter a date that exists, like 27 3 2026", id="a year before years"),
        pytest.param(("1", "1", "226"), "Enter a date that exists, like 27 3 2026", id="a slip in the year"),
    ],
)
def test_a_date_is_asked_in_three_parts(parts, answer):
    form = Dated(dict(zip(("on_day", "on_month", "on_year"), parts, strict=True)))
    assert (form.cleaned_data["on"] if form.is_valid() else form.errors["on"][0]) == answer


def test_a_date_that_may_be_left_out_is_none():
    form = Dated({"on_day": "1", "on_month": "1", "on_year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["maybe"] is None


def test_a_date_that_is_known_fills_its_parts():
    html = draw("{% form_field form.on %}", form=Dated(initial={"on": date(2026, 3, 27)}))
    assert re.findall(r'value="([^"]+)"', html) == ["27", "3", "2026"]
