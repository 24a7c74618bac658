"""An autosave lands while somebody publishes the same side, from two processes."""

from __future__ import annotations

import multiprocessing

import pytest
from django.db import connections

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import BODY, person, posted, rows, save, side
from translations import acts
from translations.desk import drafts

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = 30


def write(pk: int, who, start):
    """As a browser does it: it goes on from what it was told last."""
    connections.close_all()
    document = Bulletin.objects.get(pk=pk)
    start.wait()
    row = rows(document)[0]
    was = row.row.mark
    for number in range(1, TURNS + 1):
        sent = posted(row, f"<p>Un, {number}.</p>")
        received = save(document, who, type(sent)(**{**vars(sent), "was": was})).rows[row.key]
        assert not received.conflict
        was = received.was
    connections.close_all()


def publish(pk: int, who, start):
    connections.close_all()
    start.wait()
    for _turn in range(TURNS):
        try:
            acts.publish_side(Bulletin, pk, "fr", person=who, anyway=True)
        except acts.ValidationError:
            continue  # nothing was written since
    connections.close_all()


def test_no_autosave_is_lost_in_a_publication():
    document = factories.live_pair(**BODY)
    people = person("amina", "translate_fr"), person("esther", "publish_fr")
    forking = multiprocessing.get_context("fork")
    start = forking.Barrier(2)
    connections.close_all()
    processes = [
        forking.Process(target=work, args=(document.pk, who, start))
        for work, who in zip((write, publish), people, strict=True)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)

    assert [process.exitcode for process in processes] == [0, 0]
    document.refresh_from_db()
    draft = side(document).draft
    last = drafts.texts(draft)[":body"] if draft else document.body_fr
    assert last == f"<p>Un, {TURNS}.</p><p>Deux : la nuit.</p>"
    assert Bulletin.objects.get().body_en == BODY["body_en"]
