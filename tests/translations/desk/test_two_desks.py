"""An autosave lands while somebody publishes the same side, or while its process is killed."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import count

import pytest
from django.db import transaction

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import BODY, person, posted, rows, save
from tests.translations.racing import (
    PATIENCE,
    ROUNDS,
    assert_sides_are_known_as_they_are,
    forked,
    number_in,
    race,
)
from translations import acts
from translations.desk import drafts

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 12


@pytest.fixture
def document():
    return factories.live_pair(**BODY)


class Browser:
    """A page of the desk that was opened once: it goes on from what it was told last."""

    def __init__(self, document, who):
        self.document, self.who = document, who
        self.known = [posted(row, "") for row in rows(document)]

    def save(self, place: int, text: str):
        """An autosave of one row. It is never told of another's text: nobody else writes."""
        sent = replace(self.known[place], text=text)
        received = save(self.document, self.who, sent).rows[sent.key]
        assert not received.conflict
        self.known[place] = replace(sent, key=received.key, was=received.was)


def standing(document) -> str:
    """Where the words of the French body are: in the draft, or else in the public column."""
    with transaction.atomic():
        found = drafts.locked(document, "fr")
        if found.draft:
            return drafts.texts(found.draft)[":body"]
        return Bulletin.objects.get(pk=document.pk).body_fr


def publish(document, who):
    acts.publish_side(Bulletin, document.pk, "fr", person=who)


def test_no_autosave_is_lost_in_a_publication(document, record_property):
    browser = Browser(document, person("amina", "translate_fr"))
    esther = person("esther", "publish_fr")
    written = ["<p>Un : la frontière.</p>", "<p>Deux : la nuit.</p>"]

    def write(place: int, text: str):
        browser.save(place, text)
        written[place] = text
        # At once, and wherever the publication is: under way, over, or still to come.
        assert standing(document) == "".join(written)

    def autosaving(number: int):
        # Something to publish. The next words land meanwhile, in the same row or in another.
        write(0, f"<p>Un, {number}.</p>")

        def autosave():
            write(number % 2, f"<p>Et encore, {number}.</p>")

        return autosave

    def publishing(number: int):
        def act():
            # Not “anyway”: that somebody goes on writing is no reason to refuse.
            publish(document, esther)
            column = Bulletin.objects.get(pk=document.pk).body_fr
            return "with" if f"Et encore, {number}." in column else "without"

        return act

    _told, came = race(autosaving, publishing, note=record_property)

    assert {*came} == {"with", "without"}, "the autosaves all landed on one side of it"
    record_property("published_with_the_autosave", came.count("with"))
    last = f"<p>Et encore, {ROUNDS}.</p><p>Et encore, {ROUNDS - 1}.</p>"
    assert standing(document) == last
    published = Bulletin.history.order_by("history_id").values_list("body_en", "body_fr")
    assert {english for english, _french in published} == {BODY["body_en"]}
    assert len({french for _english, french in published}) == len(published) == ROUNDS + 1
    assert_sides_are_known_as_they_are()


def test_a_process_killed_while_it_saves_loses_at_most_that_save(document, record_property):
    amina = person("amina", "translate_fr", "publish_fr")
    chance = random.Random(7)
    lost = []
    numbers = count(1)

    def writing(pipe):
        browser = Browser(document, amina)
        for number in numbers:
            pipe.send(("writes", number))
            browser.save(0, f"<p>Un, {number}.</p>")
            pipe.send(("wrote", number))
            if not number % 3:
                publish(document, amina)

    for _kill in range(KILLS):
        with forked(writing) as [(process, pipe)]:
            assert pipe.poll(PATIENCE)
            time.sleep(chance.uniform(0.02, 0.2))
            process.kill()
            process.join()
            told = dict(heard(pipe))
        text = standing(document)
        assert text == f"<p>Un, {number_in(text)}.</p><p>Deux : la nuit.</p>"
        assert told.get("wrote", 0) <= number_in(text) <= told["writes"], told
        assert_sides_are_known_as_they_are()
        lost.append(told["writes"] - number_in(text))
        numbers = count(told["writes"] + 1)

    # Whoever comes next goes on.
    Browser(document, amina).save(0, "<p>Un, enfin.</p>")
    assert standing(document) == "<p>Un, enfin.</p><p>Deux : la nuit.</p>"
    assert Bulletin.objects.get().body_en == BODY["body_en"]
    record_property("lost", sum(lost))


def heard(pipe):
    """All that a process said before it died."""
    try:
        while pipe.poll():
            yield pipe.recv()
    except EOFError:
        return
