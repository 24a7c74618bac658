"""Two people save one text at the same moment, each in their language, from two processes."""

from __future__ import annotations

import multiprocessing
from itertools import pairwise

import pytest
from django.db import connections

from bulletins.models import Bulletin
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

SAVES = 40


def write(pk: int, column: str, start):
    """As a worker process does it: read the text, change one column, save the whole object."""
    connections.close_all()
    start.wait()
    for number in range(1, SAVES + 1):
        bulletin = Bulletin.objects.get(pk=pk)
        setattr(bulletin, column, f"{column} {number}")
        bulletin.save()
    connections.close_all()


def test_no_word_is_lost_and_no_version_steps_back():
    bulletin = factories.live_pair()
    forking = multiprocessing.get_context("fork")
    start = forking.Barrier(2)
    connections.close_all()
    processes = [
        forking.Process(target=write, args=(bulletin.pk, column, start))
        for column in ("title_en", "title_fr")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)

    assert [process.exitcode for process in processes] == [0, 0]
    stored = Bulletin.objects.get()
    assert (stored.title_en, stored.title_fr) == (f"title_en {SAVES}", f"title_fr {SAVES}")
    versions = Bulletin.history.order_by("history_id").values_list("title_en", "title_fr")
    steps = [(number(english), number(french)) for english, french in versions]
    assert len(steps) == 2 * SAVES + 1
    for before, after in pairwise(steps):
        assert sorted((after[0] - before[0], after[1] - before[1])) == [0, 1]


def number(title: str) -> int:
    last = title.rsplit(" ", 1)[-1]
    return int(last) if last.isdigit() else 0
