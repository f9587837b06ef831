"""Choose a shipped pack or profile, end one, take back one that has not begun."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.actions.packs import choosing as acting
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.packs.forms import FromForm
from onroll.pages.packs.looking import look_and_use
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import long_date
from onroll.queries import doors
from onroll.queries.packs import shipped, stack_of
from onroll.queries.packs.listing import Stands, on_record
from onroll.queries.packs.shipped import shipped_one


@require_safe
def choose(request: OnrollRequest, urn: int, kind: str) -> HttpResponse:
    """The packs, or the profiles, that come with Onroll."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    stack = stack_of(school.id, timezone.localdate())
    using = {(pack.slug, pack.version) for pack in stack.packs}
    if stack.authority:
        using.add((stack.authority.slug, stack.authority.version))
    context = {
        "school": school,
        "kind": kind,
        "offered": [(one, (one.slug, one.version) in using) for one in shipped() if one.kind == kind],
        "back": reverse("packs:show", args=[urn]),
    }
    return render(request, "packs/choose.html", context)


def look(request: OnrollRequest, urn: int) -> HttpResponse:
    """One that comes with Onroll (?slug=england): how it differs from what applies, and put it in use."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    one = shipped_one(request.GET.get("slug", ""))
    if one is None:
        return redirect("packs:choose-policy", urn)
    return look_and_use(request, school, one.text, reverse(f"packs:choose-{one.kind}", args=[urn]))


def end(request: OnrollRequest, urn: int, slug: str) -> HttpResponse:
    """Let a pack apply no more from a day on."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    on = timezone.localdate()
    pack = stack_of(school.id, on).pack(slug)
    if pack is None:
        raise not_found()
    form = FromForm(request.POST or None, today=on)
    form.fields["from_on"].label = "From which day does it apply no more?"
    if form.is_valid():
        from_on = form.cleaned_data["from_on"]
        acting.stop_using(request.actor, school.id, slug=slug, from_on=from_on, on=on, at=timezone.now())
        messages.success(request, f"“{pack.title}” applies no more from {long_date(from_on)}.")
        return redirect("packs:show", urn)
    context = {"school": school, "pack": pack, "form": form, "back": reverse("packs:show", args=[urn])}
    return render(request, "packs/end.html", context)


def withdraw(request: OnrollRequest, urn: int, row_id: int) -> HttpResponse:
    """Take back what was going to apply."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    on = timezone.localdate()
    row = next((one for one in on_record(school.id, on) if one.id == row_id), None)
    if row is None:
        raise not_found()
    if request.method == "POST":
        acting.withdraw(request.actor, school.id, row_id, on=on, at=timezone.now())
        messages.success(request, "Taken back. What applies now goes on applying.")
        return redirect("packs:show", urn)
    context = {
        "school": school,
        "row": row,
        "begun": row.stands is not Stands.COMING,
        "back": reverse("packs:show", args=[urn]),
    }
    return render(request, "packs/withdraw.html", context)
