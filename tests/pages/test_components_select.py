"""The select that is drawn in one go says what Django's own says."""

import re

import pytest
from django import forms

from onroll.pages.widgets import Select
from tests.pages.gallery.render import engine

CHOICES = [("", "Every year"), (7, "Year 7"), (8, 'Year <8> & "more"')]


class Asked(forms.Form):
    """The same question twice, with our widget and with Django's."""

    ours = forms.ChoiceField(choices=CHOICES, widget=Select, help_text="Choose one")
    theirs = forms.ChoiceField(choices=CHOICES, help_text="Choose one")


def drawn(form, name):
    """The control as text; then its elements, with attributes in any order."""
    html = engine().from_string("{% control field %}").render({"field": form[name]}).replace(name, "it")
    elements = re.findall(r"<(\w+)((?:[^>\"]|\"[^\"]*\")*)>([^<]*)", html)
    return html, [
        (tag, set(re.findall(r"[\w-]+(?:=\"[^\"]*\")?", attrs)), text.strip())
        for tag, attrs, text in elements
    ]


@pytest.mark.parametrize("data", [
    pytest.param(None, id="not asked yet"),
    pytest.param({"ours": "8", "theirs": "8"}, id="one chosen"),
    pytest.param({"ours": "", "theirs": ""}, id="the empty one chosen"),
    pytest.param({"ours": "99", "theirs": "99"}, id="one that does not exist"),
])  # fmt: skip
def test_it_is_what_django_draws(data):
    form = Asked(data)
    assert drawn(form, "ours")[1] == drawn(form, "theirs")[1]


def test_an_initial_value_is_chosen():
    form = Asked(initial={"ours": 7, "theirs": 7})
    assert 'value="7" selected' in drawn(form, "ours")[0]
    assert drawn(form, "ours")[1] == drawn(form, "theirs")[1]


def test_labels_are_escaped():
    assert "Year &lt;8&gt; &amp;" in drawn(Asked(), "ours")[0]
