"""Taking back and putting back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from bulletins.models import Bulletin
from tests import factories
from translations import acts
from translations.desk import drafts

pytestmark = pytest.mark.django_db


def test_a_side_taken_back_leaves_the_fallback_and_keeps_its_text():
    bulletin = factories.live_pair(summary_fr="En bref")

    acts.withdraw(Bulletin, bulletin.pk, "fr")

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

    acts.withdraw(Bulletin, bulletin.pk, "fr")
    acts.put_back(Bulletin, bulletin.pk, "fr")

    assert Bulletin.objects.values().get() == before
    assert acts.held_languages(bulletin) == []


def test_the_entries_of_an_faq_go_and_come_back_with_their_side():
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    entry = factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")

    acts.withdraw(Bulletin, faq.pk, "fr")
    entry.refresh_from_db()
    taken = entry.question_fr
    acts.put_back(Bulletin, faq.pk, "fr")
    entry.refresh_from_db()

    assert (taken, entry.question_fr) == (None, "Pourquoi ?")


def test_an_entry_deleted_meanwhile_does_not_keep_the_rest_from_coming_back():
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    entry = factories.entry(faq, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")
    acts.withdraw(Bulletin, faq.pk, "fr")
    entry.delete()

    acts.put_back(Bulletin, faq.pk, "fr")

    assert Bulletin.objects.get().title_fr == "Questions courantes"


def test_the_source_side_of_a_live_text_cannot_be_taken_back_alone():
    bulletin = factories.live_pair()

    with pytest.raises(ValidationError):
        acts.withdraw(Bulletin, bulletin.pk, "en")

    assert Bulletin.objects.get().sides() == ["en", "fr"]


def test_a_side_written_anew_is_not_overwritten_by_the_one_taken_back():
    bulletin = factories.live_pair()
    acts.withdraw(Bulletin, bulletin.pk, "fr")
    anew = Bulletin.objects.get()
    anew.title_fr, anew.body_fr = "Tout neuf", "<p>Tout neuf.</p>"
    anew.save()

    with pytest.raises(ValidationError):
        acts.put_back(Bulletin, bulletin.pk, "fr")

    assert Bulletin.objects.get().title_fr == "Tout neuf"
    assert acts.held_languages(bulletin) == ["fr"]


def test_putting_back_what_was_never_taken_says_so():
    with pytest.raises(ValidationError, match="no text to put back"):
        acts.put_back(Bulletin, factories.live_pair().pk, "fr")


def test_unpublishing_makes_a_draft_and_keeps_every_text():
    bulletin = factories.live_pair()

    acts.unpublish(Bulletin, bulletin.pk)

    stored = Bulletin.objects.get()
    assert (stored.is_live, stored.title_en, stored.title_fr) == (
        False,
        "Kitchen opens",
        "La cuisine ouvre",
    )
