"""Years and months, how much there is in each, and what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db


def at(*moment, make=factories.live, **fields) -> Bulletin:
    """A live bulletin, published at that moment of UTC."""
    bulletin = make(**fields)
    Bulletin.objects.filter(pk=bulletin.pk).update(published_at=datetime(*moment, tzinfo=UTC))
    return bulletin


def counts(response) -> dict:
    """Month → (in all, in English, in French)."""
    years = response.context.get("years") or [{"months": response.context["months"]}]
    return {
        f"{month['day']:%Y-%m}": (month["total"], *month["sides"])
        for year in years
        for month in year["months"]
    }


def titles(response) -> list[str]:
    return [text.title for month in response.context["index"] for text in month["texts"]]


# The years --------------------------------------------------------------------------------------


def test_months_are_counted_in_each_language_newest_first(client):
    at(2024, 3, 5, title_en="English only")
    at(2024, 3, 9, make=factories.live_pair)
    at(2024, 3, 9, make=factories.live_french, title_fr="Seulement")
    at(2023, 12, 24, make=factories.live_french, title_fr="Noël")

    found = counts(client.get("/en/archive/"))

    assert list(found.items()) == [("2024-03", (3, 2, 2)), ("2023-12", (1, 0, 1))]


def test_questions_without_a_text_count_in_their_language(client):
    at(2024, 3, 5, make=factories.faq)

    assert counts(client.get("/en/archive/")) == {"2024-03": (1, 1, 0)}


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York"])
@pytest.mark.parametrize("moment", [(1, 1, 1), (26, 5, 1), (999, 12, 31, 23, 59)])
def test_a_year_that_has_no_address_breaks_nothing(client, moment, zone):
    factories.identity(default_time_zone=zone)
    at(*moment)
    at(2024, 3, 5)

    assert counts(client.get("/en/archive/"))["2024-03"] == (1, 1, 0)
    for path in ("/en/archive/2024/", "/en/archive/2024/03/"):
        assert titles(client.get(path)) == ["Kitchen opens"]


def test_what_is_not_public_is_not_counted(client):
    at(2024, 3, 5)
    factories.draft(title_en="Draft")
    factories.live(title_en="Soon", ago=-timedelta(days=400))
    gone = at(2024, 3, 6, title_en="Gone")
    publishing.unpublish(Bulletin, gone.pk)
    half = at(2024, 3, 7, make=factories.live_pair, title_en="Half")
    withdrawing.withdraw(Bulletin, half.pk, "fr")

    assert counts(client.get("/en/archive/")) == {"2024-03": (2, 2, 0)}


@pytest.mark.parametrize(
    ("zone", "month"), [("Europe/Paris", "2024-04"), ("America/New_York", "2024-03")]
)
def test_the_sites_own_zone_says_which_month_it_was(client, zone, month):
    factories.identity(default_time_zone=zone)
    at(2024, 3, 31, 22, 30)

    assert list(counts(client.get("/en/archive/"))) == [month]
    assert list(counts(client.get("/en/archive/2024/"))) == [month]
    assert client.get(f"/en/archive/{month.replace('-', '/')}/").status_code == 200
    other = {"2024-03": "04", "2024-04": "03"}[month]
    assert client.get(f"/en/archive/2024/{other}/").status_code == 404


def test_the_year_is_that_of_the_sites_zone_too(client):
    factories.identity(default_time_zone="Europe/Paris")
    at(2023, 12, 31, 23, 30)

    assert client.get("/en/archive/2024/01/").status_code == 200
    assert client.get("/en/archive/2023/").status_code == 404


def test_an_empty_site_has_an_archive_that_says_so(client):
    assert "Nothing is published here yet." in client.get("/en/archive/").text


def test_a_language_that_readers_do_not_see_is_not_counted(client, settings):
    settings.PUBLIC_LANGUAGES = ["fr"]
    at(2024, 3, 9, make=factories.live_pair)

    assert counts(client.get("/fr/archive/")) == {"2024-03": (1, 1)}


# A year, a month --------------------------------------------------------------------------------


def test_a_year_holds_its_months_and_its_titles_newest_first(client):
    at(2024, 1, 5, title_en="Winter")
    at(2024, 7, 14, title_en="Summer")
    at(2023, 7, 14, title_en="The year before")

    response = client.get("/en/archive/2024/")

    assert counts(response) == {"2024-07": (1, 1, 0), "2024-01": (1, 1, 0)}
    assert titles(response) == ["Summer", "Winter"]


def test_a_month_holds_what_was_published_in_it_newest_first(client):
    at(2024, 2, 29, 12, title_en="The last day")
    at(2024, 2, 1, 12, title_en="The first day")
    at(2024, 3, 1, 12, title_en="After")
    at(2024, 1, 31, 12, title_en="Before")

    assert titles(client.get("/en/archive/2024/02/")) == ["The last day", "The first day"]


def test_a_line_says_date_kind_and_language(client):
    call = at(2024, 2, 9, 12, make=factories.live_french, kind=Kind.CALLOUT)

    page = client.get("/en/archive/2024/02/").text.split("<main")[1]

    assert 'datetime="2024-02-09"' in page
    assert "Call-out" in page
    assert "in French" in page
    assert call.address("en") in page


def test_one_month_leads_to_the_next_that_has_anything(client):
    at(2024, 2, 9)
    at(2023, 11, 9, title_en="Before")
    at(2024, 12, 9, title_en="After")

    context = client.get("/en/archive/2024/02/").context

    assert (context["newer"], context["older"]) == (
        {"day": date(2024, 12, 1), "url": "/en/archive/2024/12/"},
        {"day": date(2023, 11, 1), "url": "/en/archive/2023/11/"},
    )


def test_one_year_leads_to_the_next_that_has_anything(client):
    at(2020, 2, 9, title_en="Before")
    at(2024, 2, 9)

    assert client.get("/en/archive/2024/").context["newer"] is None
    assert client.get("/en/archive/2024/").context["older"]["url"] == "/en/archive/2020/"
    assert client.get("/en/archive/2020/").context["newer"]["url"] == "/en/archive/2024/"


def test_what_is_not_public_has_no_month(client):
    coming = timezone.now() + timedelta(days=40)
    factories.live(title_en="Soon", ago=timezone.now() - coming)
    gone = at(2024, 2, 9)
    publishing.unpublish(Bulletin, gone.pk)

    assert client.get(f"/en/archive/{coming:%Y/%m}/").status_code == 404
    assert client.get("/en/archive/2024/02/").status_code == 404
    assert client.get("/en/archive/2024/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["2024/13", "2024/00", "2024/2", "24", "0000", "9999", "9999/12", "2024/02/09", "x", "2024/²2"],
)
def test_what_is_no_month_is_not_found(client, path):
    at(2024, 2, 9)

    assert client.get(f"/en/archive/{path}/").status_code == 404


def test_a_busy_month_has_a_hundred_to_a_page(client):
    for number in range(101):
        at(2024, 2, 9, title_en=f"Number {number}")

    first = client.get("/en/archive/2024/02/")
    second = client.get("/en/archive/2024/02/" + first.context["next_url"])

    assert (len(titles(first)), len(titles(second))) == (100, 1)
    assert second.context["previous_url"] == "?page=1"


def test_the_switcher_leads_to_the_same_month(client):
    at(2024, 2, 9)

    switcher = client.get("/en/archive/2024/02/").context["switcher"]

    assert [choice["url"] for choice in switcher] == [
        "/en/archive/2024/02/",
        "/fr/archive/2024/02/",
    ]


# What it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 2), ("2024/", 6), ("2024/02/", 5)])
def test_an_archive_costs_the_same_for_one_and_for_three_and_reads_no_body(
    client, django_assert_num_queries, number, path, queries
):
    factories.identity()
    for index in range(number):
        at(2024, 2, 9 + index, make=factories.live_pair, title_en=f"Text {index}")
        at(2024, 3, 9, title_en=f"Spring {index}")
        at(2020 + index, 1, 9, title_en=f"Winter {index}")

    with django_assert_num_queries(queries) as captured:
        assert client.get(f"/en/archive/{path}").status_code == 200

    assert [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]] == []
