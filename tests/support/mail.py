"""A mail server that does not answer."""

from django.core.mail.backends.base import BaseEmailBackend


class Deaf(BaseEmailBackend):
    """Refuses every e-mail as a server does that is switched off."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError
