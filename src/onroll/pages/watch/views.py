"""Watch: the list that says who is heading for the threshold."""

import csv
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.actions.watch import put_back_on_watch, take_off_watch
from onroll.domain.permissions import Permission
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.pages.watch.forms import NotACaseForm, WatchFilters, asked
from onroll.pages.watch.lines import lines
from onroll.pages.wording import day_number
from onroll.queries import doors, pupil_year, watch

TEXT = "watch-text"  # where the session keeps the name that was typed: it never stands in an address


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The list, narrowed as asked, a page at a time."""
    school = doors.school(request.actor, urn, Permission.WATCH_SEE)
    if request.method == "POST":
        return _narrow(request)
    wanted = asked(request.GET, request.session.get(TEXT, ""))
    paging_asked = Paging.of(request.GET.get("page"), 10**6)
    page = watch.watch(
        request.actor,
        school,
        wanted,
        first=paging_asked.offset,
        on=timezone.localdate(),
        at=timezone.now(),
    )
    context = {
        "school": school,
        "page": page,
        "lines": lines(page.rows, urn, may_open=request.actor.may(Permission.CASE_OPEN, school.id)),
        "days_on": f"{day_number(page.threshold)} days on",
        "paging": Paging.of(request.GET.get("page"), page.total),
        "filters": WatchFilters(
            {**request.GET.dict(), "q": wanted.text}, years=page.year_groups, tutors=page.tutor_groups
        ),
        "narrowed": wanted != watch.Asked(),
        "query": request.GET.urlencode(),
        "may_import": request.actor.may(Permission.REGISTER_IMPORT, school.id),
        "may_judge": request.actor.may(Permission.WATCH_JUDGE, school.id),
    }
    return render(request, "watch/show.html", context)


def _narrow(request: OnrollRequest) -> HttpResponse:
    """Keep the text, and go to the address of the groups that were chosen."""
    query = {name: request.POST[name] for name in ("year", "tutor", "only") if request.POST.get(name)}
    if text := request.POST.get("q", "").strip()[:80]:
        request.session[TEXT] = text
        query["found"] = "1"
    return redirect(f"{request.path}?{urlencode(query)}")


@require_safe
def file(request: OnrollRequest, urn: int) -> HttpResponse:
    """The same list as a CSV file."""
    school = doors.school(request.actor, urn, Permission.WATCH_SEE)
    wanted = asked(request.GET, request.session.get(TEXT, ""))
    rows = watch.watch_export(request.actor, school, wanted, at=timezone.now())
    response = csv_file(f"watch-{school.urn}-{timezone.localdate().isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(_HEADINGS)
    for row in rows:
        counters = [
            value
            for one in (row.statutory, row.health)
            for value in (one.days, one.spell_days, one.spell_since, one.reached_on, one.forecast_on)
        ]
        writer.writerow(safe_row([row.name, row.year_group, row.tutor_group, *counters]))
    return response


_HEADINGS = (
    "Name", "Year", "Tutor group",
    *(f"{which}: {what}" for which in ("Sickness count", "Health count")
      for what in ("days this year", "days running", "running since", "reached on", "forecast")),
)  # fmt: skip


@require_safe
def quiet(request: OnrollRequest, urn: int) -> HttpResponse:
    """Pupils off the list, with who said so and why."""
    school = doors.school(request.actor, urn, Permission.WATCH_SEE)
    rows = watch.quiet_rows(request.actor, school, at=timezone.now())
    may_judge = request.actor.may(Permission.WATCH_JUDGE, school.id)
    return render(request, "watch/quiet.html", {"school": school, "rows": rows, "may_judge": may_judge})


def not_a_case(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """Say that a pupil's absence is no health case."""
    school = doors.school(request.actor, urn, Permission.WATCH_JUDGE)
    form = NotACaseForm(request.POST or None)
    if form.is_valid():
        take_off_watch(request.actor, school.id, pupil_id, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Taken off Watch until the count moves by two days.")
        return redirect("watch:show", urn=urn)
    who = pupil_year.named(
        request.actor, school, pupil_id, Permission.WATCH_JUDGE, page="not-a-case", at=timezone.now()
    )
    return render(request, "watch/not_a_case.html", {"school": school, "pupil": who, "form": form})


@require_POST
def back_on(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """Undo: show the pupil on Watch again."""
    school = doors.school(request.actor, urn, Permission.WATCH_JUDGE)
    put_back_on_watch(request.actor, school.id, pupil_id, at=timezone.now())
    messages.success(request, "Back on Watch.")
    return redirect("watch:show", urn=urn)
