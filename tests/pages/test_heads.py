"""Which address stands for which, and in which languages: what a head tells search engines."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bulletins.models import Kind
from pages import licences
from tests import factories
from tests.config.crawling import Parsed

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
EN, FR = f"{HOST}/en/bulletins/kitchen-opens/", f"{HOST}/fr/bulletins/la-cuisine-ouvre/"


def head(client, path: str) -> tuple[str | None, dict]:
    """(canonical, alternates) of a page."""
    found = Parsed(client.get(path).text)
    return found.canonical, found.alternates


def meta(client, path: str) -> dict[str, list[str]]:
    """The OpenGraph of a page."""
    found = {}
    for name, value in re.findall(
        r'<meta property="([^"]*)" content="([^"]*)">', client.get(path).text
    ):
        found.setdefault(name, []).append(value)
    return found


def path(address: str) -> str:
    return address.removeprefix(HOST)


# Languages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "default"), [("en", EN), ("fr", FR)])
def test_each_side_names_both_and_the_source_for_whoever_speaks_none(client, source, default):
    factories.live_pair(source_language=source)

    for side in (EN, FR):
        assert head(client, path(side)) == (side, {"en": EN, "fr": FR, "x-default": default})


def test_the_only_side_names_itself(client):
    factories.live_french()

    assert head(client, path(FR)) == (FR, {"fr": FR, "x-default": FR})


def test_a_fallback_stands_for_the_side_that_exists_and_names_no_others(client):
    factories.live_french()

    assert head(client, "/en/bulletins/la-cuisine-ouvre/") == (FR, {})


def test_a_page_of_the_site_itself_is_by_default_in_the_language_of_the_site(client):
    factories.identity(source_language="fr", name_fr="Quai Ouvert")

    assert head(client, "/en/faq/") == (
        f"{HOST}/en/faq/",
        {"en": f"{HOST}/en/faq/", "fr": f"{HOST}/fr/faq/", "x-default": f"{HOST}/fr/faq/"},
    )


def test_a_source_that_is_not_public_is_nobodys_default(client, settings):
    factories.live_pair()
    settings.PUBLIC_LANGUAGES = ["fr"]

    assert head(client, path(FR)) == (FR, {"fr": FR, "x-default": FR})


@pytest.mark.parametrize("address", ["/en/nothing/", "/en/bulletins/kitchen-opens/x/"])
def test_what_is_not_there_stands_for_nothing(client, address):
    assert head(client, address) == (None, {})


# Lists --------------------------------------------------------------------------------------------


@pytest.fixture
def many():
    topic = factories.topic()
    for number in range(41):
        factories.live(title_en=f"Text {number}").topics.add(topic)


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("", ""),
        ("?page=2", "?page=2"),
        ("?page=3", "?page=3"),
        ("?page=1", ""),
        ("?page=99", "?page=3"),
        ("?page=x", ""),
        ("?kind=update", ""),
        ("?topic=housing&page=2", ""),
        ("?kind=update&page=2", ""),
        ("?from=mail", ""),
        ("?from=mail&page=2", ""),
    ],
)
def test_a_further_page_stands_for_itself_and_a_filtered_list_for_the_whole(
    client, many, asked, canonical
):
    found, alternates = head(client, f"/en/bulletins/{asked}")

    assert found == f"{HOST}/en/bulletins/{canonical}"
    expected = {c: f"{HOST}/{c}/bulletins/{asked}" for c in ("en", "fr")}
    expected["x-default"] = expected["en"]
    assert alternates == (expected if asked == canonical else {})


# What other sites show ----------------------------------------------------------------------------


def test_a_side_says_its_language_the_others_and_its_dates(client):
    factories.identity(name_fr="Quai Ouvert", default_time_zone="Europe/Paris")
    bulletin = factories.live_pair()

    found = meta(client, path(FR))

    assert (found["og:locale"], found["og:locale:alternate"]) == (["fr_FR"], ["en_US"])
    assert (found["og:type"], found["og:url"]) == (["article"], [FR])
    [published] = found["article:published_time"]
    assert datetime.fromisoformat(published) == bulletin.published_at
    assert found["article:modified_time"] == [published]


def test_a_fallback_says_the_language_in_which_it_is(client):
    factories.identity()
    factories.live_french()

    found = meta(client, "/en/bulletins/la-cuisine-ouvre/")

    assert (found["og:locale"], "og:locale:alternate" in found) == (["fr_FR"], False)
    assert "article:published_time" not in found


def test_a_list_is_no_article(client):
    factories.identity()
    factories.live(kind=Kind.CALLOUT)

    found = meta(client, "/en/bulletins/")

    assert (found["og:type"], found["og:locale"]) == (["website"], ["en_US"])
    assert "article:published_time" not in found


# What others may do with it -----------------------------------------------------------------------


def test_a_licence_is_named_for_people_and_for_machines(client):
    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    factories.identity(licence=address)

    page = client.get("/fr/").text

    assert f'<link rel="license" href="{address}">' in page
    assert f'<a href="{address}" rel="license">CC BY-SA 4.0</a>' in page


def test_a_site_that_names_no_licence_promises_none(client):
    factories.identity()

    page = client.get("/en/").text

    assert ('rel="license"' in page, "Reuse freely" in page) == (False, False)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("http://www.creativecommons.org/licenses/by/2.0/fr/", "CC BY 2.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("https://www.artlibre.org/licence/lal/", "artlibre.org"),
        ("https://creativecommons.org/", "creativecommons.org"),
    ],
)
def test_a_licence_is_called_by_its_name(address, name):
    assert licences.name(address) == name
