"""Putting a duty off, seeing what is put off, and taking it up again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.actions.duties.putting_off import put_off, take_up
from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.pages.today.forms import PutOffForm
from onroll.pages.today.lines import line, may_put_off
from onroll.pages.wording import long_date
from onroll.queries import doors
from onroll.queries import put_off as reading


@require_safe
def listed(request: OnrollRequest, urn: int) -> HttpResponse:
    """Everything within the reader's reach that is put off, with who said so, until when and why."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    wanted, on = Paging.of(request.GET.get("page"), 10**6), timezone.localdate()
    rows, number = reading.put_off(
        request.actor, school, first=wanted.offset, size=wanted.size, on=on, at=timezone.now()
    )
    context = {
        "school": school,
        "rows": [
            (
                one,
                line(request.actor, school, one.to_do, on, put_off=True),
                may_put_off(request.actor, school, one.to_do),
            )
            for one in rows
        ],
        "paging": Paging.of(request.GET.get("page"), number),
    }
    return render(request, "today/put_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: OnrollRequest, urn: int, finding_id: int) -> HttpResponse:
    """Put one duty off until a day, with the reason."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    on = timezone.localdate()
    to_do = reading.to_put_off(request.actor, school, finding_id, on=on, at=timezone.now())
    form = PutOffForm(request.POST or None, on=on)
    if form.is_valid():
        put_off(request.actor, school.id, finding_id, on=on, at=timezone.now(), **form.cleaned_data)
        until = long_date(form.cleaned_data["until_on"])
        messages.success(request, f"Put off until {until}. The Deputy Headteacher sees it on Oversight.")
        return redirect("today:show", urn=urn)
    context = {"school": school, "form": form, "line": line(request.actor, school, to_do, on, put_off=True)}
    return render(request, "today/put_off_one.html", context)


@require_POST
def back(request: OnrollRequest, urn: int, snooze_id: int) -> HttpResponse:
    """Show it again from now on."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    take_up(request.actor, school.id, snooze_id, on=timezone.localdate(), at=timezone.now())
    messages.success(request, "It is on Today again.")
    return redirect("today:put_off", urn=urn)
