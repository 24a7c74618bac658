"""Taking a side back and putting it back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from bulletins.models import Bulletin
from tests import factories
from tests.translations import side_events as events
from tests.translations.side_bases import based_on, check_found, source
from tests.translations.side_events import fresh, side, state, write
from translations import sides
from translations.acts import withdrawing
from translations.desk import drafts
from translations.models import Side

pytestmark = pytest.mark.django_db


def test_a_side_taken_back_leaves_the_fallback_and_keeps_its_text():
    bulletin = factories.live_pair(summary_fr="En bref")

    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    stored = Bulletin.objects.get()
    assert stored.sides() == ["en"]
    kept = drafts.texts(stored.side_rows.get(language="fr").draft)
    assert kept == {
        ":title": "La cuisine ouvre",
        ":summary": "En bref",
        ":body": "<p>Nous ouvrons la cuisine.</p>",
        ":place": "",
    }


def test_a_side_put_back_is_as_it_was():
    bulletin = factories.live_pair(summary_fr="En bref")
    before = Bulletin.objects.values().get()

    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")
    withdrawing.put_back(Bulletin, bulletin.pk, "fr")

    assert Bulletin.objects.values().get() == before
    assert withdrawing.held_languages(bulletin) == []


def test_the_entries_of_an_faq_go_and_come_back_with_their_side():
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    entry = factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")

    withdrawing.withdraw(Bulletin, faq.pk, "fr")
    entry.refresh_from_db()
    taken = entry.question_fr
    withdrawing.put_back(Bulletin, faq.pk, "fr")
    entry.refresh_from_db()

    assert (taken, entry.question_fr) == (None, "Pourquoi ?")


def test_an_entry_deleted_meanwhile_does_not_keep_the_rest_from_coming_back():
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    entry = factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")
    withdrawing.withdraw(Bulletin, faq.pk, "fr")
    entry.delete()

    withdrawing.put_back(Bulletin, faq.pk, "fr")

    assert Bulletin.objects.get().title_fr == "Questions courantes"


def test_the_source_side_of_a_live_text_cannot_be_taken_back_alone():
    bulletin = factories.live_pair()

    with pytest.raises(ValidationError):
        withdrawing.withdraw(Bulletin, bulletin.pk, "en")

    assert Bulletin.objects.get().sides() == ["en", "fr"]


def test_a_side_written_anew_is_not_overwritten_by_the_one_taken_back():
    bulletin = factories.live_pair()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")
    anew = Bulletin.objects.get()
    anew.title_fr, anew.body_fr = "Tout neuf", "<p>Tout neuf.</p>"
    anew.save()

    with pytest.raises(ValidationError):
        withdrawing.put_back(Bulletin, bulletin.pk, "fr")

    assert Bulletin.objects.get().title_fr == "Tout neuf"
    assert withdrawing.held_languages(bulletin) == ["fr"]


def test_putting_back_what_was_never_taken_says_so():
    with pytest.raises(ValidationError, match="no text to put back"):
        withdrawing.put_back(Bulletin, factories.live_pair().pk, "fr")


def test_a_side_that_was_withdrawn_comes_back_with_what_it_said():
    document = events.document_in("O-")
    before = side(document).based_on

    events.withdraw(document)
    events.put_back(document)

    assert (side(document).based_on, state(document)) == (before, "O-")


def test_what_a_translator_wrote_is_not_published_by_putting_the_side_back():
    document = events.document_in("O!")
    public = fresh(document).body_fr
    events.withdraw(document)
    write(document, 2, "<p>Du pain.</p>")

    events.put_back(document)

    kept = drafts.texts(side(document).draft)[":body"]
    assert (fresh(document).body_fr, state(document)) == (public, "O!")
    assert ("Elle est ouverte." in kept, "Du pain." in kept) == (True, True)
    assert withdrawing.held_languages(document) == []
    events.publish(document)
    assert (fresh(document).body_fr, state(document)) == (kept, "C-")


def test_what_was_confirmed_in_a_draft_outlives_putting_the_side_back():
    document = events.document_in("O-")
    events.withdraw(document)
    events.press("confirm_all")(document)

    events.put_back(document)

    assert state(document) == "O~"
    events.publish(document)
    assert (state(document), based_on(document)) == ("C-", source(document))


def test_a_side_of_which_nobody_knows_what_it_says_comes_back_as_outdated():
    document = events.pair()
    Side.objects.of(document).delete()
    sides.refresh(document)
    before = state(document)

    events.withdraw(document)
    events.put_back(document)

    assert (before, state(document), check_found()) == ("O-", "O-", [])
