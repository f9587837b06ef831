"""The same through Django's own SMTP backend and a small server that speaks just enough of it."""

import socketserver
import threading
from contextlib import contextmanager

import pytest

from onroll.actions.outbox.sending import message_digest, send_waiting
from onroll.records.outbox.models import Message
from tests.actions.outbox.test_sending import a_message, state
from tests.support.cast import NOW

pytestmark = pytest.mark.django_db


class Speaks(socketserver.StreamRequestHandler):
    """One conversation. `server.rcpt` is the answer to a recipient; `server.hangs_up`: gone once it has the letter."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            match line.split()[0].upper():
                case "DATA":
                    self.say("354 go on")
                    letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.server.letters.append(letter.decode())
                    if self.server.hangs_up:
                        return
                    self.say("250 taken")
                case "RCPT":
                    self.say(self.server.rcpt)
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 fine")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def a_server(settings, *, rcpt="250 fine", hangs_up=False):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaks) as server:
        server.daemon_threads, server.letters, server.rcpt, server.hangs_up = True, [], rcpt, hangs_up
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def test_a_letter_arrives_with_its_own_id(settings):
    message = a_message()
    with a_server(settings) as server:
        assert send_waiting(NOW) == 1
    (letter,) = server.letters
    assert f"Message-ID: <{message_digest('k')}@localhost>" in letter
    assert "Auto-Submitted: auto-generated" in letter
    assert state(message) == "sent"


@pytest.mark.parametrize(("server", "ends"), [
    pytest.param({"rcpt": "550 nobody here"}, "refused", id="no such mailbox"),
    pytest.param({"rcpt": "450 later"}, "waiting", id="later"),
    pytest.param({"hangs_up": True}, "unsure", id="gone once it has the letter"),
])  # fmt: skip
def test_what_the_server_does_decides(settings, server, ends):
    message = a_message()
    with a_server(settings, **server):
        assert send_waiting(NOW) == 0
    assert state(message) == ends


def test_a_server_that_is_gone_costs_a_try(settings):
    message = a_message()
    with a_server(settings):
        pass
    assert send_waiting(NOW) == 0
    assert (state(message), Message.objects.get().tries) == ("waiting", 1)
