"""The addresses that the page frame asks for, leading nowhere."""

from django.http import HttpResponse
from django.urls import include, path


def nowhere(request: object) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse()


_about = [path(f"about/{name}", nowhere, name=name) for name in ("help", "privacy", "accessibility")]
urlpatterns = [
    *(
        path(name, nowhere, name=name)
        for name in ("account_change_password", "mfa_index", "usersessions_list", "account_logout")
    ),
    path("", include((_about, "about"))),
]
