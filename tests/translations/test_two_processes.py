"""Two people publish different languages of one text at the same moment, from two processes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Bulletin, FAQEntry
from tests import factories
from tests.forms import post
from tests.translations.desk.desk_helpers import person, posted, rows, save, side
from tests.translations.racing import (
    ROUNDS,
    assert_each_row_is_one_step,
    assert_sides_are_known_as_they_are,
    number_in,
    race,
    steps,
)
from translations import acts

pytestmark = pytest.mark.django_db(transaction=True)

# Two paragraphs, of which one changes: what a French text says of the other one stays true.
STANDS = {"en": "<p>The bridge is open.</p>", "fr": "<p>Le pont est ouvert.</p>"}
WRITTEN = {"en": "Tide", "fr": "Marée"}


def body(language: str, *numbers: int) -> str:
    """A body that names its version; a translation names first the source that it says."""
    return STANDS[language] + f"<p>{WRITTEN[language]} {' – '.join(map(str, numbers))}</p>"


@pytest.fixture
def pair():
    return factories.live_pair(body_en=body("en", 0), body_fr=body("fr", 0, 0))


@pytest.fixture
def bruno():
    return person("bruno", "translate_en", "publish_en", "translate_fr", "publish_fr")


# The writers ------------------------------------------------------------------------------------


def saving(document, column: str):
    """As an import or a command does it: read the object, change one column, save all of it."""

    def prepare(number: int):
        found = Bulletin.objects.get(pk=document.pk)
        setattr(found, column, f"{column[-2:]} {number}")
        return found.save

    return prepare


def publishing(document, who, language: str = "fr", part: str = ":body"):
    """A person at the desk: reads the source, writes what it says, publishes.

    Where the source has moved meanwhile they are told so, and publish all the same.
    """

    def prepare(number: int):
        row = rows(document, part, language)[-1]
        says = number_in(row.now[-1].text)
        text = body(language, says, number).removeprefix(STANDS[language])
        text = text if part == ":body" else f"{language} {says} – {number}"
        saw = side(document, language).source_fingerprint
        received = save(document, who, posted(row, text, part), saw=saw, language=language)
        assert not received.rows[row.key].conflict
        return publish

    side_of = type(document), document.pk, language

    def publish():
        try:
            acts.publish_side(*side_of, person=who)
        except acts.Moved as moved:
            told = moved
        else:
            return None
        # Only the other language has; a side that nobody else writes has not.
        assert (told.source, told.side) == (True, False)
        acts.publish_side(*side_of, person=who, anyway=True)
        return "moved"

    return prepare


def publishing_the_source(document, who):
    """The same act on the side that the others are translations of."""

    def prepare(number: int):
        row = rows(document, language="en")[-1]
        text = body("en", number).removeprefix(STANDS["en"])
        save(document, who, posted(row, text), language="en")
        return lambda: acts.publish_side(Bulletin, document.pk, "en", person=who) and None

    return prepare


def typing_in_the_admin(document, client: Client):
    """An editor: opens the form, writes English into it, and saves all that was shown."""
    address = reverse("admin:bulletins_bulletin_change", args=[document.pk])

    def prepare(number: int):
        page = client.get(address)

        def send():
            answer = post(client, page, body_en=body("en", number))
            # A refused form comes back with 200, and a page that failed is no page.
            assert answer.status_code == 302, answer.text

        return send

    return prepare


# What stands then -------------------------------------------------------------------------------


def assert_each_version_says_its_source(document, part: str = ":body"):
    """Every French version is based on the English that its writer had read, and no other."""
    versions = document.side_versions.filter(language="fr").order_by("pk")
    found = [(v.based_on[part][-1][1], v.texts[part]) for v in versions if part in v.texts]
    assert len(found) == ROUNDS + 1
    for source, text in found:
        assert number_in(source) == number_in(text.partition(" – ")[0]), (source, text)


def assert_both_sides_stand(document):
    stored = Bulletin.objects.get(pk=document.pk)
    assert (number_in(stored.body_en), number_in(stored.body_fr)) == (ROUNDS, ROUNDS)
    assert stored.body_en == body("en", ROUNDS)
    assert stored.body_fr.startswith(STANDS["fr"])
    found = steps(Bulletin, "body_en", "body_fr", id=document.pk)
    assert len(found) == 2 * ROUNDS + 1
    assert_each_row_is_one_step(found)
    assert_each_version_says_its_source(document)
    assert_sides_are_known_as_they_are()
    # A side says that it is up to date where it says the last English, and nowhere else.
    french = side(document)
    is_current = french.based_on[":body"][-1][1] == f"Tide {ROUNDS}"
    assert (french.status.public == "current") == is_current
    assert french.draft is None


# ------------------------------------------------------------------------------------------------


def test_no_word_is_lost_and_no_version_steps_back(record_property):
    bulletin = factories.live_pair()

    race(saving(bulletin, "title_en"), saving(bulletin, "title_fr"), note=record_property)

    stored = Bulletin.objects.get()
    assert (stored.title_en, stored.title_fr) == (f"en {ROUNDS}", f"fr {ROUNDS}")
    found = steps(Bulletin, "title_en", "title_fr")
    assert len(found) == 2 * ROUNDS + 1
    assert_each_row_is_one_step(found)
    assert_sides_are_known_as_they_are()


def test_both_languages_are_published_from_the_desk(pair, bruno, record_property):
    amina = person("amina", "translate_fr", "publish_fr")

    _words, told = race(
        publishing_the_source(pair, bruno), publishing(pair, amina), note=record_property
    )

    assert_both_sides_stand(pair)
    record_property("moved", told.count("moved"))


def test_english_is_saved_in_the_admin_and_french_published_from_the_desk(
    pair, bruno, admin_client, record_property
):
    _words, told = race(
        typing_in_the_admin(pair, admin_client), publishing(pair, bruno), note=record_property
    )

    assert_both_sides_stand(pair)
    record_property("moved", told.count("moved"))


def test_two_documents_are_published_into_two_languages(pair, bruno, record_property):
    amina = person("amina", "translate_fr", "publish_fr")
    other = factories.live_french(body_fr=body("fr", 0), title_en="A", body_en=body("en", 0, 0))

    told = race(
        publishing(pair, amina), publishing(other, bruno, language="en"), note=record_property
    )

    # Neither of them is ever told that something moved: nothing of theirs did.
    assert told == [[None] * ROUNDS] * 2

    pair.refresh_from_db()
    other.refresh_from_db()
    assert (pair.body_fr, pair.body_en) == (body("fr", 0, ROUNDS), body("en", 0))
    assert (other.body_en, other.body_fr) == (body("en", 0, ROUNDS), body("fr", 0))
    assert_sides_are_known_as_they_are()
    states = [side(pair).status.public, side(other, "en").status.public]
    assert states == ["current", "current"]


def test_a_question_is_published_in_french_while_its_english_is_rewritten(bruno, record_property):
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    entry = factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")
    part = f"bulletins.faqentry/{entry.pk}:question"

    def rewriting(number: int):
        found = FAQEntry.objects.get(pk=entry.pk)
        found.question_en = f"Tide {number}"
        return found.save

    race(rewriting, publishing(faq, bruno, part=part), note=record_property)

    entry.refresh_from_db()
    assert (entry.question_en, number_in(entry.question_fr)) == (f"Tide {ROUNDS}", ROUNDS)
    found = steps(FAQEntry, "question_en", "question_fr", id=entry.pk)
    assert len(found) == 2 * ROUNDS + 1
    assert_each_row_is_one_step(found)
    assert_each_version_says_its_source(faq, part)
    assert_sides_are_known_as_they_are()
