"""Invite people, send an invitation again, withdraw it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onroll.actions.people.invite import Sent, resend, withdraw
from onroll.actions.people.invite import invite as send_invitation
from onroll.domain.permissions import Permission
from onroll.pages.people.forms import ROLE_HINTS, InviteForm
from onroll.pages.people.shown import tabs
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors, invitations, staff
from onroll.queries.doors import SchoolSeen


def invited(request: OnrollRequest, urn: int) -> HttpResponse:
    """The invitations that nobody has used yet."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    waiting = invitations.invited(seen.id, at=timezone.now())
    context = {"school": seen, "invitations": waiting, "tabs": tabs(seen, "people:invited")}
    return render(request, "people/invited.html", context)


def invite(request: OnrollRequest, urn: int) -> HttpResponse:
    """Invite somebody; the answer shows the link, this once."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    now = timezone.now()
    form = InviteForm(
        request.POST or None,
        year_groups=staff.year_groups(seen.id),
        problem_of=lambda email: invitations.email_problem(seen.id, email, at=now),
    )
    if form.is_valid():
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        sent = send_invitation(request.actor, seen.id, name=name, email=email, grants=form.grants(), at=now)
        return _sent(request, seen, sent)
    return render(request, "people/invite.html", {"school": seen, "form": form, "role_hints": ROLE_HINTS})


def again(request: OnrollRequest, urn: int, invitation_id: int) -> HttpResponse:
    """Ask once more, then send an invitation again; the answer shows the new link, this once."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    if request.method == "POST":
        return _sent(request, seen, resend(request.actor, seen.id, invitation_id, at=timezone.now()))
    one = invitations.invited_one(seen.id, invitation_id, at=timezone.now())
    return render(request, "people/resend.html", {"school": seen, "invitation": one})


def take_back(request: OnrollRequest, urn: int, invitation_id: int) -> HttpResponse:
    """Ask once more, then withdraw an invitation."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    if request.method == "POST":
        withdraw(request.actor, seen.id, invitation_id, at=timezone.now())
        messages.success(request, "The invitation is withdrawn. Its link no longer works.")
        return redirect("people:invited", urn)
    one = invitations.invited_one(seen.id, invitation_id, at=timezone.now())
    return render(request, "people/withdraw.html", {"school": seen, "invitation": one})


def _sent(request: OnrollRequest, seen: SchoolSeen, sent: Sent) -> HttpResponse:
    # Shown in the answer itself: a redirect would have to keep the link somewhere on the way.
    link = settings.ONROLL_BASE_URL.rstrip("/") + reverse("join:show", args=[sent.token])
    return render(request, "people/sent.html", {"school": seen, "sent": sent, "link": link})
