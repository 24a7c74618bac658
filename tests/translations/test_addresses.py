"""Slugs: proposed from titles, kept for ever once seen, owned by one document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bulletins.models import Bulletin
from tests import factories
from translations.models import Address

pytestmark = pytest.mark.django_db


def slugs_of(document) -> list[str]:
    return sorted(document.addresses.values_list("slug", flat=True))


def test_a_slug_is_proposed_from_the_title_of_each_side():
    bulletin = factories.live_pair(title_fr="L’œuvre d’été à Noël")

    assert (bulletin.slug_en, bulletin.slug_fr) == ("kitchen-opens", "l-oeuvre-d-ete-a-noel")


def test_a_second_text_with_the_same_title_gets_a_number():
    factories.live()

    assert factories.live().slug_en == "kitchen-opens-2"


def test_a_french_title_may_not_take_an_english_slug_of_another_text():
    factories.live(title_en="Vrac")

    french = factories.live_french(title_fr="Vrac")

    assert french.slug_fr == "vrac-2"


def test_both_languages_of_one_text_may_share_a_slug():
    bulletin = factories.live_pair(title_en="Urgent", title_fr="Urgent")

    assert (bulletin.slug_en, bulletin.slug_fr) == ("urgent", "urgent")
    assert slugs_of(bulletin) == ["urgent"]


def test_choosing_a_slug_of_another_text_is_refused_in_any_language():
    factories.live(title_en="Vrac")

    with pytest.raises(ValidationError) as refusal:
        factories.live_french(slug_fr="vrac")

    assert list(refusal.value.message_dict) == ["slug_fr"]
    assert Bulletin.objects.count() == 1


def test_choosing_an_old_slug_of_another_text_is_refused():
    moved = factories.live(title_en="Vrac")
    moved.slug_en = "elsewhere"
    moved.save()

    with pytest.raises(ValidationError):
        factories.live(slug_en="vrac")


def test_a_page_and_a_bulletin_may_share_a_slug():
    factories.live(title_en="About us")

    assert factories.page().slug_en == "about-us"


def test_a_slug_follows_its_title_while_nobody_has_seen_it():
    bulletin = factories.draft()

    bulletin.title_en = "Kitchen closes"
    bulletin.save()

    assert bulletin.slug_en == "kitchen-closes"
    assert slugs_of(bulletin) == ["kitchen-closes"]


def test_a_slug_stays_when_the_title_of_a_live_text_changes():
    bulletin = factories.live()

    bulletin.title_en = "Kitchen closes"
    bulletin.save()

    assert bulletin.slug_en == "kitchen-opens"


def test_a_slug_stays_after_a_text_was_taken_back():
    bulletin = factories.live()
    bulletin.published_at = None
    bulletin.save()

    bulletin.title_en = "Kitchen closes"
    bulletin.save()

    assert bulletin.slug_en == "kitchen-opens"


def test_a_slug_that_a_person_chose_does_not_follow_the_title():
    bulletin = factories.draft(slug_en="soup")

    bulletin.title_en = "Kitchen closes"
    bulletin.save()

    assert bulletin.slug_en == "soup"


def test_an_old_slug_that_readers_saw_is_kept():
    bulletin = factories.live()

    bulletin.slug_en = "soup"
    bulletin.save()

    assert slugs_of(bulletin) == ["kitchen-opens", "soup"]


def test_an_old_slug_that_only_a_draft_had_is_given_up():
    bulletin = factories.draft()

    bulletin.slug_en = "soup"
    bulletin.save()

    assert slugs_of(bulletin) == ["soup"]


def test_a_scheduled_text_that_went_live_by_itself_keeps_its_old_slug():
    bulletin = factories.draft(published_at=timezone.now() + timedelta(hours=1))
    # Time passes: nothing is saved when a scheduled text goes live.
    Bulletin.objects.update(published_at=timezone.now() - timedelta(minutes=1))

    bulletin = Bulletin.objects.get()
    bulletin.slug_en = "soup"
    bulletin.save()

    assert slugs_of(bulletin) == ["kitchen-opens", "soup"]


def test_a_chosen_slug_is_made_fit_for_an_address():
    assert factories.draft(slug_en="Été & Soupe").slug_en == "ete-soupe"


def test_a_title_without_a_letter_for_an_address_still_gets_one():
    bulletin = factories.draft(title_en="!!!")

    assert len(bulletin.slug_en) == 8


def test_deleting_a_text_deletes_its_addresses():
    factories.live().delete()

    assert Address.objects.count() == 0


def test_a_slug_taken_away_with_its_side_still_finds_the_text():
    bulletin = factories.live_pair()
    bulletin.title_fr = bulletin.body_fr = None
    bulletin.save()

    assert Bulletin.objects.at("la-cuisine-ouvre").get() == bulletin
