"""An autosave lands while somebody publishes the same side, or while the server is killed."""

from __future__ import annotations

import random
import time
from itertools import count

import pytest
from django.contrib.messages import get_messages

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.autosaving import (
    Browser,
    Writer,
    at,
    by_client,
    by_wire,
    client_of,
    public,
    standing,
)
from tests.translations.desk.desk_helpers import BODY, person, side
from tests.translations.killable import killable
from tests.translations.racing import (
    PATIENCE,
    ROUNDS,
    assert_database_is_sound,
    assert_sides_are_known_as_they_are,
    forked,
    number_in,
    race,
)
from tests.translations.writers import AtTheDesk
from translations.acts import publishing

pytestmark = pytest.mark.django_db(transaction=True)

# Of every ten rounds.
KILLS, KILLED_SERVERS = 6 * ROUNDS // 10, 2 * ROUNDS // 10


@pytest.fixture
def document():
    return factories.live_pair(**BODY)


@pytest.fixture
def esther():
    """Who reviews and publishes, and translates nothing."""
    return person("esther", "publish_fr")


@pytest.fixture
def amina():
    return person("amina", "translate_fr", "publish_fr")


def read_by(page) -> str:
    """The French body as a page of the desk shows it."""
    return "".join(row.cell_html for row in page.rows if row.part == ":body")


def reviewing(document, who):
    """An editor reads what is to be published, and publishes that; told that it is another by now,
    they look again."""
    client, address = client_of(who), at(document, "review")

    def prepare(number: int):
        page = client.get(address).context["page"]
        while f"Un, {number}." not in read_by(page):  # not written yet
            page = client.get(address).context["page"]

        def publish(page=page):
            told = None
            while not _published(client.post(address, _verdict(page))):
                page = client.get(address).context["page"]
                told = "again"
            # What nobody looked at is not given to readers.
            assert public(document) == read_by(page)
            return told

        return publish

    return prepare


def _verdict(page) -> dict:
    return {"do": "publish", "revision": page.revision}


def _published(answer) -> bool:
    # Not 409: that somebody goes on writing is no reason to refuse.
    assert answer.status_code == 302, answer.text
    [said] = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said in ("Published: readers see it now.", AGAIN)
    return said != AGAIN


AGAIN = "Somebody has changed this translation while you read it. Look again."


# ------------------------------------------------------------------------------------------------


def test_no_autosave_is_lost_in_a_publication(document, amina, esther, record_property):
    browser = Browser(document, by_client(document, amina))
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

    _words, told = race(autosaving, reviewing(document, esther), note=record_property)

    assert_nothing_is_lost(document)
    record_property("looked_again", told.count("again"))


def assert_nothing_is_lost(document):
    last = ROUNDS - ROUNDS % 2
    words = {place: f"<p>Et encore, {last - place}.</p>" for place in (0, 1)}
    assert standing(document) == words[0] + words[1]
    published = Bulletin.history.order_by("history_id").values_list("body_en", "body_fr")
    assert {english for english, _french in published} == {BODY["body_en"]}
    assert len({french for _english, french in published}) == len(published) == ROUNDS + 1
    assert_sides_are_known_as_they_are()


def test_no_text_ends_with_a_draft_in_which_two_people_wrote(document, amina):
    desk = AtTheDesk(document, amina)
    fields = desk.write(1)
    Browser(document, by_client(document, person("jo", "translate_fr"))).save(1, "<p>De Jo.</p>")
    page = desk.send(fields)

    [row] = [row for row in page.context["page"].rows if row.others]
    assert (row.typed, [other.text for other in row.others]) == ("De Jo.", [f"<p>{desk.words}</p>"])
    assert (public(document), side(document).has_draft) == (BODY["body_fr"], True)
    desk.send({"do": f"drop:{row.key}:0"})
    desk.send({"do": "publish"})
    assert public(document) == "<p>Un : la frontière.</p><p>De Jo.</p>"


def test_a_process_killed_while_it_saves_loses_at_most_that_save(document, amina, record_property):
    chance = random.Random(7)
    lost = []
    numbers = count(1)

    def writing(pipe):
        browser = Browser(document, by_client(document, amina))
        for number in numbers:
            pipe.send(("writes", number))
            browser.save(0, f"<p>Un, {number}.</p>")
            pipe.send(("wrote", number))
            if not number % 3:
                publishing.publish_side(Bulletin, document.pk, "fr", person=amina)

    for _kill in range(KILLS):
        with forked(writing) as [(process, pipe)]:
            told = {}
            while "wrote" not in told:
                assert pipe.poll(PATIENCE)
                told |= [pipe.recv()]
            time.sleep(chance.uniform(0.0, 0.2))
            process.kill()
            process.join()
            told |= heard(pipe)
        assert_database_is_sound()
        text = standing(document)
        assert text == f"<p>Un, {number_in(text)}.</p><p>Deux : la nuit.</p>"
        assert told["wrote"] <= number_in(text) <= told["writes"], told
        assert_sides_are_known_as_they_are()
        lost.append(told["writes"] - number_in(text))
        numbers = count(told["writes"] + 1)

    # Whoever comes next goes on.
    Browser(document, by_client(document, amina)).save(0, "<p>Un, enfin.</p>")
    assert standing(document) == "<p>Un, enfin.</p><p>Deux : la nuit.</p>"
    assert Bulletin.objects.get().body_en == BODY["body_en"]
    record_property("kills", KILLS)
    record_property("saves_lost", sum(lost))


def heard(pipe):
    """All that a process said before it died."""
    try:
        while pipe.poll():
            yield pipe.recv()
    except EOFError:
        return


def test_a_killed_server_loses_at_most_the_saves_under_way(document, amina, record_property):
    jo = person("jo", "translate_fr")
    chance = random.Random(11)
    stood, done, lost = [0, 0], 0, 0

    for _kill in range(KILLED_SERVERS):
        with killable() as server:
            writers = [
                Writer(Browser(document, by_wire(server.url, document, who)), place, stood[place])
                for place, who in enumerate((amina, jo))
            ]
            for writer in writers:
                writer.start()
            while any(w.saved == w.begin and w.is_alive() for w in writers):
                time.sleep(0.01)
            time.sleep(chance.uniform(0.1, 0.5))
            server.kill()
            for writer in writers:
                writer.join(PATIENCE)
        assert_database_is_sound()
        found = [number_in(block) for block in standing(document).split("</p>")[:2]]
        for writer, number in zip(writers, found, strict=True):
            assert writer.was_cut_off, writer.end
            assert writer.begin < writer.saved <= number <= writer.sent
            done, lost = done + writer.saved - writer.begin, lost + writer.sent - number
        assert standing(document) == "".join(f"<p>Mot {number}.</p>" for number in found)
        assert_sides_are_known_as_they_are()
        stood = found

    assert Bulletin.objects.get().body_fr == BODY["body_fr"]
    record_property("kills", KILLED_SERVERS)
    record_property("saved", done)
    record_property("saves_lost", lost)
