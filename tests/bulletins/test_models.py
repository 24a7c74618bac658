from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def callout(**fields):
    return factories.live(kind=Kind.CALLOUT, **fields)


def test_published_means_live_now():
    factories.draft(title_en="Draft")
    factories.draft(title_en="Scheduled", published_at=timezone.now() + HOUR)
    live = factories.live(title_en="Live")

    assert list(Bulletin.objects.published()) == [live]


def test_readable_in_a_language_means_that_it_has_that_side():
    pair, french = factories.live_pair(), factories.live_french(title_fr="Seulement")

    assert list(Bulletin.objects.readable_in("en")) == [pair]
    assert list(Bulletin.objects.missing_in("en")) == [french]


@pytest.mark.parametrize(
    ("starts", "ends", "when"),
    [
        (None, None, "undated"),
        (HOUR, None, "upcoming"),
        (HOUR, 2 * HOUR, "upcoming"),
        (-HOUR, HOUR, "now"),
        (-2 * HOUR, -HOUR, "past"),
        (-timedelta(days=2), None, "past"),
    ],
)
def test_a_callout_knows_whether_its_time_has_come(starts, ends, when):
    now = timezone.now()
    bulletin = callout(starts_at=starts and now + starts, ends_at=ends and now + ends)

    assert bulletin.when == when


def test_a_callout_without_an_end_is_over_when_its_day_is_where_it_takes_place():
    kiritimati = ZoneInfo("Pacific/Kiritimati")
    yesterday = timezone.now().astimezone(kiritimati) - timedelta(days=1)
    late = yesterday.replace(hour=23, minute=30)

    assert callout(starts_at=late, time_zone="Pacific/Kiritimati").when == "past"


def test_an_update_is_neither_upcoming_nor_past():
    assert factories.live().when == ""


def test_upcoming_callouts_come_next_one_first():
    now = timezone.now()
    later = callout(title_en="Later", starts_at=now + 2 * HOUR)
    soon = callout(title_en="Soon", starts_at=now + HOUR)
    callout(title_en="Over", starts_at=now - 3 * HOUR, ends_at=now - HOUR)
    callout(title_en="Undated")

    assert list(Bulletin.objects.upcoming()) == [soon, later]


def test_times_are_shown_as_the_clock_where_it_takes_place():
    starts = datetime(2026, 7, 14, 16, 30, tzinfo=ZoneInfo("UTC"))
    bulletin = callout(starts_at=starts, time_zone="Europe/Paris")

    assert bulletin.local_start.strftime("%H:%M") == "18:30"
    assert str(bulletin.zone_label) == "Paris time"


def test_an_end_before_the_start_is_refused():
    now = timezone.now()
    bulletin = Bulletin(
        kind=Kind.CALLOUT, title_en="x", body_en="<p>x</p>", starts_at=now, ends_at=now - HOUR
    )

    with pytest.raises(ValidationError, match="The end lies before the start"):
        bulletin.full_clean()


def test_an_end_without_a_start_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Bulletin(title_en="x", body_en="<p>x</p>", ends_at=timezone.now()).full_clean()

    assert list(refusal.value.message_dict) == ["starts_at"]


def test_excerpt_and_word_count_are_prepared_when_a_text_is_saved():
    bulletin = factories.live(body_en="<h2>News</h2><p>We open the kitchen at noon.</p>")

    assert (bulletin.excerpt_en, bulletin.words_en) == ("We open the kitchen at noon.", 7)


def test_a_summary_is_the_excerpt_where_there_is_one():
    assert factories.live(summary_en="In short.").excerpt_en == "In short."


def test_the_anchor_of_an_entry_stays_when_everything_else_changes():
    faq = factories.faq(entries=2)
    entry = faq.entries.last()
    anchor = entry.anchor

    entry.position, entry.question_en = 0, "Another question?"
    entry.save()

    assert faq.entries.get(pk=entry.pk).anchor == anchor
