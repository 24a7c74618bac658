"""Autosaves as a page of the desk sends them, and where their words are afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from http.client import HTTPException
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.db import transaction
from django.test import Client

from bulletins.models import Bulletin
from tests.translations.desk.desk_helpers import posted, rows
from tests.translations.racing import PATIENCE
from translations.desk import drafts
from translations.locking import locked_side


def at(document, view: str) -> str:
    return f"/desk/bulletins.bulletin-{document.pk}/fr/{view}/"


def client_of(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


class Browser:
    """A page of the desk that was opened once: it goes on from what it was told last.

    `send` takes what a page posts as JSON, and gives the answer.
    """

    def __init__(self, document, send: Callable[[dict], dict]):
        self.send = send
        self.known = [posted(row, "") for row in rows(document)]

    def save(self, place: int, text: str):
        """An autosave of one row. It is never told of another's text: nobody else writes in it."""
        sent = replace(self.known[place], text=text)
        received = self.send({"saw": "", "rows": [asdict(sent)]})["rows"][sent.key]
        assert "conflict" not in received, received
        assert received["others"] == []
        self.known[place] = replace(sent, key=received["key"], was=received["was"])


def by_client(document, who) -> Callable[[dict], dict]:
    """Through every layer of the site, in this process."""
    client, address = client_of(who), at(document, "save")

    def send(body: dict) -> dict:
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return send


def by_wire(url: str, document, who) -> Callable[[dict], dict]:
    """To a server, as a browser does. Raises OSError or HTTPException where it is gone."""
    session = client_of(who).cookies["sessionid"].value
    token = "t" * 32
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
    }

    def send(body: dict) -> dict:
        request = Request(url + at(document, "save"), json.dumps(body).encode(), headers)
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    return send


class Writer(Thread):
    """Somebody who writes in one row of the desk, on and on, until the server is gone."""

    def __init__(self, browser: Browser, place: int, begin: int):
        super().__init__(daemon=True)
        self.browser, self.place, self.begin = browser, place, begin
        self.sent = self.saved = begin
        self.end = None

    def run(self):
        try:
            while True:
                self.sent += 1
                self.browser.save(self.place, f"<p>Mot {self.sent}.</p>")
                self.saved = self.sent
        except (OSError, HTTPException) as end:
            self.end = end

    @property
    def was_cut_off(self) -> bool:
        """Whether it ended because nobody answered, not because of an answer."""
        return self.end is not None and not isinstance(self.end, HTTPError)


# Where the words are ----------------------------------------------------------------------------


def standing(document) -> str:
    """Where the words of the French body are: in the draft, or else in the public column."""
    with transaction.atomic():
        found = locked_side(document, "fr")
        if found.draft:
            return drafts.texts(found.draft)[":body"]
        return public(document)


def public(document) -> str:
    return Bulletin.objects.get(pk=document.pk).body_fr
