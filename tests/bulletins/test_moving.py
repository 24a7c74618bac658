"""Whoever changes the time of a call-out is told what else there is to look at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories
from tests.forms import post

pytestmark = pytest.mark.django_db

MOVED = "The time has changed. Look whether the texts still name the old one, in each language."
PAST = "It begins in the past: is the year right?"
GONE = "It no longer says when it begins. Was that meant?"
ADD = "/admin/bulletins/bulletin/add/"


@pytest.fixture
def client(admin_client):
    return admin_client


def moment(days: float) -> str:
    """A day and time as the picker of a browser sends it."""
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def callout(make=factories.live_pair, **fields):
    # In the zone whose clock the tests' days are written by.
    start = timezone.now() + timedelta(days=20)
    fields = {"starts_at": start, "ends_at": start + timedelta(hours=2), **fields}
    return make(**{"kind": Kind.CALLOUT, "time_zone": "UTC", **fields})


def warnings(response) -> list[str]:
    found = get_messages(response.wsgi_request)
    return [str(message) for message in found if message.level_tag == "warning"]


def told(client, bulletin, **changes) -> list[str]:
    page = client.get(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    return warnings(post(client, page, **changes))


@pytest.mark.parametrize(
    "changes",
    [{"starts_at": moment(19)}, {"ends_at": moment(21)}, {"time_zone": "Europe/Paris"}],
)
def test_another_time_of_a_live_callout_may_still_stand_in_its_texts(client, changes):
    assert told(client, callout(), **changes) == [MOVED]


def test_one_that_waits_for_its_day_is_public_soon(client):
    bulletin = callout(ago=-timedelta(days=1))

    assert told(client, bulletin, starts_at=moment(19)) == [MOVED]


@pytest.mark.parametrize(
    ("make", "fields", "changes"),
    [
        (factories.live_pair, {}, {"title_en": "Another title"}),
        (factories.draft, {}, {"starts_at": moment(19)}),
        (factories.live_pair, {"kind": Kind.UPDATE}, {"starts_at": moment(-30)}),
        (factories.live_pair, {"ends_at": None}, {"ends_at": moment(21)}),
        (factories.live_pair, {"starts_at": None, "ends_at": None}, {"starts_at": moment(9)}),
    ],
    ids=["same time", "a draft", "no call-out", "a first end", "a first time"],
)
def test_there_is_nothing_to_look_at_where_no_old_time_can_stand(client, make, fields, changes):
    assert told(client, callout(make, **fields), **changes) == []


def test_a_start_in_the_past_may_be_of_the_wrong_year(client):
    response = post(
        client, client.get(ADD), kind="callout", title_en="Vigil", starts_at="2026-01-09T18:30"
    )

    assert (Bulletin.objects.count(), warnings(response)) == (1, [PAST])
    assert told(client, callout(), starts_at=moment(-300)) == [MOVED, PAST]


def test_what_was_in_the_past_before_is_not_told_again(client):
    start = timezone.now() - timedelta(days=9)
    bulletin = callout(starts_at=start, ends_at=start + timedelta(hours=1))

    assert told(client, bulletin, title_en="Thank you") == []


def test_a_start_that_is_taken_out_is_told(client):
    assert told(client, callout(), starts_at="", ends_at="") == [MOVED, GONE]


def test_a_form_that_is_refused_warns_of_nothing(client):
    assert told(client, callout(), starts_at=moment(-300), title_en="") == []
