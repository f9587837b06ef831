"""Mail servers that do not do what one would like."""

import smtplib
import time

from django.core.mail.backends.base import BaseEmailBackend


class Deaf(BaseEmailBackend):
    """Refuses every e-mail as a server does that is switched off."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


class Unreachable(BaseEmailBackend):
    """No line to the server can be opened."""

    def open(self):
        raise TimeoutError("a name of the server")

    def send_messages(self, email_messages):
        raise AssertionError("nothing is handed over where there is no line")


class Fussy(BaseEmailBackend):
    """Answers with the error that the test put here."""

    answer: Exception = smtplib.SMTPDataError(550, b"no")

    def send_messages(self, email_messages):
        raise self.answer


class Stops(BaseEmailBackend):
    """Takes the message, says so on standard output, and never answers: for a sender that is to be killed."""

    def send_messages(self, email_messages):
        print("here", flush=True)
        time.sleep(600)
