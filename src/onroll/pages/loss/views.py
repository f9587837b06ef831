"""Record that a pupil has died, in two steps; or take the record back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.deaths import record_death, take_back_death
from onroll.domain.permissions import Permission
from onroll.pages.loss.forms import DeathForm, TakeBackForm
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.deaths import loss_page


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """The day; then, once more, whether it is so. Where it is recorded already, who did and the way back."""
    school, at = doors.school(request.actor, urn, Permission.DEATH_RECORD), timezone.now()
    on = timezone.localdate(at)
    page = loss_page(request.actor, school, pupil_id, at=at)
    if page.death is not None:
        back = TakeBackForm(request.POST or None)
        if back.is_valid():
            because = back.cleaned_data["because"]
            take_back_death(request.actor, school.id, pupil_id, page.death.id, because=because, on=on, at=at)
            messages.success(request, "The record is taken back. Duties apply again.")
            return redirect("pupils:show", urn, pupil_id)
        return render(request, "loss/recorded.html", {"school": school, "page": page, "form": back})
    form = DeathForm(request.POST or None, today=on, born_on=page.born_on)
    asked_twice = request.POST.get("step") == "sure"
    if form.is_valid() and asked_twice:
        record_death(request.actor, school.id, pupil_id, died_on=form.cleaned_data["died_on"], on=on, at=at)
        return redirect("pupils:show", urn, pupil_id)
    context = {"school": school, "page": page, "form": form, "sure": form.is_bound and form.is_valid()}
    return render(request, "loss/record.html", context)
