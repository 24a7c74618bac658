"""What a reader finds at each address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Bulletin, Kind
from tests import factories
from translations.acts import publishing, withdrawing
from translations.references import reference

pytestmark = pytest.mark.django_db

EN = "/en/bulletins/kitchen-opens/"
FR = "/fr/bulletins/la-cuisine-ouvre/"


def titles(response, name="page_obj") -> list[str]:
    return [text.title for text in response.context[name]]


# One bulletin -----------------------------------------------------------------------------------


def test_each_side_stands_at_its_own_address(client):
    factories.live_pair()

    english, french = client.get(EN), client.get(FR)

    assert (english.status_code, french.status_code) == (200, 200)
    assert "We open the kitchen." in english.text
    assert "Nous ouvrons la cuisine." in french.text
    assert "Nous ouvrons" not in english.text


def test_the_slug_of_the_other_side_redirects_to_the_readers_own(client):
    factories.live_pair()

    response = client.get("/fr/bulletins/kitchen-opens/")

    assert (response.status_code, response["Location"]) == (301, FR)


def test_an_old_slug_redirects_in_every_language(client):
    bulletin = factories.live_pair()
    bulletin.slug_en = "soup"
    bulletin.save()

    for language, now in {"en": "/en/bulletins/soup/", "fr": FR}.items():
        response = client.get(f"/{language}/bulletins/kitchen-opens/")
        assert (response.status_code, response["Location"]) == (301, now)


def test_a_missing_side_shows_the_source_under_a_notice_at_the_sources_slug(client):
    factories.live_french()

    response = client.get("/en/bulletins/la-cuisine-ouvre/")

    assert response.status_code == 200
    assert response.context["text"].is_fallback
    assert "This text is not available in English yet." in response.text
    assert '<html lang="en"' in response.text
    assert 'lang="fr" dir="ltr"' in response.text


def test_the_notice_stands_before_the_text(client):
    factories.live_french()

    page = client.get("/en/bulletins/la-cuisine-ouvre/").text.split("<main")[1]

    assert page.index("not available in English") < page.index("Nous ouvrons la cuisine.")


def test_the_notice_is_gone_once_the_side_is_there(client):
    bulletin = factories.live_french()
    bulletin.title_en, bulletin.body_en = "Kitchen opens", "<p>We open the kitchen.</p>"
    bulletin.save()

    response = client.get("/en/bulletins/la-cuisine-ouvre/", follow=True)

    assert response.redirect_chain == [(EN, 301)]
    assert "not available" not in response.text


def test_a_fallback_page_names_only_the_side_that_exists(client):
    factories.live_french()

    context = client.get("/en/bulletins/la-cuisine-ouvre/").context

    # No alternates: the side that exists could not name this address back.
    assert (context["alternates"], context["x_default"]) == ([], None)
    assert context["canonical_url"] == f"http://testserver{FR}"


def test_the_switcher_leads_to_the_other_side_and_marks_what_is_missing(client):
    factories.live_french()

    switcher = client.get(FR).context["switcher"]

    assert [(s["code"], s["url"], s["current"], s["missing"]) for s in switcher] == [
        ("en", "/en/bulletins/la-cuisine-ouvre/", False, True),
        ("fr", FR, True, False),
    ]


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=1)])
def test_a_draft_or_a_scheduled_text_is_not_found(client, published_at):
    factories.draft(published_at=published_at)

    response = client.get(EN)

    assert response.status_code == 404
    # The words of the address itself stand in the field of the search.
    page = response.text.replace('value="kitchen opens"', "")
    assert "kitchen" not in page.lower()


def test_what_was_taken_back_says_so_at_every_address_it_had(client):
    bulletin = factories.live_pair()
    bulletin.slug_en = "soup"
    bulletin.save()
    publishing.unpublish(Bulletin, bulletin.pk)

    for path in (EN, "/en/bulletins/soup/", FR, "/fr/bulletins/soup/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "We open the kitchen." not in response.text


def test_a_slug_chosen_after_taking_back_does_not_reveal_the_draft(client):
    bulletin = factories.live()
    publishing.unpublish(Bulletin, bulletin.pk)
    draft = Bulletin.objects.get()
    draft.slug_en = "raid-on-friday"
    draft.save()

    assert client.get("/en/bulletins/raid-on-friday/").status_code == 404


def test_a_side_taken_back_gives_the_fallback_at_its_old_address(client):
    bulletin = factories.live_pair()
    withdrawing.withdraw(Bulletin, bulletin.pk, "fr")

    response = client.get(FR, follow=True)

    assert response.redirect_chain == [("/fr/bulletins/kitchen-opens/", 301)]
    assert "We open the kitchen." in response.text
    assert "Nous ouvrons" not in response.text


def test_a_place_in_another_language_is_marked(client):
    factories.live_pair(
        kind=Kind.CALLOUT,
        starts_at=timezone.now() + timedelta(days=2),
        place_fr="Place de la Criée",
    )

    assert '<span lang="fr" dir="ltr">Place de la Criée</span>' in client.get(EN).text


# The list ---------------------------------------------------------------------------------------


def test_the_list_holds_every_live_text_whatever_its_language(client):
    factories.live(title_en="English only", ago=timedelta(hours=3))
    factories.live_french(title_fr="En français", ago=timedelta(hours=2))
    factories.draft(title_en="Draft")

    assert titles(client.get("/en/bulletins/")) == ["En français", "English only"]


def test_the_list_marks_a_text_in_another_language(client):
    factories.live_french()

    page = client.get("/en/bulletins/").text

    assert "in French" in page
    assert 'lang="fr"' in page


def test_the_list_is_filtered_by_kind(client):
    factories.live(title_en="Update")
    factories.live(title_en="Call-out", kind=Kind.CALLOUT)

    assert titles(client.get("/en/bulletins/?kind=callout")) == ["Call-out"]


def test_the_list_is_filtered_by_topic_in_any_language(client):
    housing = factories.topic()
    factories.live(title_en="About housing").topics.add(housing)
    factories.live(title_en="About soup")

    for slug in ("housing", "logement"):
        assert titles(client.get(f"/en/bulletins/?topic={slug}")) == ["About housing"]


def test_a_topic_of_drafts_only_is_not_offered(client):
    factories.draft().topics.add(factories.topic())

    assert client.get("/en/bulletins/").context["topics"] == []
    assert client.get("/en/bulletins/?topic=housing").status_code == 404


@pytest.mark.parametrize("query", ["kind=spam", "topic=spam"])
def test_a_filter_that_means_nothing_is_not_found(client, query):
    assert client.get(f"/en/bulletins/?{query}").status_code == 404


@pytest.mark.parametrize("page", ["0", "99", "x", "1'--"])
def test_a_page_that_is_not_there_shows_one_that_is(client, page):
    factories.live()

    assert client.get("/en/bulletins/", {"page": page}).status_code == 200


def test_the_list_has_twenty_to_a_page_and_keeps_its_filters(client):
    for number in range(21):
        factories.live(title_en=f"Call-out {number}", kind=Kind.CALLOUT)

    first = client.get("/en/bulletins/?kind=callout")

    assert len(titles(first)) == 20
    assert first.context["next_url"] == "/en/bulletins/?kind=callout&page=2"
    assert len(titles(client.get(first.context["next_url"]))) == 1


# Home and FAQ -----------------------------------------------------------------------------------


def test_home_shows_pinned_upcoming_and_latest_each_text_once(client):
    now = timezone.now()
    factories.live(title_en="Pinned", pinned=True)
    factories.live(title_en="Soon", kind=Kind.CALLOUT, starts_at=now + timedelta(days=1))
    factories.live(title_en="Over", kind=Kind.CALLOUT, starts_at=now - timedelta(days=3))
    factories.live(title_en="News", ago=timedelta(minutes=5))
    factories.draft(title_en="Draft", pinned=True)

    response = client.get("/en/")

    assert titles(response, "pinned") == ["Pinned"]
    assert titles(response, "upcoming") == ["Soon"]
    assert titles(response, "latest") == ["News", "Over"]


def test_home_without_anything_is_a_kind_page(client):
    assert client.get("/fr/").status_code == 200


def test_the_faq_gathers_live_questions_with_their_anchors(client):
    faq = factories.faq(entries=2)
    draft = factories.draft(kind=Kind.FAQ, title_en="Secret questions")
    factories.entry(draft, question_en="Where do we meet?")

    page = client.get("/en/faq/").text

    for entry in faq.entries.all():
        assert f'id="{entry.anchor}"' in page
    assert "Where do we meet?" not in page


def test_an_answers_link_is_the_whole_way_to_it_on_either_page(client):
    faq = factories.faq(entries=1)
    anchor = faq.entries.get().anchor

    for path in ("/en/faq/", "/fr/faq/", "/en/bulletins/common-questions/"):
        assert f'<a href="{path}#{anchor}"' in client.get(path).text


def test_several_sets_of_questions_have_one_contents_above_them_all(client):
    first, second = factories.faq(entries=2), factories.faq(entries=1, title_en="Rare questions")
    factories.faq(entries=0, title_en="No questions", body_en="<p>Just a text.</p>")
    empty = re.compile(r"<ol[^>]*>\s*</ol>")

    contents, *sections = client.get("/en/faq/").text.split('<section class="margin-layout faq"')

    for document in (first, second):
        assert f'<a href="#faq-{document.pk}">{document.title_en}</a>' in contents
        for entry in document.entries.all():
            assert f'<a href="#{entry.anchor}"' in contents
    assert not any("contents-list" in section for section in sections)
    assert not empty.search(contents)


def test_one_set_of_questions_has_its_contents_beside_its_name(client):
    factories.faq(entries=2)

    contents, section = client.get("/en/faq/").text.split('<section class="margin-layout faq"')

    assert "contents-list" not in contents
    assert section.count("contents-list") == 1


def test_an_entry_that_is_not_translated_stands_on_the_other_side_marked(client):
    faq = factories.faq(entries=1, title_fr="Questions courantes")

    response = client.get("/fr/bulletins/questions-courantes/")

    [entry] = response.context["entries"]
    assert (entry.lang, entry.anchor) == ("en", faq.entries.get().anchor)


@pytest.mark.parametrize("path", ["/fr/bulletins/questions-courantes/", "/fr/faq/"])
def test_a_list_of_questions_marks_those_in_another_language(client, path):
    faq = factories.faq(entries=0, title_fr="Questions courantes")
    factories.entry(faq, question_en="Tents?")
    factories.entry(faq, question_fr="Des tentes ?", answer_fr="<p>Non.</p>")

    contents = client.get(path).text.split('<ol class="contents-list">')[1].split("</ol>")[0]

    items = contents.split("</li>")[:2]
    assert [("Tents?" in item, "language-mark" in item) for item in items] == [
        (True, True),
        (False, False),
    ]


# What it costs ----------------------------------------------------------------------------------


def _bulletins(number: int):
    """That many of everything, each with a topic and with links to a page and to a bulletin."""
    page, other = factories.page(), factories.live(title_en="Linked to")
    body = f'<p><a href="{reference(page)}">a</a> <a href="{reference(other)}">b</a></p>'
    factories.identity(contact_en=f'<p><a href="{reference(page)}">c</a></p>')
    for index in range(number):
        bulletin = factories.live_pair(title_en=f"Text {index}", body_en=body)
        bulletin.topics.add(factories.topic(name_en=f"Topic {index}", name_fr=f"Thème {index}"))
        coming = timezone.now() + timedelta(days=1)
        factories.live(title_en=f"Call {index}", kind=Kind.CALLOUT, starts_at=coming)
        faq = factories.faq(entries=number, title_en=f"Questions {index}")
        factories.entry(faq, answer_en=body)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/", 6),
        ("/fr/", 6),
        ("/en/bulletins/", 7),
        ("/fr/bulletins/", 7),
        ("/en/bulletins/text-0/", 7),
        ("/en/bulletins/questions-0/", 8),
        ("/en/faq/", 6),
        ("/en/pages/about-us/", 4),
    ],
)
def test_a_page_costs_the_same_for_one_and_for_three(
    client, django_assert_num_queries, number, path, queries
):
    _bulletins(number)

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/en/", "/fr/bulletins/", "/en/bulletins/?kind=update"])
def test_lists_never_read_a_body(client, django_assert_max_num_queries, path):
    _bulletins(1)

    with django_assert_max_num_queries(7) as captured:
        client.get(path)

    assert [q["sql"] for q in captured if '"bulletins_bulletin"."body' in q["sql"]] == []


@pytest.mark.parametrize("path", ["/en/", "/en/bulletins/", EN, "/en/faq/", "/en/nothing/"])
def test_a_reader_gets_no_cookie_and_the_same_bytes_as_everybody(client, admin_client, path):
    factories.live()

    anonymous, known = client.get(path), admin_client.get(path)

    assert anonymous.content == known.content
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")
