"""The monthly check: every open case with what is overdue, and the signature for the month."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.oversight.signing import sign_month, withdraw_month
from onroll.domain.duties.months import months_to_sign
from onroll.domain.permissions import Permission
from onroll.pages.oversight.forms import MonthForm, WithdrawForm
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.calendars import calendar_of
from onroll.queries.monitoring import check, checks
from onroll.queries.oversight_lists import case_list


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Look at the cases, write what was found, sign."""
    school = doors.school(request.actor, urn, Permission.MONITOR_SIGN)
    on, at = timezone.localdate(), timezone.now()
    signed = checks(school)
    standing = {one.month for one in signed if one.withdrawn_at is None}
    months = [
        (month.isoformat(), f"{month:%B} {month.year}")
        for month in months_to_sign(calendar_of(school.id), standing, on)
    ]
    form = MonthForm(request.POST or None, months=months, initial={"month": months[0][0] if months else ""})
    if form.is_valid():
        sign_month(request.actor, school.id, on=on, at=at, **form.cleaned_data)
        messages.success(request, "The monthly check is signed.")
        return redirect("oversight:monitor", urn=urn)
    wanted = Paging.of(request.GET.get("page"), 10**6)
    page = case_list(
        request.actor, school, first=wanted.offset, size=wanted.size, on=on, at=at, page="monitor"
    )
    context = {
        "school": school,
        "page": page,
        "paging": Paging.of(request.GET.get("page"), page.total),
        "form": form,
        "months": months,
        "signed": signed,
        "today": on,
    }
    return render(request, "oversight/monitor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: OnrollRequest, urn: int, monitoring_id: int) -> HttpResponse:
    """Take a month's signature back, with the reason."""
    school = doors.school(request.actor, urn, Permission.MONITOR_SIGN)
    one = check(school, monitoring_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_month(
            request.actor,
            school.id,
            monitoring_id,
            on=timezone.localdate(),
            at=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, "Taken back. It stays on record.")
        return redirect("oversight:monitor", urn=urn)
    return render(request, "oversight/withdraw.html", {"school": school, "one": one, "form": form})
