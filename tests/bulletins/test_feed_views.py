"""How feeds are asked for, and the page that says which there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html

import pictures.sample
from bulletins.models import Bulletin, Kind
from config import sample
from core import images, languages
from pages.models import Topic
from tests import factories
from tests.bulletins.feed_reading import read
from tests.pictures.factories import processed

pytestmark = pytest.mark.django_db

ALL = "/en/feeds/all.atom"


@pytest.fixture
def world(monkeypatch):
    """The sample content, with pictures that nobody has drawn."""
    names = dict.fromkeys(pictures.sample.DRAWINGS, lambda: b"pixels")
    monkeypatch.setattr(pictures.sample, "DRAWINGS", names)
    monkeypatch.setattr(images, "process", lambda source: processed())
    sample.load()


def page(client, path="/en/feeds/"):
    return html.fromstring(client.get(path).content)


# Every one of them -------------------------------------------------------------------------------


def test_every_feed_of_the_sample_is_valid_and_holds_what_readers_have_in_its_language(
    client, world
):
    live = Bulletin.objects.published()
    for code in languages.public():
        of_mine = live.readable_in(code)
        expected = {"all": of_mine.count()}
        expected |= {"updates": of_mine.filter(kind=Kind.UPDATE).count()}
        expected |= {"callouts": of_mine.callouts().count(), "faq": of_mine.faqs().count()}
        expected |= {f"topics/{t.pk}": of_mine.about(t).count() for t in Topic.objects.all()}
        expected |= {
            f"threads/{b.pk}": of_mine.in_thread(b.pk).count() for b in live if not b.thread
        }
        found = {what: read(client, f"/{code}/feeds/{what}.atom") for what in expected}

        assert {what: len(feed.entries) for what, feed in found.items()} == expected
        assert expected["all"] > 5
        assert {feed.feed.language for feed in found.values()} == {code}
        assert len({feed.feed.id for feed in found.values()}) == len(found)
        assert {entry.content[0].language for entry in found["all"].entries} == {code}


def test_every_link_of_the_samples_feeds_leads_somewhere(client, world):
    for code in languages.public():
        feed = read(client, f"/{code}/feeds/all.atom")
        found = {feed.feed.link, feed.feed.icon, feed.feed.logo}
        for entry in feed.entries:
            found |= {link.href for link in entry.links}
            found |= set(html.fromstring(entry.content[0].value).xpath("//@href"))
        ours = {link.removeprefix("http://testserver") for link in found if "testserver" in link}
        paths = [path for path in ours if path.startswith("/") and "/static/" not in path]

        assert len(paths) > 10
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


# Asking ------------------------------------------------------------------------------------------


def test_an_unchanged_feed_is_not_sent_again(client):
    bulletin = factories.live()
    first = client.get(ALL)

    second = client.get(ALL, headers={"If-None-Match": first["ETag"]})
    bulletin.body_en = "<p>We open at noon.</p>"
    bulletin.save()
    third = client.get(ALL, headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content) == (304, b"")
    assert third.status_code == 200
    assert third["ETag"] != first["ETag"]


def test_what_was_taken_back_is_gone_for_whoever_asks_by_date(client):
    bulletin = factories.live()
    factories.live(title_en="Older", ago=timedelta(days=3))
    first = client.get(ALL)
    bulletin.published_at = None
    bulletin.save()

    asked = {"If-Modified-Since": first.headers.get("Date", "Mon, 01 Jan 2035 00:00:00 GMT")}
    second = client.get(ALL, headers=asked)

    assert "Last-Modified" not in first
    assert second.status_code == 200
    assert "Kitchen opens" not in second.text


def test_a_feed_is_for_everybody_and_asked_about_each_time(client):
    response = client.get(ALL)

    assert response["Cache-Control"] == "public, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}
    assert client.head(ALL).status_code == 200
    assert client.post(ALL).status_code == 405


def test_the_addresses_in_a_feed_are_on_the_host_that_was_asked_for(client, settings):
    settings.SITE_URL = "https://quai.example.org"
    settings.ALLOWED_HOSTS = ["quai.example.org", "letters.onion"]
    factories.live_pair()

    onion = client.get(ALL, headers={"host": "letters.onion"}).text

    assert "quai.example.org" not in onion
    assert "http://letters.onion/en/bulletins/kitchen-opens/" in onion


@pytest.mark.parametrize(
    "path",
    [
        *("soup.atom", "topics/1.atom", "threads/1.atom", "topics/x.atom", "all.rss"),
        f"topics/{10**30}.atom",
        f"threads/{10**30}.atom",
    ],
)
def test_there_is_no_other_feed(client, path):
    assert client.get(f"/en/feeds/{path}").status_code == 404


def test_a_thread_of_which_nothing_is_live_has_no_feed(client):
    began = factories.draft()
    factories.draft(title_en="And then", follows=began)

    assert client.get(f"/en/feeds/threads/{began.pk}.atom").status_code == 404


def test_who_followed_a_bulletin_is_led_to_the_thread_that_it_joined(client):
    began, joined, secret = factories.live(), factories.live(), factories.draft()
    for bulletin in (joined, secret):
        bulletin.follows = began
        bulletin.save()

    response = client.get(f"/en/feeds/threads/{joined.pk}.atom")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/en/feeds/threads/{began.pk}.atom",
    )
    assert client.get(f"/en/feeds/threads/{secret.pk}.atom").status_code == 404


def test_two_that_follow_each_other_lead_nobody_in_a_circle(client):
    """As two people might make it who save at the same moment."""
    one, two = factories.live(), factories.live()
    Bulletin.objects.filter(pk=one.pk).update(follows=two, thread=two)
    Bulletin.objects.filter(pk=two.pk).update(follows=one, thread=one)

    for bulletin in (one, two):
        assert client.get(f"/en/feeds/threads/{bulletin.pk}.atom").status_code == 200


@pytest.mark.parametrize(
    ("path", "asked", "language"),
    [
        ("/feed/", "fr-CA,en;q=0.5", "fr"),
        ("/feed/", "", "en"),
        ("/bulletins/feed/", "fr", "fr"),
        ("/fr/feed/", "en", "fr"),
    ],
)
def test_where_programs_look_first_a_redirect_leads_to_the_feed(client, path, asked, language):
    response = client.get(path, headers={"Accept-Language": asked})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/feeds/all.atom")


# The page ----------------------------------------------------------------------------------------


def test_the_page_lists_every_feed_of_every_language_in_its_own_words(client, world):
    one, two = Bulletin.objects.published().readable_in("fr").filter(thread=None)[:2]
    two.follows = one
    two.save()
    roots = set(Bulletin.objects.exclude(thread=None).values_list("thread", flat=True))

    found = page(client, "/fr/feeds/")

    sections = found.xpath("//main//section[@lang]")
    assert [section.get("lang") for section in sections] == ["fr", "en"]
    assert sections[0].xpath(".//a/text()")[0] == "Tout"
    for section in sections:
        code = section.get("lang")
        told = Bulletin.objects.published().readable_in(code)
        expected = {"all", "updates", "callouts", "faq"}
        expected |= {f"topics/{pk}" for pk in Topic.objects.values_list("pk", flat=True)}
        expected |= {f"threads/{pk}" for pk in roots if told.in_thread(pk).exists()}
        paths = section.xpath(".//a/@href")
        assert sorted(paths) == sorted(f"/{code}/feeds/{what}.atom" for what in expected)
        addresses = section.xpath(".//bdi/text()")
        assert addresses == [f"http://testserver{path}" for path in paths]
        assert {client.get(path).status_code for path in paths} == {200}


def test_the_page_does_not_name_what_readers_may_not_see(client):
    factories.topic(name_en="Nothing of it is live")
    factories.draft(title_en="A draft").topics.add(factories.topic(name_en="Drafts only"))
    secret = factories.draft(title_en="A secret beginning")
    factories.live(title_en="One", follows=secret, ago=timedelta(days=2))
    last = factories.live(title_en="Two", ago=timedelta(days=1))
    last.follows = Bulletin.objects.get(title_en="One")
    last.save()

    text = client.get("/en/feeds/").text

    for hidden in ("Nothing of it", "A draft", "Drafts only", "A secret"):
        assert hidden not in text
    assert f"/en/feeds/threads/{secret.pk}.atom" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_that_of_feeds(
    client, django_assert_num_queries, number
):
    factories.identity()
    for place in range(number):
        began = factories.live_pair(title_en=f"Soup {place}")
        began.topics.add(factories.topic(name_en=f"Topic {place}"))
        factories.live(title_en=f"More {place}", follows=began)

    with django_assert_num_queries(3):
        assert client.get("/en/feeds/").status_code == 200


def offered(client, path: str) -> list[str]:
    links = page(client, path).xpath("//head/link[@type='application/atom+xml']")
    return [link.get("href") for link in links]


def test_a_page_about_one_thing_offers_the_feed_of_it_too(client):
    topic = factories.topic()
    began = factories.live_pair(ago=timedelta(days=3))
    began.topics.add(topic)
    factories.live(title_en="And then", follows=began)
    of_topic, of_thread = f"/en/feeds/topics/{topic.pk}.atom", f"/en/feeds/threads/{began.pk}.atom"

    assert offered(client, "/en/bulletins/") == [ALL]
    assert offered(client, "/en/bulletins/?kind=callout") == [ALL, "/en/feeds/callouts.atom"]
    assert offered(client, "/en/bulletins/?topic=housing") == [ALL, of_topic]
    assert offered(client, "/en/topics/housing/") == [ALL, of_topic]
    assert offered(client, "/en/bulletins/kitchen-opens/thread/") == [ALL, of_thread]
    assert offered(client, "/fr/feeds/") == [
        f"/fr/feeds/{what}.atom" for what in ("all", "updates", "callouts", "faq")
    ]


def test_every_page_offers_the_feed_of_everything_in_its_language(client):
    factories.identity()

    for code in languages.public():
        found = page(client, f"/{code}/").xpath("//head/link[@type='application/atom+xml']")
        assert [(link.get("hreflang"), link.get("title"), link.get("href")) for link in found] == [
            (code, "Quai Ouvert", f"/{code}/feeds/all.atom")
        ]
