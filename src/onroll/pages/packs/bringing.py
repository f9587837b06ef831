"""Bring in a pack or profile of one's own: checked line by line, looked at, then put in use."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onroll.domain.permissions import Permission
from onroll.pages.packs.forms import BringInForm
from onroll.pages.packs.looking import look_and_use
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors

_BROUGHT = "pack-brought"  # in the session: a text that is in order and waits to be put in use
_SHOWN = 40  # problems on one page


def bring_in(request: OnrollRequest, urn: int) -> HttpResponse:
    """Take a file or a text; show every problem with its line and keep what was typed."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    given = request.POST.copy()
    form = BringInForm(given if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        request.session[_BROUGHT] = {"urn": urn, "text": form.cleaned_data["text"]}
        return redirect("packs:look-brought", urn)
    problems, more = form.problems[:_SHOWN], len(form.problems) - _SHOWN
    given["text"] = form.typed  # what a file held is kept too, to be mended here
    context = {
        "school": school,
        "form": form,
        "problems": problems,
        "more": max(more, 0),
        "back": reverse("packs:show", args=[urn]),
    }
    return render(request, "packs/bring_in.html", context)


def look(request: OnrollRequest, urn: int) -> HttpResponse:
    """What was brought in, beside what applies."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    brought = request.session.get(_BROUGHT, {})
    if brought.get("urn") != urn:
        return redirect("packs:bring-in", urn)
    answer = look_and_use(request, school, brought["text"], reverse("packs:bring-in", args=[urn]))
    if answer.status_code == 302:
        del request.session[_BROUGHT]
    return answer
