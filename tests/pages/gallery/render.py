"""Render the gallery with the house's own templates, marking every undefined variable."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from onroll.pages.paging import Paging
from onroll.pages.parts import Link
from tests.pages.gallery import sample

UNDEFINED = "!!undefined: %s!!"
PAGES = ("watch", "pupil", "form", "import", "progress", "empty", "calendar", "sign_in")


@dataclass
class Frame:
    """What pages/frame.py gives, for an invented person."""

    signed_in: bool = True
    demo: bool = True
    person_name: str = "Petra Loxley"
    school_name: str = "Saltmarsh High School"
    search_href: str = "/find/"
    schools: list[tuple[str, str]] = field(default_factory=lambda: [("Fenwick Primary School", "/2/")])
    nav: list[SimpleNamespace] = field(
        default_factory=lambda: [
            SimpleNamespace(label=label, href="#", current=label == "Watch", count=count)
            for label, count in (
                ("Today", 3),
                ("Watch", None),
                ("Registers", 1),
                ("Calendar", None),
                ("Settings", None),
                ("Looks and changes", None),
            )
        ]
    )


def engine() -> DjangoTemplates:
    """The templates of the house and of the gallery."""
    options = {
        "builtins": ["onroll.pages.templatetags.ui", "onroll.pages.templatetags.pictures"],
        "context_processors": ["django.template.context_processors.request"],
        "string_if_invalid": UNDEFINED,
    }
    return DjangoTemplates(
        {
            "NAME": "gallery",
            "DIRS": [Path(__file__).parent / "templates"],
            "APP_DIRS": True,
            "OPTIONS": options,
        }
    )


def context() -> dict[str, Any]:
    """All that the gallery's pages show."""
    return {
        "frame": Frame(),
        "messages": [Message(constants.SUCCESS, "The import was undone.")],
        "today": sample.TODAY,
        "forecast": date(2026, 12, 8),
        "rows": sample.watch_rows(),
        "filters": sample.WatchFilters({"year": "9"}),
        "active": [Link("Year 9", "?")],
        "paging": Paging(3, 240),
        "form": sample.AllFields({"email": "", "began_day": "3"}),
        "sign_in": sample.SignIn(),
        "hints": {"ad": "Sees no pupil content."},
        "year": sample.year(),
        "calendar": sample.calendar(),
        "links": sample.LINKS,
        "crumbs": [Link("Registers", "#"), Link("Week 14", "#")],
        "preview": sample.preview(),
        "summary": sample.SUMMARY,
        "tasks": sample.TASKS,
        "duties": sample.DUTIES,
        "timeline_items": sample.TIMELINE,
    }


def render(name: str) -> str:
    """Render one page of the gallery."""
    filled = context()
    if name != "form":
        filled.pop("form")
    if name == "sign_in":
        filled["frame"] = Frame(signed_in=False, school_name="", search_href="", nav=[])
        filled["messages"] = []
    request = RequestFactory().get("/", {"year": "9", "page": "3"})
    return engine().get_template(f"gallery/{name}.html").render(filled, request)
