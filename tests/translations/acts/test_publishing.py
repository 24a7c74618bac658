"""Published, together with another side, and taken back whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bulletins.models import Bulletin
from tests import factories
from tests.translations import side_events as events
from tests.translations.side_bases import NEW, OLD, based_on, check_found, differences
from tests.translations.side_events import a_word, fresh, save, side, state, write
from translations.acts import confirming, publishing

pytestmark = pytest.mark.django_db


def test_a_published_draft_says_what_its_translator_saw():
    document = events.document_in("C~")
    a_word(document)
    seen = based_on(document)

    publishing.publish_side(Bulletin, document.pk, "fr", anyway=True)

    assert (state(document), based_on(document)) == ("O-", seen)
    assert "Elle est ouverte." in fresh(document).body_fr


def test_a_changed_paragraph_that_the_translator_left_alone_stays_outdated():
    document = events.document_in("O-")
    write(document, 2, "<p>Du pain.</p>")

    publishing.publish_side(Bulletin, document.pk, "fr")

    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_an_old_version_never_reads_as_up_to_date_by_itself():
    document = events.pair()
    a_word(document)
    save(document, body_fr=events.FR["body_fr"].replace("Foch", "Jaurès"))
    saw = side(document).source_fingerprint
    confirming.confirm_side(Bulletin, document.pk, "fr", saw=saw)
    before = state(document)

    events.restore(document)
    events.publish(document)

    assert (before, state(document)) == ("C-", "O-")
    assert "Foch" in based_on(document)[1]


def test_unpublishing_makes_a_draft_and_keeps_every_text():
    bulletin = factories.live_pair()

    publishing.unpublish(Bulletin, bulletin.pk)

    stored = Bulletin.objects.get()
    assert (stored.is_live, stored.title_en, stored.title_fr) == (
        False,
        "Kitchen opens",
        "La cuisine ouvre",
    )


# Publish both together --------------------------------------------------------------------------


@pytest.fixture
def waiting():
    """A draft that waits for its French side, which somebody has begun."""
    document = factories.draft()
    publishing.hold(Bulletin, document.pk, ["fr"])
    events.write_all(document)
    return document


def test_with_the_side_it_waited_for_a_text_goes_live(waiting):
    before = fresh(waiting).is_live

    publishing.publish_side(Bulletin, waiting.pk, "fr")

    stored = fresh(waiting)
    assert (before, stored.is_live, stored.sides()) == (False, True, ["en", "fr"])
    assert (state(waiting), side(waiting).hold, check_found()) == ("C-", False, [])


def test_a_text_that_waits_for_nobody_stays_a_draft(waiting):
    publishing.hold(Bulletin, waiting.pk, [])

    publishing.publish_side(Bulletin, waiting.pk, "fr")

    assert (fresh(waiting).is_live, state(waiting)) == (False, "C-")


def test_a_text_never_waits_for_its_source(waiting):
    publishing.hold(Bulletin, waiting.pk, ["en", "fr"])

    assert (side(waiting, "en").hold, side(waiting).hold) == (False, True)


def test_a_text_that_was_urgent_keeps_the_moment_at_which_it_was_published(waiting):
    at = timezone.now().replace(microsecond=0) - timedelta(days=3)
    save(waiting, published_at=at)

    publishing.publish_side(Bulletin, waiting.pk, "fr")

    assert (fresh(waiting).published_at, fresh(waiting).sides()) == (at, ["en", "fr"])


def test_a_text_that_cannot_be_published_keeps_its_draft(waiting):
    save(waiting, body_en=None)

    with pytest.raises(ValidationError):
        publishing.publish_side(Bulletin, waiting.pk, "fr", anyway=True)

    assert (fresh(waiting).is_live, side(waiting).has_draft, side(waiting).hold) == (
        False,
        True,
        True,
    )
