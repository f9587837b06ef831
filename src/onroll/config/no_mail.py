"""What sends e-mail where no server for it is set: nothing, and it says so."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoServer(BaseEmailBackend):
    """Refuses, so that a page says "not sent". Printing instead would call it sent, and put links into logs."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError(
            "No e-mail server is set: see ONROLL_EMAIL_BACKEND in docs/how-to/deploy.md."
        )
