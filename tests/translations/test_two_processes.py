"""Two people publish different languages of one text at the same moment, from two processes."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin, FAQEntry
from tests import factories
from tests.translations.desk.desk_helpers import person, side
from tests.translations.racing import (
    OF_A_SAVE,
    ROUNDS,
    assert_each_row_is_one_step,
    assert_sides_are_known_as_they_are,
    number_in,
    race,
    steps,
)
from tests.translations.writers import (
    STANDS,
    TYPED,
    AtTheDesk,
    body,
    is_published,
    publishing,
    publishing_or_leaving,
    publishing_the_source,
    saving,
    typing_in_the_admin,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair():
    return factories.live_pair(body_en=body("en", 0), body_fr=body("fr", 0, 0))


@pytest.fixture
def bruno():
    return person("bruno", "translate_en", "publish_en", "translate_fr", "publish_fr")


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
    assert (french.draft, french.has_draft) == (None, False)
    # One save and one publication a round: nobody has put back a number that they had read before.
    assert french.revision == 2 * ROUNDS


# ------------------------------------------------------------------------------------------------


def test_no_word_is_lost_and_no_version_steps_back(record_property):
    bulletin = factories.live_pair()

    race(
        saving(bulletin, "title_en"),
        saving(bulletin, "title_fr"),
        spread=OF_A_SAVE,
        note=record_property,
    )

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
        typing_in_the_admin(pair, admin_client, "en"), publishing(pair, bruno), note=record_property
    )

    assert_both_sides_stand(pair)
    record_property("moved", told.count("moved"))


def test_the_second_who_writes_one_language_is_told_of_the_first(
    pair, bruno, admin_client, record_property
):
    told = race(
        typing_in_the_admin(pair, admin_client, "en", "fr"),
        publishing_or_leaving(pair, bruno),
        note=record_property,
    )

    # One of the two, never both, and above all not neither.
    assert {*zip(*told, strict=True)} <= {("told", None), (None, "told")}
    # Every text that was not refused has been readers', and nothing was put back.
    assert steps(Bulletin, "body_fr", id=pair.pk) == [(number,) for number in range(ROUNDS + 1)]
    texts = Bulletin.history.filter(id=pair.pk).values_list("body_fr", flat=True)
    by_admin = [number for number, word in enumerate(told[0], 1) if word is None]
    assert {body("fr", *TYPED["fr"], number) for number in by_admin} <= {*texts}
    assert_sides_are_known_as_they_are()
    record_property("admin_was_first", len(by_admin))


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


def test_two_texts_that_get_one_title_at_once_get_an_address_each(bruno, record_property):
    amina = person("amina", "translate_fr", "publish_fr")

    def naming(who, title: str):
        def prepare(number: int):
            desk = AtTheDesk(factories.live(title_en=f"{title} {number}"), who)
            fields = desk.write(number)
            fields |= {name: f"Marée {number}" for name in fields if name.startswith("text-")}

            def publish():
                assert is_published(desk.send(fields))

            return publish

        return prepare

    race(naming(bruno, "Tide"), naming(amina, "Flow"), note=record_property)

    slugs = Bulletin.objects.values_list("slug_fr", flat=True)
    titles = [f"maree-{number}" for number in range(1, ROUNDS + 1)]
    assert sorted(slugs) == sorted([*titles, *(f"{title}-2" for title in titles)])
    assert_sides_are_known_as_they_are()


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
