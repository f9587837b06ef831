"""Form fields and widgets that Django lacks: a date asked for in three parts, and a select for long lists."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Select(forms.Select):
    """A select without groups, drawn in one go: Django's own renders two templates for every option."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Draw the select with its options."""
        chosen = set(self.format_value(value))
        options = ((key, " selected" if str(key) in chosen else "", label) for key, label in self.choices)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class DateParts(forms.MultiWidget):
    """Three small boxes, the pattern that most people fill in without a mistake."""

    template_name = "components/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {"day": forms.TextInput(box), "month": forms.TextInput(box), "year": forms.TextInput(box)},
            dict(attrs or {}),
        )

    def decompress(self, value: date | None) -> list[str]:
        """Split a date into the three boxes."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateField(forms.MultiValueField):
    """A date as day, month and year. The error says which part is missing, or that no such date exists."""

    widget = DateParts
    default_error_messages = {
        "required": "Enter a date, like 27 3 2026",
        "incomplete": "Enter the day, the month and the year, like 27 3 2026",
        "invalid": "Enter a date that exists, like 27 3 2026",
    }

    def __init__(self, **kwargs: Any) -> None:
        parts = tuple(forms.CharField(required=False, max_length=9) for _ in range(3))
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        """Make the date from its parts. Raises ValidationError with words that say what to do."""
        parts = [part.strip() for part in data_list]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        day, month, year = parts
        try:
            return date(_full_year(year), int(month), int(day))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def _full_year(text: str) -> int:
    """Read a year of four figures, or of two for this century. Raises ValueError for any other."""
    if not text.isdecimal() or len(text) not in (2, 4):
        raise ValueError(text)
    return int(text) + (2000 if len(text) == 2 else 0)
