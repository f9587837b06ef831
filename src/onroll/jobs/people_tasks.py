"""E-mail about people's access. It names no child, and no secret but the link."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from onroll.jobs.registry import Progress, job
from onroll.queries import invitations


@job(invitations.SEND)
def send_invitation(invitation_id: int, progress: Progress) -> None:
    """Write to an invited person, unless the invitation has been used or withdrawn meanwhile."""
    letter = invitations.letter(invitation_id, at=timezone.now())
    if letter is None:
        return
    link = settings.ONROLL_BASE_URL.rstrip("/") + reverse("join:show", args=[letter.token])
    text = render_to_string("join/invitation.txt", {"letter": letter, "link": link})
    EmailMessage(f"Join {letter.school_name} in Onroll", text, to=[letter.to]).send()
