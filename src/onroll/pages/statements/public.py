"""Where the link of a statement leads: that one statement, for one person, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.responsibility.by_link import acknowledge_by_link, open_by_link
from onroll.domain.casework.links import LinkState
from onroll.pages.slowing import too_often
from onroll.pages.statements.forms import AnswerForm
from onroll.queries import statement_link

GONE = 410
AT_MOST = 60  # requests from one network address in ten minutes; a school's own may hold many families


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the statement, and take the answer. No search engine, cache or next page learns of the address."""
    answer = _answer(request, token)
    answer["Cache-Control"] = "no-store, private"
    # The site alone is told, never the address. With "no-referrer" a browser would send the form as from nowhere,
    # and the check of where a form comes from would refuse it.
    answer["Referrer-Policy"] = "strict-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if too_often(request, "statement", at_most=AT_MOST):
        return render(request, "429.html", status=429)
    at = timezone.now()
    shown = statement_link.opened(token, at=at)
    if shown.state is not LinkState.OPEN:
        return render(request, "statement/gone.html", {"shown": shown}, status=GONE)
    if request.user.is_authenticated:  # staff must not answer for a parent, nor count as their opening
        return render(request, "statement/staff.html", {"shown": shown})
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acknowledge_by_link(token, message=form.cleaned_data["message"], on=timezone.localdate(), at=at)
        return redirect("statement:show", token)
    if request.method == "GET" and not shown.opened_before:
        open_by_link(token, at=at)
    return render(request, "statement/show.html", {"shown": shown, "form": form})
