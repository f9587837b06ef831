"""The living policy: read it, see who is behind a count, say that one has read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.actions.policy.reading import read_policy
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.duty_lines import STATUS_KEYS, when
from onroll.pages.paging import Paging
from onroll.pages.policy.marks import Reading, late, parts
from onroll.pages.policy.words import summary
from onroll.pages.policy_parts import policy_parts
from onroll.pages.requests import OnrollRequest
from onroll.pages.statuses import status_of
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.packs import stack_of
from onroll.queries.policy.behind import PAGE
from onroll.queries.policy.behind import behind as behind_page
from onroll.queries.policy.document import document, kept
from onroll.queries.policy.kept import register
from onroll.queries.policy.reading import has_read

# Who does a duty of the school where it is not whoever keeps the register.
_DOERS = {"monitored": Permission.MONITOR_SIGN}


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The school's own policy."""
    school = doors.school(request.actor, urn, Permission.POLICY_SEE)
    return _page(request, school, None)


@require_safe
def layer(request: OnrollRequest, urn: int, pack: str) -> HttpResponse:
    """Another pack of the school: the national layer."""
    school = doors.school(request.actor, urn, Permission.POLICY_SEE)
    return _page(request, school, pack)


@require_POST
def read(request: OnrollRequest, urn: int) -> HttpResponse:
    """Keep that the reader has read the version in force."""
    school = doors.school(request.actor, urn, Permission.POLICY_SEE)
    current = register(school.id).current
    if current is None:
        raise not_found()
    read_policy(request.actor, school.id, current.id, on=timezone.localdate(), at=timezone.now())
    messages.success(request, f"Thank you. It is on record that you have read version {current.version}.")
    return redirect("policy:show", urn=urn)


@require_safe
def behind(request: OnrollRequest, urn: int, pack: str, duty: str, status: str) -> HttpResponse:
    """The children behind one count."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    on = timezone.localdate()
    stack = stack_of(school.id, on)
    asked = stack.duty(pack, duty)
    if asked is None or status not in {one.value for one in Status}:
        raise not_found()
    wanted = Status(status)
    number = Paging.of(request.GET.get("page"), 10**6)
    page = behind_page(
        request.actor, school, pack, duty, wanted, first=(number.number - 1) * PAGE, on=on, at=timezone.now()
    )
    context = {
        "school": school,
        "duty": asked,
        "holder": asked.holder_title or stack.role(asked.holder),
        "status": status_of(STATUS_KEYS[wanted]),
        "rows": [(row, when(wanted, row.due_on, on)) for row in page.rows],
        "paging": Paging.of(request.GET.get("page"), page.total),
        "back": f"{_address(stack.packs[0].slug, pack, urn)}#p-{asked.paragraph}",
    }
    return render(request, "policy/behind.html", context)


def _page(request: OnrollRequest, school: SchoolSeen, slug: str | None) -> HttpResponse:
    on = timezone.localdate()
    seen = document(request.actor, school, slug, on)
    if seen is None and slug is not None:
        raise not_found()
    held = register(school.id)
    may_edit = request.actor.may(Permission.POLICY_EDIT, school.id)
    context = {"school": school, "on": on, "register": held, "may_edit": may_edit}
    if seen is None:
        may_choose = request.actor.may(Permission.PACKS_EDIT, school.id)
        return render(request, "policy/none.html", {**context, "may_choose": may_choose})

    def may_do(duty: str) -> bool:
        return request.actor.may(_DOERS.get(duty, Permission.POLICY_EDIT), school.id)

    reading = Reading(school.urn, on, request.actor.may(Permission.CASE_SEE, school.id), may_do)
    sections = parts(seen, reading)
    context |= {
        "document": seen,
        "sections": sections,
        "late": late(sections),
        "summary": summary(kept(seen.duties)),
        "sees_children": reading.sees_children,
        "is_own": seen.pack.layer == "school",
        "parts": policy_parts(school.urn, seen.packs, seen.pack.slug),
        "titles": {pack.slug: pack.title for pack in seen.packs},
        "read_on": has_read(request.actor, held.current.id) if held.current else None,
        "next_due_on": held.next_due_on or seen.pack.next_due_on,
    }
    return render(request, "policy/show.html", context)


def _address(own: str, pack: str, urn: int) -> str:
    return reverse("policy:show", args=[urn]) if pack == own else reverse("policy:layer", args=[urn, pack])
