"""Files that a person takes away: safe to open in a spreadsheet, named without a child's name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str) -> HttpResponse:
    """An empty CSV answer to write rows to; the BOM makes Excel read it as UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe_row(values: Iterable[Any]) -> list[Any]:
    """Values as a spreadsheet should see them: dates as ISO, text that looks like a formula kept as text."""
    return [_safe(value) for value in values]


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
