"""Whoever saves “tomorrow” in a call-out is told of it, and it is saved all the same."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation

from bulletins.models import Bulletin, Kind
from tests import factories
from tests.forms import post
from translations.admin import dates

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"


@pytest.fixture
def client(admin_client):
    return admin_client


def warnings(response) -> list[str]:
    found = get_messages(response.wsgi_request)
    return [str(message) for message in found if message.level_tag == "warning"]


def callout(**fields):
    return factories.live_pair(kind=Kind.CALLOUT, **fields)


def test_a_new_callout_that_says_tomorrow_is_saved_with_a_warning(client):
    response = post(client, client.get(ADD), kind="callout", title_en="Come tomorrow")

    assert Bulletin.objects.get().title_en == "Come tomorrow"
    assert warnings(response) == [
        "It is saved. But “tomorrow” (English) will soon be wrong in a call-out: write the date."
    ]


def test_all_sides_and_all_that_was_written_are_looked_at_once(client):
    bulletin = callout(summary_en="Tonight!", body_fr="<p>Venez <strong>demain</strong>.</p>")
    page = client.get(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))

    [said] = warnings(post(client, page))

    assert "“Tonight” (English), “demain” (French)" in said


def test_words_that_still_stand_are_told_at_every_save(client):
    bulletin = callout(title_en="Tonight at the port")
    page = client.get(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))

    assert len(warnings(post(client, page, pinned="on"))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.UPDATE, "title_en": "Yesterday at the port"},
        {"kind": Kind.CALLOUT, "title_en": "On Friday 4 December", "slug_en": "tomorrow"},
        {"kind": Kind.CALLOUT, "place_en": "Today Café"},
    ],
)
def test_there_is_nothing_to_tell_where_no_date_goes_wrong(fields):
    assert dates.soon_wrong(factories.live_pair(**fields)) == {}


def test_what_is_not_a_document_of_kinds_has_no_dates():
    assert dates.soon_wrong(factories.page(title_en="Today")) == {}


def test_a_form_that_is_refused_warns_of_nothing(client):
    response = post(
        client, client.get(ADD), button="_publish", kind="callout", summary_en="Tomorrow"
    )

    assert (response.status_code, warnings(response)) == (200, [])


def test_the_language_is_named_in_that_of_the_editor():
    with translation.override("fr"):
        assert "(anglais)" in dates.warning({"en": ["tomorrow"]})
