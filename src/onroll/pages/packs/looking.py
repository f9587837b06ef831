"""Look at a pack or profile before it is put in use: what it is, how it differs, from which day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onroll.actions.packs.choosing import put_in_use
from onroll.domain.packs import Pack, Profile, read_kept
from onroll.domain.packs.difference import difference
from onroll.domain.packs.stack import Stack
from onroll.pages.packs.forms import UseForm
from onroll.pages.packs.words import grouped, rows_of
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import long_date
from onroll.queries.doors import SchoolSeen
from onroll.queries.packs import stack_of


def look_and_use(request: OnrollRequest, school: SchoolSeen, text: str, back: str) -> HttpResponse:
    """Show a text that is in order beside what applies now; posted, put it in use."""
    on = timezone.localdate()
    found = read_kept(text)
    present = _present(found, stack_of(school.id, on))
    instead = present if isinstance(present, Pack) and present.slug != found.slug else None
    form = UseForm(request.POST or None, today=on, present=instead)
    if form.is_valid():
        from_on = form.cleaned_data["from_on"]
        gives_way = instead is not None and form.cleaned_data["place"] == UseForm.INSTEAD
        put_in_use(
            request.actor,
            school.id,
            text=text,
            kind=_kind(found),
            from_on=from_on,
            instead_of=instead.slug if instead is not None and gives_way else "",
            on=on,
            at=timezone.now(),
        )
        messages.success(
            request, f"“{found.title}”, version {found.version}, applies from {long_date(from_on)}."
        )
        return redirect("packs:show", school.urn)
    changes = difference(present, found) if present else ()
    groups, more = grouped(changes)
    context = {
        "school": school,
        "found": found,
        "kind": _kind(found),
        "rows": rows_of(found),
        "present": present,
        "groups": groups,
        "more": more,
        "form": form,
        "back": back,
        "home": reverse("packs:show", args=[school.urn]),
    }
    return render(request, "packs/look.html", context)


def _kind(found: Pack | Profile) -> str:
    return "authority" if isinstance(found, Profile) else "policy"


def _present(found: Pack | Profile, stack: Stack) -> Pack | Profile | None:
    """What a text is compared with: the pack of its slug, else of its layer; the profile that applies."""
    if isinstance(found, Profile):
        return stack.authority
    of_layer = (pack for pack in stack.packs if pack.layer == found.layer)
    return stack.pack(found.slug) or next(of_layer, None)
