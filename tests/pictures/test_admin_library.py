"""The library: what it shows, what is found in it, what it costs."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from pictures import acts
from pictures.models import Consent
from tests import factories
from tests.accounts.people import editor
from tests.pictures.factories import FACE, figure, picture

pytestmark = pytest.mark.django_db

LIST = "/admin/pictures/picture/"


@pytest.fixture
def library(client):
    client.force_login(editor())

    def library(**query):
        return client.get(LIST, query)

    return library


def names(response) -> list[str]:
    return html.fromstring(response.text).xpath(
        '//*[@class="picture-grid"]//*[@class="picture-name"]/text()'
    )


def card(response, name: str) -> str:
    """All the words on one card."""
    [found] = html.fromstring(response.text).xpath(
        f'//li[@class="picture-card"][.//*[@class="picture-name"]="{name}"]'
    )
    return " ".join(found.text_content().split())


# What it shows ----------------------------------------------------------------------------------


def test_the_newest_comes_first(library):
    picture(name="older")
    picture(name="newer")

    assert names(library()) == ["newer", "older"]


def test_a_card_shows_the_picture_at_its_private_address(library):
    made = picture(name="March")

    images = html.fromstring(library().text).xpath('//li[@class="picture-card"]//img/@src')

    assert images == [f"/pictures/{made.key}-480.webp"]


def test_a_card_says_whether_readers_see_it_and_where(library):
    shown, ready = picture(name="shown"), picture(name="ready")
    picture(Consent.UNKNOWN, name="closed")
    figure(factories.live(title_en="Kitchen opens"), shown)
    figure(factories.draft(title_en="A draft"), ready)

    page = library()

    assert card(page, "shown") == "shown Readers see it Kitchen opens"
    assert card(page, "ready") == "ready May be shown A draft"
    assert card(page, "closed") == "closed May not be shown yet Used nowhere"


def test_a_card_leads_to_where_it_stands(library):
    document = factories.live()
    figure(document, picture())

    links = html.fromstring(library().text).xpath('//li[@class="picture-card"]/p/a/@href')

    assert links == [reverse("admin:bulletins_bulletin_change", args=[document.pk])]


def test_a_card_names_three_places_and_counts_the_others(library):
    made = picture(name="March")
    for number in range(5):
        figure(factories.live(title_en=f"Text {number}"), made)

    assert card(library(), "March") == "March Readers see it Text 0, Text 1, Text 2 and 2 more"


def test_an_empty_library_says_so(library):
    assert "There are no pictures yet." in library().text


def test_there_are_pages(library):
    for number in range(25):
        picture(name=f"picture {number}")

    assert len(names(library())) == 24
    assert names(library(p=2)) == ["picture 0"]


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(library, django_assert_num_queries, number):
    for each in range(number):
        made = picture(name=f"picture {each}")
        figure(factories.live(title_en=f"Text {each}"), made)
        figure(factories.page(title_en=f"Page {each}"), made)

    library()  # What is asked once per process.
    # Who it is: 2, and what they may do: 2; whose site: 2; how many: 2; the pictures: 1;
    # which are public: 1; where each is used: 2.
    with django_assert_num_queries(12):
        assert len(names(library())) == number


def test_it_reads_no_body(library):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    figure(factories.live(), picture())

    with CaptureQueriesContext(connection) as asked:
        library()
    [uses] = [one["sql"] for one in asked if '"bulletins_bulletin"."title_en",' in one["sql"]]
    assert '"bulletins_bulletin"."body_en",' not in uses


# What is found ----------------------------------------------------------------------------------


@pytest.fixture
def pictures():
    """“Free” is used nowhere, “open” in a live text, “closed” in a draft: it may not be shown."""
    document = factories.live_pair()
    open_one, closed = picture(name="open"), picture(Consent.UNKNOWN, name="closed")
    figure(document, open_one, alt_en="A river", caption_fr="Le pont", credit_en="Collective")
    figure(factories.draft(), closed)
    picture(name="free")
    acts.withdraw(picture(name="gone").pk)


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        ("", ["free", "closed", "open"]),
        ("closed", ["closed"]),
        ("unused", ["free"]),
        ("withdrawn", ["gone"]),
    ],
)
def test_pictures_are_chosen_by_what_is_to_be_done(library, pictures, standing, found):
    query = {"standing": standing} if standing else {}

    assert names(library(**query)) == found


def test_what_is_masked_is_cleared(library, pictures):
    masked = picture(Consent.UNKNOWN, name="masked")
    acts.apply_mask(masked.pk, [FACE], all_covered=True)

    assert names(library(standing="closed")) == ["closed"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("OPEN", ["open"]),
        ("river", ["open"]),
        ("pont", ["open"]),
        ("collective", ["open"]),
        ("river open", ["open"]),
        ("river closed", []),
        ("e", ["free", "closed", "open"]),
        ("gone", []),
    ],
)
def test_pictures_are_found_by_all_of_some_words(library, pictures, words, found):
    assert names(library(q=words)) == found


def test_what_is_not_found_is_said(library, pictures):
    assert "No pictures are found." in library(q="nowhere").text
