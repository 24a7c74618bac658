"""What a process knows of the memory follows what others write."""

from __future__ import annotations

import multiprocessing

import pytest
from django.db import connections, transaction

from tests import factories
from tests.translations.memory_helpers import CUISINE, KITCHEN, found, learned, one
from translations import memory_index
from translations.memory import forget, learn

pytestmark = pytest.mark.django_db


def test_what_was_rolled_back_leaves_no_trace():
    """SQLite gives the numbers of rows that were rolled back to the next ones."""
    document = factories.live_pair()
    with transaction.atomic():
        learn(document, "fr", [one(KITCHEN, "jamais")])
        assert found(KITCHEN) == [(100, "jamais")]
        transaction.set_rollback(True)

    assert found(KITCHEN) == []
    learn(document, "fr", [one("Bring warm clothes.", "toujours")])
    assert found(KITCHEN) == []
    assert found("Bring warm clothes.") == [(100, "toujours")]


def test_one_text_in_and_one_out_is_noticed():
    """Neither their number nor the newest would tell."""
    first = learned()
    learned(("Bring warm clothes.", "vêtements"))
    assert found(KITCHEN) != []

    forget(first)
    learned(("Doors open at nine.", "portes"))

    assert found(KITCHEN) == []
    assert found("Bring warm clothes.") == [(100, "vêtements")]
    assert found("Doors open at nine.") == [(100, "portes")]


def test_after_one_publication_only_its_texts_are_read(monkeypatch):
    for number in range(30):
        learned((f"{KITCHEN} {number}", f"{CUISINE} {number}"))
    found(KITCHEN)
    prepared = []
    comparable = memory_index.comparable
    monkeypatch.setattr(
        memory_index, "comparable", lambda text: prepared.append(text) or comparable(text)
    )

    learned(("Bring warm clothes.", "vêtements"))
    found(KITCHEN)
    found(KITCHEN)

    assert prepared == ["Bring warm clothes."]


def test_what_is_known_is_changed_little_by_little():
    documents = [learned((KITCHEN, "La même"), (f"Door {n}", f"Porte {n}")) for n in range(40)]
    assert found("Door 7", limit=1) == [(100, "Porte 7")]

    forget(documents[7])
    learn(documents[8], "fr", [one("Door 8", "Portail 8"), one("Stairs", "Escalier")])
    learn(documents[9], "fr", [one(KITCHEN, "La nouvelle"), one("Door 9", "Porte 9")])

    assert found("Door 7", limit=1)[0][0] == 92  # another door
    assert found("Door 8", limit=1) == [(100, "Portail 8")]
    assert found("Stairs") == [(100, "Escalier")]
    assert found(KITCHEN) == [(100, "La nouvelle"), (100, "La même")]


def test_more_entries_than_one_query_takes_are_read(monkeypatch):
    monkeypatch.setattr(memory_index, "_AT_ONCE", 2)
    for number in range(5):
        learned((f"{number} {KITCHEN}", f"{CUISINE} {number}"))

    assert len(found(KITCHEN, limit=9)) == 5


def test_the_newest_are_kept_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(memory_index, "MOST_IN_ONE", 2)
    for number in range(3):
        learned((f"{KITCHEN} {number}", f"{CUISINE} {number}"))

    assert [html[-1] for _likeness, html in found(f"{KITCHEN} 0", limit=9)] == ["2", "1"]


def test_directions_that_nobody_asks_for_are_let_go(monkeypatch):
    monkeypatch.setattr(memory_index, "_all", type(memory_index._all)())
    monkeypatch.setattr(memory_index, "MOST_IN_ALL", 1)
    learned()

    found(KITCHEN, "en", "fr")
    found(CUISINE, "fr", "en")

    assert list(memory_index._all) == [("fr", "en")]
    assert found(KITCHEN, "en", "fr") == [(100, CUISINE)]


def ask(questions, answers):
    """A second process: it keeps what it knows from one question to the next."""
    connections.close_all()
    while text := questions.get():
        answers.put(found(text))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_another_process_knows_at_once():
    document = learned()
    assert found(KITCHEN) == [(100, CUISINE)]
    connections.close_all()
    forking = multiprocessing.get_context("fork")
    questions, answers = forking.Queue(), forking.Queue()
    process = forking.Process(target=ask, args=(questions, answers))
    process.start()

    def asked(text):
        questions.put(text)
        return answers.get(timeout=30)

    try:
        assert asked(KITCHEN) == [(100, CUISINE)]
        learn(document, "fr", [one(KITCHEN, "corrigée")])
        assert asked(KITCHEN) == [(100, "corrigée")]
        with transaction.atomic():
            learned(("Bring warm clothes.", "vêtements"))
            assert asked("Bring warm clothes.") == []
        assert asked("Bring warm clothes.") == [(100, "vêtements")]
        forget(document)
        assert asked(KITCHEN) == []
    finally:
        questions.put("")
        process.join(timeout=30)
    assert process.exitcode == 0
