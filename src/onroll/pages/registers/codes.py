"""What do these codes mean here?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.actions.imports.codes import explain_codes
from onroll.domain.permissions import Permission
from onroll.pages.registers.forms import CodesForm
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.imports import codes as codes_seen
from onroll.queries.imports import seen as imports_seen


def show(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Explain a file's unknown codes; the answers are kept for the school and the file is read again."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    row = imports_seen.one(school, import_id)
    unknown = codes_seen.unknown_codes(school, import_id)
    form = CodesForm(request.POST or None, codes=unknown, initial={"version": row.version})
    if unknown and form.is_valid():
        explain_codes(
            request.actor,
            import_id,
            version=form.cleaned_data["version"],
            meanings=form.meanings(),
            at=timezone.now(),
        )
        messages.success(request, "The meaning is kept for this school. The file is being read again.")
        return redirect("registers:show", urn=urn, import_id=import_id)
    context = {
        "school": school,
        "row": row,
        "form": form,
        "unknown": unknown,
        "meanings": codes_seen.meanings(school),
        "may_settle": request.actor.may(Permission.SCHOOL_EDIT, school.id),
    }
    return render(request, "registers/codes.html", context)
