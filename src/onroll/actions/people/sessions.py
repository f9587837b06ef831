"""End somebody's sessions on every machine."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def end_sessions(user_id: int) -> None:
    """End them all. Inner function: call it inside a change."""
    theirs = UserSession.objects.filter(user_id=user_id)
    Session.objects.filter(session_key__in=list(theirs.values_list("session_key", flat=True))).delete()
    theirs.delete()
