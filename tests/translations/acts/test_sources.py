"""Another language as the source, and changes of the source that are minor."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from bulletins.models import Bulletin
from tests import factories
from tests.translations import side_events as events
from tests.translations.side_bases import NEW, OLD, based_on, differences, source
from tests.translations.side_events import a_word, edit, fresh, save, side, state
from translations import snapshots
from translations.acts import publishing, sources

pytestmark = pytest.mark.django_db


# Swapping the source ---------------------------------------------------------------------------


def test_after_a_swap_the_old_source_says_what_the_new_one_says():
    document = events.pair()

    sources.swap_source(Bulletin, document.pk, "fr")

    found = side(document, "en")
    assert found.based_on == snapshots.of(document)["fr"].kept
    assert side(document).based_on is None
    a_word(document)
    assert (state(document, "en"), state(document)) == ("O-", "S-")


@pytest.mark.parametrize("begun", ["C~", "C!"])
def test_a_side_of_which_somebody_has_begun_a_draft_does_not_become_the_source(begun):
    document = events.document_in(begun)
    draft = side(document).draft

    with pytest.raises(ValidationError, match="Somebody has begun a draft of the French side"):
        sources.swap_source(Bulletin, document.pk, "fr")

    assert (fresh(document).source_language, state(document)) == ("en", begun)
    assert side(document).draft == draft


def test_once_the_draft_is_thrown_away_its_side_becomes_the_source():
    document = events.document_in("C~")
    events.press("discard")(document)

    sources.swap_source(Bulletin, document.pk, "fr")

    assert state(document) == "S-"


def test_a_draft_of_another_side_keeps_nobody_from_becoming_the_source():
    document = events.document_in("S~")

    sources.swap_source(Bulletin, document.pk, "en")

    assert state(document) == "C~"


def test_of_a_text_that_nobody_sees_yet_it_is_the_same():
    document = factories.draft()
    events.write_all(document)
    document = fresh(document)
    document.source_language = "fr"

    with pytest.raises(ValidationError, match="Somebody has begun a draft of the French side"):
        document.save()

    assert (fresh(document).source_language, side(document).has_draft) == ("en", True)


def test_a_text_that_nobody_sees_yet_changes_its_source_where_nobody_has_begun():
    document = factories.draft()
    document.source_language = "fr"

    document.save()

    assert fresh(document).source_language == "fr"


# Minor changes ----------------------------------------------------------------------------------


def minor(document, change):
    with sources.minor_change(document):
        change(document)


def moved(body: str) -> str:
    first, *others = body.split("<p>")[1:]
    return "".join(f"<p>{p}" for p in [*others, first])


MINOR = {
    "a word elsewhere": lambda body: body.replace("Foch", "Foch,"),
    "a word where it differs": lambda body: body.replace("It is", "It’s"),
    "a paragraph more at the end": lambda body: body + "<p>See you.</p>",
    "a paragraph more at the start": lambda body: "<p>Hello.</p>" + body,
    "a paragraph less": lambda body: body.replace("<p>Food &amp; tea.</p>", ""),
    "another order": moved,
    "everything at once": lambda body: moved(body.replace("10", "11")) + "<p>See you.</p>",
}


@pytest.mark.parametrize("name", MINOR)
def test_a_minor_change_leaves_a_current_side_current(name):
    document = events.pair()

    minor(document, lambda found: edit(found, MINOR[name]))

    assert (state(document), based_on(document)) == ("C-", source(document))


@pytest.mark.parametrize("name", MINOR)
def test_a_minor_change_never_whitewashes_an_outdated_side(name):
    document = events.document_in("O-")

    minor(document, lambda found: edit(found, MINOR[name]))

    now = "It’s open." if name == "a word where it differs" else NEW
    assert (state(document), differences(document)) == ("O-", ([OLD], [now]))


def test_a_paragraph_that_is_not_translated_yet_stays_so_when_it_is_moved():
    document = events.pair()
    edit(document, lambda body: body + "<p>Bring a friend.</p>")

    minor(document, lambda found: edit(found, lambda body: "<p>Bring a friend.</p>" + body[:-26]))

    assert source(document)[0] == "Bring a friend."
    assert (state(document), based_on(document)) == ("O-", source(document)[1:])


def test_an_order_that_differs_still_differs_when_a_paragraph_is_moved():
    document = factories.live_pair(body_en="<p>A</p><p>B</p><p>C</p>")
    edit(document, lambda body: "<p>B</p><p>A</p><p>C</p>")

    minor(document, lambda found: edit(found, lambda body: "<p>B</p><p>C</p><p>A</p>"))

    assert (state(document), based_on(document)) == ("O-", ["A", "B", "C"])


def test_a_minor_change_of_both_languages_is_carried_once():
    document = events.pair()

    def more(found):
        save(found, body_en=found.body_en + "<p>Hm.</p>", body_fr=found.body_fr + "<p>Hein.</p>")

    minor(document, more)

    assert (state(document), based_on(document)) == ("C-", source(document))


def test_a_minor_change_is_of_one_document():
    document, other = events.pair(), events.pair()

    minor(document, lambda found: [a_word(found), a_word(other)])

    assert (state(document), state(other)) == ("C-", "O-")


def test_a_minor_change_of_a_child_leaves_its_translation_current():
    document = events.pair()
    entry = document.entries.first()

    def mend(_found):
        entry.question_en = "Question 1, please?"
        entry.save()

    minor(document, mend)

    assert state(document) == "C-"


def test_a_child_that_is_new_is_a_gap_even_if_it_is_minor():
    document = events.pair()

    minor(document, events.add_child("en"))

    assert (state(document), side(document).gaps) == ("O-", 1)


def test_a_minor_change_while_somebody_works_is_shown_to_them_as_moved():
    document = events.document_in("C~")
    events.minor(document)

    with pytest.raises(publishing.Moved):
        publishing.publish_side(Bulletin, document.pk, "fr")

    assert state(document) == "C~"
