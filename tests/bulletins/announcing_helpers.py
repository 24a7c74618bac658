"""Mailing lists, bulletins that go to them, and a mail server that does as it is told."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core import mail
from django.utils import timezone

from bulletins.announcing.models import Announcement, MailingList
from tests import factories

SITE = "https://tract.example.org"


def lists(*codes: str) -> dict[str, str]:
    """A list in use for each language."""
    for code in codes or ("en", "fr"):
        address = f"news-{code}@lists.example.org"
        MailingList.objects.get_or_create(language=code, defaults={"address": address})
    return dict(MailingList.objects.values_list("language", "address"))


def announced(**fields):
    """A live bulletin with both sides whose box is ticked."""
    hour_ago = timezone.now() - timedelta(hours=1)
    given = {"announce": True, "published_at": hour_ago, **factories.EN, **factories.FR}
    return factories.draft(**{**given, **fields})


def states(bulletin=None) -> dict[str, tuple[str, str]]:
    """Language → (state, why) of the rows of the log."""
    rows = Announcement.objects.filter(bulletin=bulletin) if bulletin else Announcement.objects
    return {
        language: (state, why)
        for language, state, why in rows.values_list("language", "state", "error")
    }


def sent() -> list[str]:
    """To whom mails went, in their order."""
    return [to for message in mail.outbox for to in message.to]


class Clock:
    """The time, which a test moves."""

    def __init__(self, monkeypatch):
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def move(self, by) -> datetime:
        self.now += by
        return self.now


# A mail server -----------------------------------------------------------------------------------


class Server(socketserver.ThreadingTCPServer):
    """Takes every mail, but for what `replies` says: command → reply, or None to hang up."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.port = self.server_address[1]
        self.replies: dict[str, bytes | None] = {}
        self.mails: list[bytes] = []


class Conversation(socketserver.StreamRequestHandler):
    """RFC 5321 as far as a client needs it."""

    USUAL = {"DATA": b"354 Go on", "QUIT": b"221 Bye"}

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command = line[:4].decode().upper().strip()
            if not self._answer(command):
                return
            if command == "DATA" and "DATA" not in self.server.replies:
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                # "." is the end of the text, after which the server has the mail.
                self.server.mails.append(text)
                if not self._answer("."):
                    return

    def _answer(self, command: str) -> bool:
        reply = self.server.replies.get(command, self.USUAL.get(command, b"250 fine"))
        if reply is not None:
            self.wfile.write(reply + b"\r\n")
        return reply is not None and command != "QUIT"


@contextmanager
def mail_server(settings):
    """A server on this machine, to which the site sends its mails."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
