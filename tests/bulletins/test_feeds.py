"""What stands in the feeds, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.db import connection
from django.utils import timezone

from bulletins import feed_filling
from bulletins.models import Bulletin, Kind
from core import images
from pictures import acts
from pictures.models import Consent, Place
from tests import factories
from tests.bulletins.feed_reading import ATOM, content, read, titles, tree
from tests.pictures.factories import figure, in_text, picture, processed
from translations.acts import sources, withdrawing
from translations.references import reference

pytestmark = pytest.mark.django_db

ALL, ALL_FR = "/en/feeds/all.atom", "/fr/feeds/all.atom"
HOST = "http://testserver"


@pytest.fixture(autouse=True)
def _process_nothing(monkeypatch):
    monkeypatch.setattr(images, "process", lambda source: processed())


def moment(struct) -> datetime:
    return datetime(*struct[:6], tzinfo=UTC)


# Whose, which, when ------------------------------------------------------------------------------


def test_a_feed_says_whose_it_is_and_in_which_language(client):
    site = factories.identity(
        byline_en="The collective",
        tagline_en="News from the quay",
        reuse_en="<p>Copy it.</p><p>Say where it is from.</p>",
        licence="https://creativecommons.org/licenses/by-sa/4.0/",
    )
    factories.live_pair()

    found = read(client, ALL)

    assert found.feed.language == "en"
    assert (found.feed.title, found.feed.subtitle) == ("Quai Ouvert", "News from the quay")
    assert found.feed.id == uuid5(site.uid, "en/all").urn
    assert [(a.get("name"), a.get("href"), a.get("email")) for a in found.feed.authors] == [
        ("The collective", f"{HOST}/en/", None)
    ]
    assert found.feed.rights == "Copy it.\n\nSay where it is from."
    assert found.feed.link == f"{HOST}/en/"
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"{HOST}{ALL}"]
    # RFC 4946, 1.3: the licence of a feed is not that of its entries.
    for holder in (found.feed, found.entries[0]):
        assert [link.href for link in holder.links if link.rel == "license"] == [site.licence]


def test_without_a_byline_the_name_signs_and_without_a_name_the_software(client):
    assert read(client, ALL).feed.author == "Tract"
    factories.identity()
    assert read(client, ALL).feed.author == "Quai Ouvert"


def test_a_site_that_has_not_said_who_it_is_is_known_by_its_address(client, settings):
    settings.SITE_URL = "https://quai.example.org"
    expected = uuid5(uuid5(NAMESPACE_URL, "https://quai.example.org"), "en/all").urn

    assert read(client, ALL).feed.id == read(client, ALL).feed.id == expected


def test_an_entry_says_what_readers_need(client):
    bulletin = factories.live_pair(summary_en="In short.")
    bulletin.topics.add(factories.topic())

    [entry] = read(client, ALL).entries

    assert entry.id == uuid5(bulletin.uid, "en").urn
    assert (entry.title, entry.summary) == ("Kitchen opens", "In short.")
    assert entry.link == f"{HOST}/en/bulletins/kitchen-opens/"
    assert moment(entry.published_parsed) == bulletin.published_at.replace(microsecond=0)
    assert moment(entry.updated_parsed) == bulletin.published_at.replace(microsecond=0)
    assert [(tag.term, tag.label) for tag in entry.tags] == [("housing", "Housing")]
    assert entry.content[0].language == "en"
    assert entry.content[0].base == entry.link
    assert "We open the kitchen." in entry.content[0].value
    assert "author" not in entry


def test_an_entry_names_its_page_in_the_other_language_without_hiding_its_own(client):
    factories.live_pair()

    [entry] = read(client, ALL_FR).entries

    own, other = (link for link in entry.links if link.rel == "alternate")
    assert (own.hreflang, own.href) == ("fr", f"{HOST}/fr/bulletins/la-cuisine-ouvre/")
    assert (other.hreflang, other.href) == ("en", f"{HOST}/en/bulletins/kitchen-opens/")
    assert entry.link == own.href


def test_ids_survive_a_new_slug_a_new_title_and_a_new_host(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example.org"]
    factories.identity()
    bulletin = factories.live_pair()
    before = read(client, ALL)

    bulletin.slug_en, bulletin.title_en = "soup", "Soup"
    bulletin.save()
    client.defaults["HTTP_HOST"] = "elsewhere.example.org"
    after = read(client, ALL)

    assert after.entries[0].link == "http://elsewhere.example.org/en/bulletins/soup/"
    assert (after.feed.id, after.entries[0].id) == (before.feed.id, before.entries[0].id)


def test_each_language_and_each_feed_has_an_id_of_its_own(client):
    factories.identity()
    thread = factories.live_pair()
    topic = factories.topic()
    paths = [
        *("all.atom", "updates.atom", "callouts.atom", "faq.atom"),
        *(f"topics/{topic.pk}.atom", f"threads/{thread.pk}.atom"),
    ]

    found = {
        read(client, f"/{code}/feeds/{path}").feed.id for code in ("en", "fr") for path in paths
    }

    assert len(found) == 12
    assert read(client, ALL).entries[0].id != read(client, ALL_FR).entries[0].id


# Which come, in which order ----------------------------------------------------------------------


def test_a_french_feed_holds_french_sides_only(client):
    factories.live(title_en="English alone")
    factories.live_french(title_fr="Français seul")
    factories.live_pair()

    assert sorted(titles(client, ALL_FR)) == ["Français seul", "La cuisine ouvre"]
    assert sorted(titles(client, ALL)) == ["English alone", "Kitchen opens"]
    assert read(client, ALL_FR).feed.language == "fr"


def test_what_readers_may_not_see_is_in_no_feed(client):
    topic = factories.topic()
    began = factories.live(title_en="The beginning")
    tomorrow = timezone.now() + timedelta(days=1)
    shown = [began, taken_back := factories.live(title_en="Taken back")]
    shown += [factories.draft(title_en="A draft"), one_side := factories.live_pair()]
    shown += [factories.draft(title_en="Tomorrow", published_at=tomorrow)]
    for bulletin in shown:
        bulletin.topics.add(topic)
        if bulletin != began:
            bulletin.follows = began
            bulletin.save()
    taken_back.published_at = None
    taken_back.save()
    withdrawing.withdraw(Bulletin, one_side.pk, "fr")

    for path in ("all", "updates", f"topics/{topic.pk}", f"threads/{began.pk}"):
        assert sorted(titles(client, f"/en/feeds/{path}.atom")) == [
            "Kitchen opens",
            "The beginning",
        ]
        assert titles(client, f"/fr/feeds/{path}.atom") == []
        response = client.get(f"/fr/feeds/{path}.atom")
        assert "La cuisine" not in response.text
        assert "Tomorrow" not in response.text


def test_a_scheduled_text_comes_by_itself(client, monkeypatch):
    factories.draft(published_at=timezone.now() + timedelta(hours=1))
    assert titles(client) == []

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    [entry] = read(client, ALL).entries
    assert later - timedelta(hours=1, seconds=5) < moment(entry.published_parsed) < later


def test_a_translation_that_comes_later_is_new_in_its_own_language_only(client):
    old = factories.live_pair(title_fr=None, body_fr=None, ago=timedelta(days=9))
    factories.live_pair(title_en="Newer", title_fr="Plus récent", ago=timedelta(days=2))

    old.title_fr, old.body_fr = "Ancien", "<p>Ancien.</p>"
    old.save()

    assert titles(client, ALL) == ["Newer", "Kitchen opens"]
    assert titles(client, ALL_FR) == ["Ancien", "Plus récent"]
    published = moment(read(client, ALL_FR).entries[0].published_parsed)
    assert timezone.now() - published < timedelta(minutes=1)


def test_what_has_changed_is_told_again_as_an_update_of_the_same(client):
    bulletin = factories.live_pair(ago=timedelta(days=9))
    factories.live(title_en="Newer", ago=timedelta(days=2))
    before = read(client, ALL).entries[1]

    bulletin.body_en = "<p>We open at noon.</p>"
    bulletin.save()

    after = read(client, ALL).entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert moment(after.updated_parsed) > moment(before.updated_parsed)
    assert read(client, ALL).feed.updated == after.updated
    assert read(client, ALL_FR).entries[0].updated == before.updated


def test_a_minor_change_is_read_and_not_told_again(client):
    bulletin = factories.live_pair(ago=timedelta(days=9))
    before = read(client, ALL).entries[0]

    with sources.minor_change(bulletin):
        bulletin.body_en = "<p>We open the kitchen!</p>"
        bulletin.save()

    after = read(client, ALL).entries[0]
    assert "kitchen!" in after.content[0].value
    assert after.updated == before.updated


def test_an_empty_feed_has_an_age_and_it_stays_the_same(client):
    assert read(client, ALL).feed.updated == "2000-01-01T00:00:00Z"
    factories.identity()

    assert read(client, ALL).feed.updated == "2000-01-01T00:00:00Z"
    assert client.get(ALL).content == client.get(ALL).content


def test_a_feed_holds_the_newest_of_many(client, monkeypatch):
    monkeypatch.setattr(feed_filling, "LIMIT", 2)
    for day in (3, 1, 2):
        factories.live(title_en=f"{day} days ago", ago=timedelta(days=day))

    assert titles(client) == ["1 days ago", "2 days ago"]


def test_a_language_that_is_not_public_has_no_texts(client, settings):
    factories.live_pair()
    settings.PUBLIC_LANGUAGES = ["en"]

    assert titles(client, ALL_FR) == []
    assert [link.hreflang for link in read(client, ALL).entries[0].links] == ["en"]


# Kinds, topics, threads --------------------------------------------------------------------------


def test_each_kind_has_its_feed(client):
    factories.live()
    factories.live(kind=Kind.CALLOUT, title_en="Come")
    factories.faq()

    assert titles(client, "/en/feeds/updates.atom") == ["Kitchen opens"]
    assert titles(client, "/en/feeds/callouts.atom") == ["Come"]
    assert titles(client, "/en/feeds/faq.atom") == ["Common questions"]
    found = read(client, "/en/feeds/callouts.atom").feed
    assert (found.title, found.link) == (
        "Call-outs · Tract",
        f"{HOST}/en/bulletins/?kind=callout",
    )


def test_each_topic_has_its_feed_that_says_what_it_is_about(client):
    topic = factories.topic(description_en="Roofs.")
    factories.live(title_en="Evicted").topics.add(topic)
    factories.live(title_en="Something else").topics.add(factories.topic(name_en="Food"))

    found = read(client, f"/en/feeds/topics/{topic.pk}.atom")

    assert [entry.title for entry in found.entries] == ["Evicted"]
    assert (found.feed.title, found.feed.subtitle) == ("Housing · Tract", "Roofs.")
    assert found.feed.link == f"{HOST}/en/topics/housing/"


def test_the_name_of_a_topic_in_another_language_says_so(client):
    topic = factories.topic(name_en=None, source_language="fr")
    factories.live().topics.add(topic)

    feed = tree(client, f"/en/feeds/topics/{topic.pk}.atom")

    [title] = feed.xpath("a:title", namespaces=ATOM)
    [category] = feed.xpath("a:entry/a:category", namespaces=ATOM)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (title.text, title.get(lang)) == ("Logement · Tract", "fr")
    assert (category.get("label"), category.get(lang)) == ("Logement", "fr")


def test_a_thread_has_its_feed_in_which_each_names_what_it_goes_on_from(client):
    began = factories.live_pair(ago=timedelta(days=3))
    went_on = factories.live(title_en="Open", follows=began, ago=timedelta(days=2))
    factories.live(title_en="Elsewhere")

    feed = tree(client, f"/en/feeds/threads/{began.pk}.atom")

    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Open", "Kitchen opens"]
    [reply] = feed.xpath("a:entry[1]/t:in-reply-to", namespaces=ATOM)
    assert dict(reply.attrib) == {
        "ref": uuid5(began.uid, "en").urn,
        "href": f"{HOST}/en/bulletins/kitchen-opens/",
        "type": "text/html",
    }
    assert feed.findtext("a:title", None, ATOM) == "Kitchen opens · Tract"
    assert went_on.thread_id == began.pk


def test_what_readers_do_not_have_is_named_by_no_entry(client):
    began = factories.live_french()
    went_on = factories.live(follows=began)
    replies = "a:entry/t:in-reply-to"
    assert tree(client, ALL).xpath(replies, namespaces=ATOM) == []

    went_on.follows = factories.draft(title_en="A draft")
    went_on.save()

    assert tree(client, ALL).xpath(replies, namespaces=ATOM) == []
    assert "A draft" not in client.get(ALL).text


def test_a_thread_goes_on_without_its_beginning_under_the_same_id(client):
    began = factories.live(title_en="The beginning", ago=timedelta(days=3))
    factories.live(title_en="Then", follows=began, ago=timedelta(days=2))
    path = f"/en/feeds/threads/{began.pk}.atom"
    before = read(client, path).feed.id

    began.published_at = None
    began.save()

    found = read(client, path)
    assert [entry.title for entry in found.entries] == ["Then"]
    assert (found.feed.id, found.feed.title) == (before, "Then · Tract")
    assert "The beginning" not in client.get(path).text


# The text ----------------------------------------------------------------------------------------


def test_links_are_whole_and_lead_to_the_readers_own_side(client):
    other = factories.live_pair(title_en="Other", title_fr="Autre")
    factories.live_pair(
        title_en="First",
        title_fr="Première",
        body_fr=f'<p><a href="{reference(other)}">ici</a>, <a href="#q1">là</a>, '
        '<a href="https://example.org/">ailleurs</a></p>',
    )

    number = titles(client, ALL_FR).index("Première")

    assert content(client, ALL_FR, number).xpath("//a/@href") == [
        f"{HOST}/fr/bulletins/autre/",
        f"{HOST}/fr/bulletins/premiere/#q1",
        "https://example.org/",
    ]


def test_a_text_is_set_as_on_its_page(client):
    factories.live_french(title_fr="On ouvre !", body_fr="<p>« Venez ! »</p>")

    [entry] = read(client, ALL_FR).entries

    assert entry.title == "On ouvre\u202f!"
    assert content(client, ALL_FR).text_content().strip() == "«\u00a0Venez\u202f!\u00a0»"


def test_a_call_out_says_first_when_and_where_it_is(client):
    factories.identity(second_time_zone="Europe/London")
    factories.live(
        kind=Kind.CALLOUT,
        starts_at=datetime(2026, 12, 2, 7, 0, tzinfo=UTC),
        ends_at=datetime(2026, 12, 2, 11, 30, tzinfo=UTC),
        place_en="At the quay",
    )

    found = content(client)

    assert [" ".join(line.text_content().split()) for line in found[0]] == [
        "When",
        "Wednesday 2 December 2026, 08:00–12:30, Paris time (07:00–11:30 London time)",
        "Where",
        "At the quay",
    ]
    assert found[1].xpath(".//@href") == [
        f"{HOST}/en/bulletins/kitchen-opens/event.ics",
        "https://www.openstreetmap.org/search?query=At+the+quay",
    ]
    assert found[-1].text_content() == "We open the kitchen."


def test_a_call_out_without_a_date_says_so(client):
    factories.live(kind=Kind.CALLOUT, place_fr="Sur le quai")

    assert " ".join(content(client)[0].text_content().split()) == (
        "When No date yet Where Sur le quai in French"
    )


def test_a_cancellation_is_told_again_in_title_and_text(client):
    starts = timezone.now() + timedelta(days=3)
    bulletin = factories.live_pair(kind=Kind.CALLOUT, starts_at=starts, ago=timedelta(days=9))
    factories.live(title_en="Newer")
    before = read(client, ALL_FR).entries[0]

    bulletin.cancelled = True
    bulletin.save()

    found = read(client, ALL)
    assert [entry.title for entry in found.entries] == ["Cancelled: Kitchen opens", "Newer"]
    assert content(client)[0].text_content() == "Cancelled"
    after = read(client, ALL_FR).entries[0]
    assert after.id == before.id
    assert moment(after.updated_parsed) > moment(before.updated_parsed)


def test_a_feed_does_not_change_when_a_call_out_passes(client, monkeypatch):
    factories.live(kind=Kind.CALLOUT, starts_at=timezone.now() + timedelta(hours=1))
    before = client.get(ALL).content

    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert client.get(ALL).content == before


def test_questions_stand_with_their_answers_and_say_if_they_are_in_another_language(client):
    document = factories.live(kind=Kind.FAQ, title_fr="Questions", body_en=None)
    factories.entry(document, position=1, question_fr="Pourquoi ?", answer_fr="<p>Parce que.</p>")
    factories.entry(document, position=2, question_en="Who?", answer_en="<p>Us.</p>")

    found = content(client, ALL_FR)

    headings = [(h.text, h.get("lang")) for h in found.xpath("//h2")]
    assert headings == [("Pourquoi\u202f?", "fr"), ("Who?", "en")]
    marks = [" ".join(p.text_content().split()) for p in found.xpath("//h2[2]/following::p[1]")]
    assert marks == ["en anglais"]
    assert found.xpath("//div[@lang='en']")[0].text_content().strip() == "Us."
    assert "Because" not in client.get(ALL_FR).text


def test_pictures_stand_in_the_text_whole_and_with_their_words(client):
    shown, above, below = picture(), picture(), picture()
    bulletin = factories.live(body_en=f"<p>Before.</p>{in_text(shown)}<p>After.</p>")
    figure(bulletin, shown, place=Place.TEXT, caption_en="On the day")
    figure(bulletin, above, place=Place.LEAD)
    figure(bulletin, below)

    found = content(client)

    addresses = [f"{HOST}/media/{one.key}-960.jpg" for one in (above, shown, below)]
    assert [dict(image.attrib) for image in found.xpath("//img")] == [
        {"alt": "People on a bridge.", "src": address} for address in addresses
    ]
    assert found.xpath("normalize-space(//figcaption)") == "On the day"
    assert found.xpath("//@class | //@srcset | //source") == []


def test_a_picture_that_readers_may_not_see_is_in_no_feed(client):
    shown = picture(Consent.AGREED)
    bulletin = factories.live(body_en=f"<p>Before.</p>{in_text(shown)}<p>After.</p>")
    figure(bulletin, shown, place=Place.TEXT, caption_en="On the day")
    assert shown.key in client.get(ALL).text

    acts.withdraw(shown.pk)

    assert shown.key not in client.get(ALL).text
    assert "On the day" not in client.get(ALL).text


def test_an_outdated_translation_says_so(client):
    bulletin = factories.live_pair()
    bulletin.body_en = "<p>Something else entirely.</p>"
    bulletin.save()

    assert (
        f'href="{HOST}/en/bulletins/kitchen-opens/"'
        in read(client, ALL_FR).entries[0].content[0].value.split("Nous ouvrons")[0]
    )


def test_no_text_can_break_a_feed(client, connection_rows):
    bulletin = factories.live(
        title_en="]]> & <b>1 < 2</b> 🚢 \u202eمرحبا",
        body_en="<p>]]&gt; &amp; &lt;script&gt; 🚢 مرحبا</p>",
        summary_en="Line\u2028separated",
    )
    # As an importer of another time, or a backup, may have left them.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bulletins_bulletin SET title_en = title_en || %s, body_en = body_en || %s",
            ["\x0b\x1f\ufffe\uffff", "<p>\x08\ufffe!</p>"],
        )

    [entry] = read(client, ALL).entries

    assert entry.title == "]]> & <b>1 < 2</b> 🚢 \u202eمرحبا"
    assert content(client).xpath("string(//p[2])") == "]]> & <script> 🚢 مرحبا"
    assert content(client).xpath("string(//p[3])") == "!"
    assert entry.id == uuid5(bulletin.uid, "en").urn


def test_what_the_rows_do_not_hold_is_in_no_feed_whatever_is_known_of_its_sides(client):
    factories.live_pair()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bulletins_bulletin SET title_fr = NULL, slug_fr = NULL, body_fr = NULL"
        )

    assert titles(client, ALL_FR) == []


# What it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_that_of_entries(
    client, django_assert_num_queries, number
):
    factories.identity()
    topic = factories.topic()
    began = factories.live_pair(title_en="Beginning", title_fr="Début", kind=Kind.CALLOUT)
    for place in range(number):
        faq = factories.faq(title_en=f"Questions {place}", follows=began)
        faq.body_en = f'<p><a href="{reference(began)}">here</a></p>'
        faq.save()
        faq.topics.add(topic)
        figure(faq, picture())

    # Site and menu; sides, bulletins, topics, pictures, what they follow, questions, links.
    with django_assert_num_queries(8):
        client.get("/en/feeds/faq.atom")
    # And the topic itself, or the whole thread.
    with django_assert_num_queries(9):
        client.get(f"/en/feeds/topics/{topic.pk}.atom")
    with django_assert_num_queries(9):
        client.get(f"/en/feeds/threads/{began.pk}.atom")
