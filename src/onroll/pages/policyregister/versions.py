"""Begin a version, enter an earlier one, take it a step on, take something back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.actions.policy import steps as step_actions
from onroll.actions.policy.versions import Begun, Past, begin_version, enter_past_version, withdraw_version
from onroll.domain.permissions import Permission
from onroll.domain.policy import Need, Step, next_stage
from onroll.domain.vocabulary import not_found
from onroll.pages.policyregister.forms import BeginForm, EarlierForm, ReasonForm
from onroll.pages.policyregister.room import ASKS, next_steps, school_of, today, version_of
from onroll.pages.policyregister.steps import STEP_FORMS
from onroll.pages.requests import OnrollRequest
from onroll.queries.doors import SchoolSeen
from onroll.queries.policy.standing import readers
from onroll.queries.policy.texts import TextHeld, TextKey, texts

_NO_TEXT = "none"


@require_http_methods(ASKS)
def begin(request: OnrollRequest, urn: int) -> HttpResponse:
    """Begin the next version."""
    school = school_of(request, urn)
    held = texts(school.id)
    form = BeginForm(request.POST or None, on=today(), texts=_choices(held), initial=_first(held))
    if form.is_valid():
        begun = Begun(
            version=form.cleaned_data["version"],
            amendment=form.cleaned_data["amendment"],
            text=_text(form.cleaned_data["text"]),
        )
        version_id = begin_version(request.actor, school.id, begun, on=today(), at=timezone.now())
        messages.success(request, f"Version {begun.version} is begun, as a draft.")
        return redirect("policyregister:version", urn, version_id)
    return render(request, "policyregister/begin.html", {"school": school, "form": form, "texts": held})


@require_http_methods(ASKS)
def earlier(request: OnrollRequest, urn: int) -> HttpResponse:
    """Enter a version that was approved before."""
    school = school_of(request, urn)
    held = texts(school.id)
    choices = [
        *_choices(held),
        (_NO_TEXT, "Its words are not in Onroll; it goes into the amendment record alone"),
    ]
    form = EarlierForm(request.POST or None, on=today(), texts=choices, initial=_as_the_text_says(held))
    if form.is_valid():
        given = form.cleaned_data
        begun = Begun(version=given["version"], amendment=given["amendment"], text=_text(given["text"]))
        past = Past(
            approved_on=given["approved_on"],
            minute=given["minute"],
            next_due_on=given["next_due_on"],
            published_on=given["published_on"],
        )
        enter_past_version(request.actor, school.id, begun, past, on=today(), at=timezone.now())
        messages.success(request, f"Version {begun.version} is in the register.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/earlier.html", {"school": school, "form": form})


@require_safe
def version(request: OnrollRequest, urn: int, version_id: int) -> HttpResponse:
    """One version: where it stands, every step, and what comes next."""
    school = school_of(request, urn, Permission.POLICY_SEE)
    held, seen = version_of(school, version_id)
    last = seen.standing[-1].id if seen.standing else None
    may_edit = request.actor.may(Permission.POLICY_EDIT, school.id)
    people = readers(school.id, seen.id) if seen.published_on else ()
    context = {
        "school": school,
        "version": seen,
        "current": held.current,
        "last": last,
        "may_edit": may_edit,
        "next_steps": [(step, STEP_FORMS[step].button) for step in next_steps(seen)] if may_edit else [],
        "read": sum(one.on is not None for one in people),
        "people": len(people),
    }
    return render(request, "policyregister/version.html", context)


@require_http_methods(ASKS)
def step(request: OnrollRequest, urn: int, version_id: int, step: str) -> HttpResponse:
    """Take a version one step on."""
    school = school_of(request, urn)
    _, seen = version_of(school, version_id)
    if step not in {one.value for one in Step}:
        raise not_found()
    taken = Step(step)
    next_stage(seen.stage, taken, frozenset(Need))  # refused before anybody fills it in
    way = STEP_FORMS[taken]
    form = way.form(request.POST or None, on=today(), initial={way.day: today()})
    if form.is_valid():
        way.act(request.actor, school.id, seen.id, on=today(), at=timezone.now(), **form.cleaned_data)
        messages.success(request, way.done)
        return redirect("policyregister:version", urn, seen.id)
    context = {"school": school, "version": seen, "form": form, "way": way}
    return render(request, "policyregister/step.html", context)


@require_http_methods(ASKS)
def withdraw(request: OnrollRequest, urn: int, version_id: int) -> HttpResponse:
    """Take a version back."""
    school = school_of(request, urn)
    _, seen = version_of(school, version_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        withdraw_version(
            request.actor, school.id, seen.id, on=today(), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, f"Version {seen.version} is withdrawn.")
        return redirect("policyregister:show", urn)
    return _taking_back(request, school, f"Withdraw version {seen.version}", form, seen.id)


@require_http_methods(ASKS)
def withdraw_step(request: OnrollRequest, urn: int, version_id: int, step_id: int) -> HttpResponse:
    """Take the last step of a version back."""
    school = school_of(request, urn)
    _, seen = version_of(school, version_id)
    wrong = next((one for one in seen.standing if one.id == step_id), None)
    if wrong is None:
        raise not_found()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        step_actions.withdraw_step(
            request.actor, school.id, seen.id, step_id, on=today(), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, f"“{wrong.step.words}” is withdrawn.")
        return redirect("policyregister:version", urn, seen.id)
    return _taking_back(request, school, f"Withdraw “{wrong.step.words}”", form, seen.id)


def _taking_back(
    request: OnrollRequest, school: SchoolSeen, title: str, form: ReasonForm, version_id: int
) -> HttpResponse:
    back = reverse("policyregister:version", args=[school.urn, version_id])
    context = {"school": school, "title": title, "form": form, "back": back}
    return render(request, "policyregister/withdraw.html", context)


def _choices(held: tuple[TextHeld, ...]) -> list[tuple[str, str]]:
    return [(one.key.value, f"{one.title}, version {one.key.version}") for one in held]


def _first(held: tuple[TextHeld, ...]) -> dict[str, str]:
    return {"text": held[0].key.value} if held else {}


def _as_the_text_says(held: tuple[TextHeld, ...]) -> dict[str, object]:
    """What the newest text says of itself, to be confirmed."""
    if not held:
        return {"text": _NO_TEXT}
    one = held[0]
    return {
        "text": one.key.value,
        "version": one.key.version,
        "approved_on": one.approved_on,
        "next_due_on": one.next_due_on,
    }


def _text(value: str) -> TextKey | None:
    slug, _, version = value.partition("|")
    return TextKey.of(slug, version)
