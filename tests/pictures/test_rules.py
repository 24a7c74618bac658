"""A picture that may not be shown, or that nobody described, keeps its document from readers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Bulletin, BulletinFigure
from pictures import acts
from pictures.models import Consent, Picture
from tests import factories
from tests.forms import post
from tests.pictures.factories import FACE, figure, picture
from tests.translations.desk.desk_helpers import person, posted, rows, save
from translations import rules, sides
from translations.acts import publishing

pytestmark = pytest.mark.django_db

NOT_AGREED = "Nobody has said that the people in this picture agreed."
NO_WORDS = "“Description” is missing in English"


@pytest.fixture
def document():
    return factories.draft()


def refused(document, words: str):
    document.published_at = timezone.now()
    with pytest.raises(ValidationError) as refusal:
        document.save()
    [told] = refusal.value.messages
    assert words in told
    document.refresh_from_db()
    assert not document.is_committed


# Saved ------------------------------------------------------------------------------------------


def test_nothing_is_published_with_people_who_did_not_agree(document):
    figure(document, picture(Consent.UNKNOWN, name="March"))

    refused(document, f"March: {NOT_AGREED}")


def test_nothing_is_published_with_a_picture_that_nobody_described(document):
    figure(document, picture(name="March"), alt_en=None)

    refused(document, f"March: {NO_WORDS}")


def test_nothing_is_scheduled_with_it_either(document):
    figure(document, picture(Consent.UNKNOWN))
    document.published_at = timezone.now() + timedelta(days=1)

    with pytest.raises(ValidationError):
        document.save()


def test_a_page_is_held_to_it_too():
    page = factories.page(published_at=None)
    figure(page, picture(Consent.UNKNOWN))

    refused(page, NOT_AGREED)


@pytest.mark.parametrize("when", ["live", "scheduled"])
def test_nothing_is_added_to_what_is_published(when):
    ago = timedelta(hours=1 if when == "live" else -1)
    document = factories.live(ago=ago)

    with pytest.raises(ValidationError) as consent:
        figure(document, picture(Consent.UNKNOWN))
    with pytest.raises(ValidationError) as words:
        figure(document, picture(), alt_en=None)

    assert list(consent.value.message_dict) == ["picture"]
    assert list(words.value.message_dict) == ["alt_en"]
    assert BulletinFigure.objects.count() == 0


def test_a_caption_in_the_other_language_asks_for_the_description_too():
    with pytest.raises(ValidationError) as refusal:
        figure(factories.live_pair(), picture(), alt_fr=None, caption_fr="Le pont.")

    assert list(refusal.value.message_dict) == ["alt_fr"]


def test_people_who_are_masked_keep_nothing_back(document):
    shown = picture(Consent.UNKNOWN)
    figure(document, shown)
    acts.apply_mask(shown.pk, [FACE], all_covered=True)

    document.published_at = timezone.now()
    document.save()

    assert document.is_live


def test_what_was_withdrawn_keeps_nothing_back(document):
    shown = picture()
    figure(document, shown, alt_en=None)
    acts.withdraw(shown.pk)

    document.published_at = timezone.now()
    document.save()

    assert document.is_live
    assert not document.figures.get().may_be_shown


def test_a_decoration_is_described_by_nobody(document):
    made = figure(document, picture(), is_decoration=True, alt_en="A line.", caption_en="Quay.")

    document.published_at = timezone.now()
    document.save()

    assert (document.is_live, made.alt_en, made.caption_en) == (True, None, "Quay.")
    assert made.may_be_shown


def test_the_caption_of_a_decoration_is_read_in_its_language():
    made = figure(
        factories.live_pair(), picture(), is_decoration=True, caption_en="Quay.", caption_fr="Quai."
    )

    assert (made.side("fr").caption, made.side("en").caption) == ("Quai.", "Quay.")


def test_a_picture_stands_in_a_document_once(document):
    shown = picture()
    figure(document, shown)

    with pytest.raises(ValidationError, match="stands here already"):
        figure(document, shown)


def test_a_picture_that_was_deleted_meanwhile_is_said_to_be_gone(document):
    shown = picture()
    acts.delete(shown.pk)

    with pytest.raises(ValidationError, match="deleted this picture meanwhile"):
        figure(document, shown)


def test_what_came_with_a_public_text_waits_in_it_unseen():
    document, shown = factories.live(), picture(Consent.UNKNOWN)
    made = BulletinFigure(bulletin=document, picture=shown, caption_en="The quay.")

    made.bring_along()

    made = BulletinFigure.objects.get()
    assert (made.caption_en, made.may_be_shown, document.is_live) == ("The quay.", False, True)
    acts.set_consent(shown.pk, Consent.NOBODY)
    made.refresh_from_db()
    made.alt_en = "A bridge."
    made.save()
    assert made.may_be_shown


def test_what_came_with_a_text_is_held_to_the_rules_from_then_on():
    made = BulletinFigure(bulletin=factories.live(), picture=picture(Consent.UNKNOWN))
    made.bring_along()
    made.alt_en = "A bridge."

    with pytest.raises(ValidationError, match=NOT_AGREED):
        made.save()


# At the desk ------------------------------------------------------------------------------------


@pytest.fixture
def amina():
    return person("amina", "translate_fr", "publish_fr")


def translate(document, who):
    """Write all of the French draft, the picture's words too."""
    made = document.figures.get()
    parts = [":title", ":body", f"bulletins.bulletinfigure/{made.pk}:alt"]
    written = [
        posted(row, "Le pont est ouvert.", part) for part in parts for row in rows(document, part)
    ]
    save(document, who, *written)


@pytest.fixture
def held(document, amina):
    """A draft that waits for its French side, which is written, and a picture in it."""
    shown = picture()
    figure(document, shown)
    publishing.hold(Bulletin, document.pk, ["fr"])
    translate(document, amina)
    return document


def test_the_last_side_that_was_awaited_publishes(held, amina):
    publishing.publish_side(Bulletin, held.pk, "fr", person=amina)

    held.refresh_from_db()
    assert held.is_live
    assert held.figures.get().alt_fr == "Le pont est ouvert."


def test_the_last_side_that_was_awaited_does_not_publish_people_who_did_not_agree(held, amina):
    acts.set_consent(Picture.objects.get().pk, Consent.UNKNOWN)

    with pytest.raises(ValidationError) as refusal:
        publishing.publish_side(Bulletin, held.pk, "fr", person=amina)

    held.refresh_from_db()
    assert NOT_AGREED in refusal.value.messages[0]
    assert (held.is_committed, held.title_fr) == (False, None)


def test_the_last_side_that_was_awaited_does_not_publish_what_nobody_described(held, amina):
    made = held.figures.get()
    made.alt_en = None
    made.save()

    with pytest.raises(ValidationError) as refusal:
        publishing.publish_side(Bulletin, held.pk, "fr", person=amina, anyway=True)

    held.refresh_from_db()
    assert NO_WORDS in refusal.value.messages[0]
    assert not held.is_committed


def test_the_desk_says_in_words_why_it_is_not_published(held, client):
    acts.set_consent(Picture.objects.get().pk, Consent.UNKNOWN)
    client.force_login(person("bruno", "translate_fr", "publish_fr"))
    address = reverse("desk:review", args=[f"bulletins.bulletin-{held.pk}", "fr"])

    response = client.post(address, {"do": "publish"}, follow=True)

    assert NOT_AGREED in response.content.decode()
    held.refresh_from_db()
    assert not held.is_committed


def test_new_words_of_a_public_picture_are_refused_when_it_is_in_doubt(amina):
    document = factories.live()
    shown = picture()
    figure(document, shown)
    translate(document, amina)
    acts.set_consent(shown.pk, Consent.UNKNOWN)

    with pytest.raises(ValidationError, match=NOT_AGREED):
        publishing.publish_side(Bulletin, document.pk, "fr", person=amina)

    assert BulletinFigure.objects.get().alt_fr is None


# In a form --------------------------------------------------------------------------------------


@pytest.fixture
def form(admin_client):
    """Send the bulletin's form with some fields changed, as “Publish” does."""

    def form(document, button: str = "_publish", **changes):
        address = reverse("admin:bulletins_bulletin_change", args=[document.pk])
        return post(admin_client, admin_client.get(address), button=button, **changes)

    return form


def test_a_form_that_publishes_people_who_did_not_agree_says_so(document, form):
    figure(document, picture(Consent.UNKNOWN))

    response = form(document)

    document.refresh_from_db()
    assert (response.status_code, document.is_committed) == (200, False)
    assert NOT_AGREED in response.text


def test_a_form_that_publishes_what_nobody_described_says_so(document, form):
    figure(document, picture(), alt_en=None)

    response = form(document)

    document.refresh_from_db()
    assert (response.status_code, document.is_committed) == (200, False)
    assert NO_WORDS in response.text


def test_a_description_that_comes_with_the_publication_is_in_time(document, form):
    made = figure(document, picture(), alt_en=None)

    response = form(document, **{"figures-0-alt_en": "A bridge."})

    document.refresh_from_db()
    made.refresh_from_db()
    assert (response.status_code, document.is_live, made.alt_en) == (302, True, "A bridge.")


def test_a_description_that_goes_with_the_publication_is_missed(document, form):
    figure(document, picture())

    response = form(document, **{"figures-0-alt_en": ""})

    document.refresh_from_db()
    assert (response.status_code, document.is_committed) == (200, False)


# What follows from it ---------------------------------------------------------------------------


def test_rules_know_nothing_of_a_picture_that_nobody_chose(document):
    assert rules.problems(BulletinFigure(bulletin=document), "en").keys() == {"alt_en"}


def test_another_picture_counts_as_a_change_of_the_document(document, monkeypatch):
    told = []
    monkeypatch.setattr(sides, "refresh", lambda document, **about: told.append(document.pk))
    made = figure(document, picture())
    told.clear()

    for name, value in [
        ("picture", picture()),
        ("position", 7),
        ("place", "text"),
        ("is_decoration", True),
    ]:
        setattr(made, name, value)
        made.save()

    assert told == [document.pk] * 4
    made.show_on_card = True
    made.save()
    assert told == [document.pk] * 4
