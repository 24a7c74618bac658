"""What feeds tell: since when readers have a side, and when it last said something new."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from bulletins.models import Bulletin, FAQEntry, Kind
from tests import factories
from tests.translations.side_events import FR, fresh, side
from translations import sides
from translations.acts import publishing, sources, withdrawing
from translations.models import Side

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Let the clock stand at a moment."""

    def stand(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return stand


@pytest.fixture
def now(at) -> datetime:
    return at(timezone.now())


def told(document, language: str = "en") -> tuple:
    found = side(document, language)
    return found.public_since, found.changed_at


def changed(document, **columns):
    document = fresh(document)
    for column, value in columns.items():
        setattr(document, column, value)
    document.save()
    return document


def test_sides_that_come_with_their_document_come_when_it_does():
    bulletin = factories.live_pair()

    begun = (bulletin.published_at, bulletin.published_at)
    assert [told(bulletin, code) for code in ("en", "fr")] == [begun, begun]


def test_readers_do_not_have_a_draft_or_a_side_that_is_not_there():
    assert told(factories.draft()) == (None, None)
    assert told(factories.live(), "fr") == (None, None)


def test_a_translation_of_what_readers_have_is_new_on_its_own_day(now):
    bulletin = factories.live()

    changed(bulletin, **FR)

    assert told(bulletin, "fr") == (now, now)
    assert told(bulletin, "en") == (bulletin.published_at, bulletin.published_at)


def test_a_side_that_is_scheduled_comes_when_its_document_does(now):
    bulletin = factories.live_pair(ago=-AN_HOUR)

    changed(bulletin, body_en="<p>We open the kitchen at last.</p>")

    assert told(bulletin, "en") == told(bulletin, "fr") == (now + AN_HOUR, now + AN_HOUR)


def test_a_changed_text_says_something_new_in_its_language_only(now):
    bulletin = factories.live_pair()

    changed(bulletin, body_en="<p>We close the kitchen.</p>")

    assert told(bulletin, "en") == (bulletin.published_at, now)
    assert told(bulletin, "fr") == (bulletin.published_at, bulletin.published_at)


def test_a_minor_change_says_nothing_new():
    bulletin = factories.live_pair()

    with sources.minor_change(bulletin):
        changed(bulletin, body_en="<p>We open the kitchen!</p>")

    assert told(bulletin, "en") == (bulletin.published_at, bulletin.published_at)


def test_a_new_question_says_something_new(now):
    bulletin = factories.faq()

    factories.entry(bulletin, question_en="And on Sundays?")

    assert told(bulletin) == (bulletin.published_at, now)


@pytest.mark.parametrize(
    "delete", [lambda e: e.delete(), lambda e: FAQEntry.objects.all().delete()]
)
def test_a_question_that_is_taken_out_is_news(now, delete):
    bulletin = factories.faq(1)

    delete(bulletin.entries.get())

    assert told(bulletin) == (bulletin.published_at, now)


def test_a_call_out_that_moves_says_so_in_every_language(now):
    bulletin = factories.live_pair(kind=Kind.CALLOUT, starts_at=now + AN_HOUR)

    changed(bulletin, starts_at=now + 2 * AN_HOUR)

    expected = (bulletin.published_at, now)
    assert [told(bulletin, code) for code in ("en", "fr")] == [expected, expected]


def test_a_call_out_that_moves_in_a_minor_change_says_so(now):
    bulletin = factories.live(kind=Kind.CALLOUT, starts_at=now + AN_HOUR)

    with sources.minor_change(bulletin):
        changed(bulletin, cancelled=True)

    assert told(bulletin) == (bulletin.published_at, now)


def test_a_new_topic_or_a_pin_says_nothing_new():
    bulletin = factories.live()

    changed(bulletin, pinned=True).topics.add(factories.topic())

    assert told(bulletin) == (bulletin.published_at, bulletin.published_at)


def test_what_was_written_around_save_says_nothing_new():
    bulletin = factories.live()
    sides_of_it = Side.objects.of(bulletin)
    sides_of_it.filter(language="en").update(fingerprint="what it was before")

    sides.refresh(fresh(bulletin))

    assert told(bulletin) == (bulletin.published_at, bulletin.published_at)


def test_readers_do_not_have_what_was_taken_back():
    bulletin = factories.live_pair()

    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    assert told(bulletin, "fr") == (None, None)


def test_a_side_that_is_put_back_is_new_again(now):
    bulletin = factories.live_pair()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    withdrawing.put_back(Bulletin, bulletin.pk, "fr")

    assert told(bulletin, "fr") == (now, now)


def test_readers_do_not_have_what_is_unpublished():
    bulletin = factories.live_pair()

    publishing.unpublish(Bulletin, bulletin.pk)

    assert told(bulletin, "en") == told(bulletin, "fr") == (None, None)


def test_what_is_published_again_is_new_again(now):
    bulletin = factories.live()
    publishing.unpublish(Bulletin, bulletin.pk)

    changed(bulletin, published_at=now)

    assert told(bulletin) == (now, now)


def test_a_document_that_is_put_off_takes_its_sides_along(now):
    bulletin = factories.live(ago=-AN_HOUR)

    changed(bulletin, published_at=now + 2 * AN_HOUR)

    assert told(bulletin) == (now + 2 * AN_HOUR, now + 2 * AN_HOUR)


def test_after_the_upgrade_readers_have_sides_since_their_documents_were_published():
    bulletin, scheduled = factories.live(), factories.live(ago=-AN_HOUR)
    Side.objects.update(public_since=None, changed_at=None)

    import_module("translations.migrations.0005_tidings").begin_with_their_documents(apps, None)

    assert told(bulletin) == (bulletin.published_at, bulletin.published_at)
    assert told(scheduled) == (scheduled.published_at, scheduled.published_at)
    assert told(bulletin, "fr") == (None, None)
