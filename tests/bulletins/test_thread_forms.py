"""An editor says which bulletin one goes on from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletins import thread_forms
from bulletins.models import Bulletin
from tests import factories
from tests.forms import post, shown

pytestmark = pytest.mark.django_db

ADD = "/admin/bulletins/bulletin/add/"


@pytest.fixture
def client(admin_client):
    return admin_client


def change(bulletin) -> str:
    return reverse("admin:bulletins_bulletin_change", args=[bulletin.pk])


def offered(response) -> list[str]:
    widget = response.context["adminform"].form.fields["follows"].widget
    return [str(label).split(" (")[0] for _value, label in widget.choices]


def errors(response) -> dict:
    return dict(response.context["adminform"].form.errors)


def followed(bulletin) -> Bulletin | None:
    return Bulletin.objects.get(pk=bulletin.pk).follows


def test_the_latest_are_offered_drafts_first_without_the_one_itself(client):
    factories.live(title_en="Old", ago=timedelta(days=3))
    factories.live(title_en="New")
    itself = factories.draft(title_en="Itself")
    factories.draft(title_en="Plan")

    found = offered(client.get(change(itself)))

    assert found == ["(nothing)", "Plan", "New", "Old"]


def test_one_of_them_is_chosen_and_the_form_shows_it(client):
    first, second = factories.live(title_en="First"), factories.draft(title_en="Second")

    post(client, client.get(change(second)), follows=first.pk)

    assert followed(second) == first
    assert shown(client.get(change(second)), "bulletin_form")["follows"] == [str(first.pk)]


def test_what_is_chosen_already_is_offered_however_old(client, monkeypatch):
    monkeypatch.setattr(thread_forms, "OFFERED", 1)
    first = factories.live(title_en="First", ago=timedelta(days=900))
    second = factories.live(title_en="Second", follows=first)
    factories.live(title_en="New", ago=timedelta(0))

    response = client.get(change(second))
    post(client, response, title_en="Said better")

    assert offered(response) == ["(nothing)", "New", "First"]
    assert followed(second) == first


def test_an_offer_costs_the_same_for_one_and_for_three(client):
    form = factories.draft()
    client.get(change(form))
    costs = []
    for number in (1, 2):
        for index in range(number):
            factories.live(title_en=f"Text {number}.{index}")
        with CaptureQueriesContext(connection) as captured:
            client.get(change(form))
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example.org/en/bulletins/kitchen-opens/",
        "/fr/bulletins/la-cuisine-ouvre/",
        " /en/bulletins/kitchen-opens/#q12",
        "kitchen-opens",
    ],
)
def test_an_older_one_is_named_by_any_of_its_addresses(client, address):
    first = factories.live_pair()
    second = factories.draft(title_en="Second")

    post(client, client.get(change(second)), follows_at=address)

    assert followed(second) == first


def test_an_address_wins_over_what_was_chosen_before(client):
    before, named = factories.live(title_en="Before"), factories.live(title_en="Named")
    second = factories.draft(title_en="Second", follows=before)

    post(client, client.get(change(second)), follows_at="/en/bulletins/named/")

    assert followed(second) == named


@pytest.mark.parametrize(
    "address", ["/en/bulletins/nothing/", "https://example.org/", "'; --", "/"]
)
def test_an_address_at_which_nothing_stands_is_refused_in_words(client, address):
    second = factories.draft(title_en="Second")

    response = post(client, client.get(change(second)), follows_at=address)

    assert errors(response) == {"follows_at": ["No bulletin stands at this address."]}
    assert followed(second) is None


def test_a_circle_is_refused_in_words_and_the_text_is_kept(client):
    first = factories.live(title_en="First")
    second = factories.live(title_en="Second", follows=first)

    response = post(client, client.get(change(first)), follows=second.pk, title_en="Better")

    [message] = errors(response)["follows"]
    assert message == "That one follows this one already: a thread goes one way."
    assert 'value="Better"' in response.text
    assert followed(first) is None


def test_a_circle_by_address_is_refused_too(client):
    first = factories.live(title_en="First")

    response = post(client, client.get(change(first)), follows_at="/en/bulletins/first/")

    assert list(errors(response)) == ["follows"]


def test_a_new_one_may_follow_at_once(client):
    first = factories.live(title_en="First")

    post(client, client.get(ADD), title_en="Second", follows=first.pk)

    assert Bulletin.objects.latest("pk").follows == first
