"""The component tags. What each draws, and how to use it, is in docs/explanation/design.md."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from onroll.pages import wording
from onroll.pages.controls import character_limit, component_for, draw_control, first_control_id
from onroll.pages.paging import Paging
from onroll.pages.parts import DutyLine, Link, Preview, SummaryRow, Task, TimelineItem
from onroll.pages.statuses import Status, status_of

register = template.Library()

for _filter in (
    wording.long_date,
    wording.medium_date,
    wording.short_date,
    wording.long_moment,
    wording.day_number,
    wording.school_days,
    wording.count_of,
    first_control_id,
    character_limit,
):
    register.filter(_filter.__name__, _filter)


# ---------------------------------------------------------------- forms


@register.inclusion_tag("components/form_field.html")
def form_field(
    field: BoundField,
    *,
    label: str = "",
    size: str = "s",
    heading: bool = False,
    width: str = "",
    inline: bool = False,
    hints: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Draw a form field by its widget: label as question, hint, error, control.

    `label` asks in our words where the form is not ours.
    """
    field.label = label or field.label
    component = f"components/{component_for(field)}.html"
    return {
        "component": component,
        "field": field,
        "size": size,
        "heading": heading,
        "width": str(width),
        "inline": inline,
        "hints": hints or {},
    }


@register.simple_tag
def control(field: BoundField, width: str = "") -> SafeString:
    """Draw only the control of a field, for use inside a component."""
    return draw_control(field, str(width))


@register.filter
def hint_for(hints: Mapping[str, str] | None, value: object) -> str:
    """Find the hint of one choice, by its value."""
    return (hints or {}).get(str(value), "")


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.Form) -> dict[str, Any]:
    """List a form's errors at the top of the page, each a link to its field. Nothing when there are none."""
    return {"form": form}


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    *,
    href: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    id: str = "",  # noqa: A002 - the HTML word
) -> dict[str, Any]:
    """Draw a button, or a link that looks like one. `kind`: "", "secondary", "warning", "quiet"."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value, "form": form, "id": id}


# ---------------------------------------------------------------- finding one's way


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, str]:
    """Draw the way back, above the heading (block `before`)."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> dict[str, Any]:
    """Draw the way here, above the heading (block `before`)."""
    return {"links": links}


@register.inclusion_tag("components/sub_navigation.html")
def sub_navigation(links: Sequence[Link], label: str) -> dict[str, Any]:
    """Draw the parts of a page as a row of links; `label` names the row to screen readers."""
    return {"links": links, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, paging: Paging) -> dict[str, Any]:
    """Draw page links that keep the rest of the query. Nothing when there is one page."""
    query = _query(context)

    def href(number: int) -> str:
        query["page"] = str(number)
        return "?" + query.urlencode()

    slots = [
        {"number": n, "href": href(n) if n else "", "current": n == paging.number} for n in paging.slots()
    ]
    before = href(paging.number - 1) if paging.number > 1 else ""
    after = href(paging.number + 1) if paging.number < paging.pages else ""
    return {"paging": paging, "slots": slots, "previous": before, "next": after}


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(
    context: Context, text: str, key: str, *, first: bool = False, numeric: bool = False
) -> dict[str, Any]:
    """Draw a column heading that sorts by `key`. `first`: the list has this order when none is asked for."""
    query = _query(context)
    asked = str(query.get("sort", ""))
    current = asked.removeprefix("-") == key or (first and not asked)
    descending = current and asked.startswith("-")
    query["sort"] = f"-{key}" if current and not descending else key
    query.pop("page", None)
    return {
        "text": text,
        "href": "?" + query.urlencode(),
        "sorted": ("descending" if descending else "ascending") if current else "none",
        "numeric": numeric,
    }


# ---------------------------------------------------------------- telling


@register.simple_tag
@cache
def status(key: str) -> SafeString:
    """Draw a status by its key in statuses.py, for example {% status "reached" %}. The keys are few: kept."""
    return render_to_string("components/tag.html", {"status": status_of(key)})


@register.inclusion_tag("components/tag.html")
def tag(words: str, tone: str = "calm") -> dict[str, Status]:
    """Draw free words as a tag. `tone`: calm, good, due, over, quiet."""
    return {"status": Status(words, tone)}


@register.inclusion_tag("components/stat.html")
def stat(value: object, text: str, href: str = "", tone: str = "calm") -> dict[str, Any]:
    """Draw a count that links to its list."""
    return {"value": value, "text": text, "href": href, "tone": tone}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[SummaryRow]) -> dict[str, Any]:
    """Draw facts as a list of keys and values."""
    return {"rows": rows}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Sequence[Task]) -> dict[str, Any]:
    """Draw things to do, each with its status."""
    return {"tasks": [(task, status_of(task.status)) for task in tasks]}


@register.inclusion_tag("components/duty_line.html")
def duty_line(line: DutyLine) -> dict[str, Any]:
    """Draw one duty with its one button, inside `<ul class="govuk-list onroll-duties">`."""
    return {"line": line, "status": status_of(line.status)}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Sequence[TimelineItem]) -> dict[str, Any]:
    """Draw what happened, newest first as given."""
    return {"items": items}


@register.inclusion_tag("components/file_preview.html")
def file_preview(preview: Preview) -> dict[str, Any]:
    """Draw the first lines of a file as they will be read."""
    rows = [(row, status_of(row.status) if row.status else None) for row in preview.rows]
    return {"preview": preview, "rows": rows}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, text: str, *, running: bool = True, every: int = 3) -> dict[str, Any]:
    """Draw how far a job is. While `running` the page renews itself every `every` seconds."""
    share = min(100, 100 * done // total) if total else 0
    return {"done": done, "total": total, "share": share, "text": text, "running": running, "every": every}


@register.inclusion_tag("components/as_at.html")
def as_at(moment: object, what: str = "As at") -> dict[str, Any]:
    """Say at which moment (date or datetime) the page was true: "As at Tuesday 8 December 2026"."""
    return {"moment": moment, "what": what}


@register.simple_block_tag
def details(content: str, summary: str, *, open: bool = False) -> SafeString:  # noqa: A002 - the HTML word
    """Fold content away under a summary. Use as a block: {% details "Help" %}...{% enddetails %}."""
    return render_to_string("components/details.html", {"content": content, "summary": summary, "open": open})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Set content apart from the text around it."""
    return render_to_string("components/inset_text.html", {"content": content})


@register.simple_block_tag
def warning_text(content: str) -> SafeString:
    """Warn of a consequence before the reader acts."""
    return render_to_string("components/warning_text.html", {"content": content})


@register.simple_block_tag
def banner(content: str, kind: str = "important") -> SafeString:
    """Tell something about the whole page. `kind`: "important" or "success"."""
    return render_to_string("components/notification_banner.html", {"text": content, "kind": kind})


@register.simple_block_tag
def empty_state(content: str, heading: str) -> SafeString:
    """Fill the place of an empty list: what would be here, and what to do next."""
    return render_to_string("components/empty_state.html", {"content": content, "heading": heading})


@register.simple_block_tag(takes_context=True)
def filter_panel(
    context: Context, content: str, *, active: Sequence[Link] = (), clear: str = "", method: str = "get"
) -> SafeString:
    """Wrap filter fields in a panel that folds on a phone. Each link of `active` takes one filter off.

    `method="post"` where a field takes a name: a name never stands in an address.
    """
    return render_to_string(
        "components/filter_panel.html",
        {
            "content": content,
            "active": active,
            "clear": clear,
            "method": method,
            "csrf_token": context.get("csrf_token", ""),
            "sort": _query(context).get("sort", ""),
        },
    )


def _query(context: Context) -> QueryDict:
    """Copy the query of the page being drawn; empty where there is no request."""
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)
