"""The sitemap: what stands for itself, in the languages that it is in, and nothing else."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from bulletins.models import Bulletin, Kind
from pages import sitemap
from tests import factories
from tests.config.commands import SITE
from tests.config.hosts import HOST as PUBLIC
from tests.config.hosts import ONION, serve_publicly
from translations.acts import publishing
from translations.models import Side

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
EN, FR = f"{HOST}/en/bulletins/kitchen-opens/", f"{HOST}/fr/bulletins/la-cuisine-ouvre/"


def read(response) -> dict[str, tuple[dict, str]]:
    """Address → ({language: alternate}, last change) of everything in a sitemap."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    found = {}
    for url in etree.fromstring(response.content).findall("s:url", NAMES):
        links = url.findall("x:link[@rel='alternate']", NAMES)
        alternates = {link.get("hreflang"): link.get("href") for link in links}
        found[url.findtext("s:loc", namespaces=NAMES)] = (
            alternates,
            url.findtext("s:lastmod", "", NAMES),
        )
    return found


def bulletins(response) -> dict[str, dict]:
    """Address → alternates, of bulletins alone."""
    return {
        url: found for url, (found, _changed) in read(response).items() if "/bulletins/k" in url
    }


def documents(client) -> set[str]:
    return read(client.get("/sitemap.xml")).keys() - STANDING


STANDING = {
    f"{HOST}/{code}/{path}"
    for code in ("en", "fr")
    for path in (
        *("", "bulletins/", "calendar/", "archive/", "topics/", "faq/", "links/", "donate/"),
        "feeds/",
    )
}


def test_a_pair_stands_under_both_addresses_each_naming_both(client):
    factories.live_pair()

    found = read(client.get("/sitemap.xml"))

    alternates = {"en": EN, "fr": FR, "x-default": EN}
    assert {url: found[url][0] for url in found.keys() - STANDING} == {
        EN: alternates,
        FR: alternates,
    }


def test_who_speaks_none_of_them_is_led_to_the_language_of_the_source(client):
    factories.live_pair(source_language="fr")

    assert read(client.get("/sitemap.xml"))[EN][0]["x-default"] == FR


def test_a_side_that_is_not_there_is_not_named(client):
    factories.live_french()

    found = read(client.get("/sitemap.xml"))

    assert {url: found[url][0] for url in found.keys() - STANDING} == {
        FR: {"fr": FR, "x-default": FR}
    }


def test_a_language_that_is_not_public_is_not_named(client, settings):
    settings.PUBLIC_LANGUAGES = ["fr"]
    factories.live_pair()
    factories.live(title_en="English only")

    found = read(client.get("/sitemap.xml"))

    assert [found[url][0] for url in found if "/bulletins/l" in url] == [
        {"fr": FR, "x-default": FR}
    ]
    assert [url for url in found if "/en/" in url or "english" in url] == []


def test_what_readers_do_not_have_is_not_in_it(client):
    factories.draft(title_en="A draft")
    factories.live(title_en="Still to come", ago=timedelta(days=-1))
    taken_back = factories.live(title_en="Taken back")
    publishing.unpublish(Bulletin, taken_back.pk)
    factories.page(title_en="Draft page", published_at=None)
    factories.topic(name_en="Nothing about it")
    of_a_draft = factories.topic(name_en="Of a draft", name_fr=None)
    factories.draft(title_en="Another draft").topics.add(of_a_draft)

    assert documents(client) == set()


def test_pages_and_topics_stand_in_it_too(client):
    factories.page()
    topic = factories.topic()
    for number in (1, 2):
        factories.live(title_en=f"Kitchen {number}").topics.add(topic)

    assert documents(client) == {
        f"{HOST}/en/pages/about-us/",
        f"{HOST}/en/topics/housing/",
        f"{HOST}/fr/topics/logement/",
        f"{HOST}/en/bulletins/kitchen-1/",
        f"{HOST}/en/bulletins/kitchen-2/",
    }


def test_a_side_says_when_it_last_said_something_new(client):
    bulletin = factories.live_pair()
    changed = timezone.now() - timedelta(minutes=3)
    Side.objects.of(bulletin).filter(language="fr").update(changed_at=changed)

    found = read(client.get("/sitemap.xml"))

    assert found[FR][1] == f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert found[EN][1] == f"{bulletin.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_what_is_always_live_does_not_say_since_when(client):
    factories.live().topics.add(factories.topic())

    assert read(client.get("/sitemap.xml"))[f"{HOST}/en/topics/housing/"][1] == ""


def test_the_pages_that_are_there_anyway_name_one_another(client):
    factories.identity(source_language="fr", name_fr="Quai Ouvert")

    found = read(client.get("/sitemap.xml"))

    assert found.keys() == STANDING
    assert found[f"{HOST}/en/faq/"] == (
        {code: f"{HOST}/{path}/faq/" for code, path in ALTERNATES.items()},
        "",
    )


ALTERNATES = {"en": "en", "fr": "fr", "x-default": "fr"}


def test_it_speaks_of_the_host_that_was_asked(client, settings):
    serve_publicly(settings)
    factories.live()

    public = read(client.get("/sitemap.xml", secure=True, headers={"host": PUBLIC}))
    there = read(client.get("/sitemap.xml", headers={"host": ONION}))

    assert f"{SITE}/en/bulletins/kitchen-opens/" in public
    addresses = [*there, *(url for found, _changed in there.values() for url in found.values())]
    assert [url for url in addresses if not url.startswith(f"http://{ONION}/")] == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, number):
    factories.identity()
    for index in range(number):
        bulletin = factories.live_pair(title_en=f"Text {index}", title_fr=f"Texte {index}")
        bulletin.topics.add(factories.topic(name_en=f"Topic {index}", name_fr=f"Thème {index}"))
        factories.page(title_en=f"Page {index}")
        factories.live(title_en=f"Call {index}", kind=Kind.CALLOUT)

    # The identity; how many documents; which; their sides; their slugs, for each of three kinds.
    with django_assert_num_queries(7) as asked:
        assert len(documents(client)) == 6 * number

    assert [q["sql"] for q in asked if "body" in q["sql"]] == []


def test_it_is_not_sent_twice(client):
    factories.live()
    tag = client.get("/sitemap.xml")["ETag"]

    assert client.get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 304


# More than one file holds -------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch):
    """Five documents of two kinds, where a file holds two."""
    monkeypatch.setattr(sitemap, "DOCUMENTS_PER_FILE", 2)
    for index in range(3):
        factories.live_pair(title_en=f"Text {index}", title_fr=f"Texte {index}")
        factories.draft(title_en=f"Draft {index}")
    for index in range(2):
        factories.page(title_en=f"Page {index}")


def test_too_many_for_one_file_stand_in_several_each_once(client, many):
    index = etree.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text for loc in index.iterfind("s:sitemap/s:loc", NAMES)]
    files = [read(client.get(address.removeprefix(HOST))) for address in addresses]

    assert addresses == [f"{HOST}/sitemap-{number}.xml" for number in (1, 2, 3)]
    found = [url for file in files for url in file]
    assert len(found) == len(set(found)) == len(STANDING) + 3 * 2 + 2
    assert max(len(file.keys() - STANDING) for file in files) <= 2 * 2


@pytest.mark.parametrize("number", [0, 4, 10**12])
def test_a_file_that_is_not_there_is_not_found(client, many, number):
    assert client.get(f"/sitemap-{number}.xml").status_code == 404
