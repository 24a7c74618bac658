"""A public side is whole or absent."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from bulletins.models import Bulletin, Kind
from tests import factories
from translations import sides

pytestmark = pytest.mark.django_db


def columns(refusal) -> list[str]:
    return sorted(refusal.value.message_dict)


def test_a_draft_may_be_half_done():
    bulletin = factories.draft(title_en="Only a title", body_en=None)

    assert bulletin.pk


def test_publishing_half_a_source_side_names_what_is_missing():
    bulletin = factories.draft(title_en="Only a title", body_en=None)

    bulletin.published_at = timezone.now()
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        bulletin.save()

    assert refusal.value.message_dict == {
        "body_en": [
            "“Text” is missing in English, the language this was written in: readers cannot be "
            "shown it without. You can also keep this as a draft."
        ]
    }
    assert Bulletin.objects.get().published_at is None


def test_a_scheduled_item_is_held_to_the_rule_when_it_is_scheduled():
    bulletin = factories.draft(body_en=None)

    bulletin.published_at = timezone.now() + timezone.timedelta(days=2)
    with pytest.raises(ValidationError):
        bulletin.save()


def test_half_a_translation_cannot_be_saved_on_a_live_item():
    bulletin = factories.live()

    bulletin.title_fr = "La cuisine ouvre"
    with pytest.raises(ValidationError) as refusal:
        bulletin.save()

    assert columns(refusal) == ["body_fr"]
    assert Bulletin.objects.get().title_fr is None


def test_a_live_text_is_not_told_to_stay_a_draft():
    bulletin = factories.live()

    bulletin.title_fr = "La cuisine ouvre"
    with pytest.raises(ValidationError) as refusal:
        bulletin.save()

    assert "draft" not in str(refusal.value)


def test_a_summary_alone_is_half_a_side_too():
    bulletin = factories.live()

    bulletin.summary_fr = "En bref"
    with pytest.raises(ValidationError) as refusal:
        bulletin.save()

    assert columns(refusal) == ["body_fr", "title_fr"]


def test_a_whole_translation_can_be_emptied_again():
    bulletin = factories.live_pair()

    bulletin.title_fr = bulletin.body_fr = ""
    bulletin.save()

    stored = Bulletin.objects.get()
    assert (stored.title_fr, stored.slug_fr, stored.body_fr) == (None, None, None)


def test_the_source_side_of_a_live_item_cannot_be_emptied():
    bulletin = factories.live_pair()

    bulletin.title_en = bulletin.body_en = ""
    with pytest.raises(ValidationError) as refusal:
        bulletin.save()

    assert columns(refusal) == ["body_en", "title_en"]


def test_french_alone_is_as_good_as_english_alone():
    assert factories.live_french().sides() == ["fr"]


def test_a_live_item_can_swap_its_source_only_to_a_side_that_is_there():
    pair, french = factories.live_pair(), factories.live_french(title_fr="Autre chose")

    pair.source_language = "fr"
    pair.save()
    french.source_language = "en"
    with pytest.raises(ValidationError):
        french.save()

    assert Bulletin.objects.get(pk=pair.pk).source_language == "fr"


@pytest.mark.parametrize(
    "assignment",
    ["body_en = NULL", "title_fr = NULL", "slug_en = NULL", "summary_fr = 'x', title_fr = NULL"],
)
def test_the_database_itself_refuses_half_a_side(assignment):
    factories.live_pair()

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE bulletins_bulletin SET {assignment}")


def test_an_faq_needs_no_body_of_its_own():
    assert factories.faq().has_side("en")


def test_an_entry_of_a_live_faq_needs_question_and_answer():
    faq = factories.faq()

    with pytest.raises(ValidationError) as refusal:
        factories.entry(faq, answer_en=None)

    assert columns(refusal) == ["answer_en"]


def test_an_entry_of_a_live_faq_must_have_the_source_text():
    faq = factories.faq()

    with pytest.raises(ValidationError) as refusal:
        factories.entry(
            faq, question_en=None, answer_en=None, question_fr="Quoi ?", answer_fr="<p>Ça.</p>"
        )

    assert columns(refusal) == ["answer_en", "question_en"]


def test_an_faq_with_a_half_done_entry_cannot_be_published():
    faq = factories.draft(kind=Kind.FAQ, body_en=None)
    factories.entry(faq, answer_en=None)

    faq.published_at = timezone.now()
    with pytest.raises(ValidationError) as refusal:
        faq.save()

    [told] = refusal.value.messages
    assert told.startswith("Why?: “Answer” is missing in English")


def test_an_faq_is_published_with_the_entry_that_is_finished_after_it():
    faq = factories.draft(kind=Kind.FAQ, body_en=None)
    entry = factories.entry(faq, answer_en=None)

    with sides.together():
        faq.published_at = timezone.now()
        faq.save()
        entry.answer_en = "<p>Because.</p>"
        entry.bulletin = faq
        entry.save()

    faq.refresh_from_db()
    assert faq.is_live


def test_an_faq_whose_entry_is_not_finished_with_it_is_not_published():
    faq = factories.draft(kind=Kind.FAQ, body_en=None)
    factories.entry(faq, answer_en=None)

    faq.published_at = timezone.now()
    with pytest.raises(ValidationError, match="“Answer” is missing"), sides.together():
        faq.save()

    faq.refresh_from_db()
    assert not faq.is_committed


def test_a_new_entry_in_one_language_never_makes_the_other_side_vanish():
    faq = factories.faq(title_fr="Questions courantes")

    factories.entry(faq, position=9)

    assert faq.sides() == ["en", "fr"]
