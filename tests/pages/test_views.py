"""Standing pages, and the frame that every page stands in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.models import Identity, MenuEntry, Page
from tests import factories
from tests.forms import post
from translations.acts import publishing

pytestmark = pytest.mark.django_db

PAIR = {"title_fr": "Qui nous sommes", "body_fr": "<p>Nous.</p>"}


def menu(client, path="/en/") -> list[tuple]:
    return [(m["label"], m["url"], m["lang"]) for m in client.get(path).context["menu"]]


def test_a_page_stands_in_both_languages(client):
    factories.page(**PAIR)

    assert "Who we are." in client.get("/en/pages/about-us/").text
    assert "Nous." in client.get("/fr/pages/qui-nous-sommes/").text


def test_a_page_in_one_language_is_shown_under_a_notice(client):
    factories.page()

    response = client.get("/fr/pages/about-us/")

    assert response.context["text"].is_fallback
    assert "Who we are." in response.text


def test_a_draft_page_is_not_found(client):
    factories.page(published_at=None)

    assert client.get("/en/pages/about-us/").status_code == 404


def test_a_page_taken_back_says_so(client):
    publishing.unpublish(Page, factories.page().pk)

    assert client.get("/en/pages/about-us/").status_code == 410


def test_a_bulletin_is_not_found_among_the_pages(client):
    factories.live()

    assert client.get("/en/pages/kitchen-opens/").status_code == 404


def test_a_site_without_a_name_shows_all_its_parts(client):
    assert [label for label, _url, _lang in menu(client)] == [
        "Bulletins",
        "Calendar",
        "Archive",
        "Questions",
        "Links",
        "Donate",
    ]


def test_the_menu_shows_chosen_parts_and_live_pages_in_order(client):
    site = Identity.objects.create(name_en="Quai Ouvert")
    page, draft = factories.page(**PAIR), factories.page(title_en="Secret", published_at=None)
    MenuEntry.objects.create(identity=site, position=2, part=MenuEntry.Part.DONATE)
    MenuEntry.objects.create(identity=site, position=1, page=page)
    MenuEntry.objects.create(identity=site, position=3, page=draft)

    assert menu(client) == [
        ("About us", "/en/pages/about-us/", None),
        ("Donate", "/en/donate/", None),
    ]


def test_a_page_of_the_menu_in_another_language_says_which(client):
    site = Identity.objects.create(name_en="Quai Ouvert")
    MenuEntry.objects.create(identity=site, position=1, page=factories.page())

    assert menu(client, "/fr/") == [("About us", "/fr/pages/about-us/", "en")]


def test_the_site_speaks_the_readers_language(client):
    factories.identity(name_fr="Quai Ouvert", tagline_en="News", tagline_fr="Nouvelles")

    assert client.get("/fr/").context["site"].tagline == "Nouvelles"


def test_times_are_shown_in_the_sites_own_zone(client):
    factories.identity(default_time_zone="Pacific/Auckland")
    late = timezone.now().replace(year=2026, month=3, day=1, hour=23, minute=0)
    bulletin = factories.live()
    bulletin.published_at = late
    bulletin.save()

    assert "2 March 2026" in client.get("/en/bulletins/kitchen-opens/").text


def test_an_error_page_has_no_other_side(client):
    context = client.get("/fr/pages/nothing/").context

    assert (context["alternates"], context["canonical_url"]) == ([], None)
    assert [entry["url"] for entry in context["switcher"]] == ["/en/", "/fr/"]


def test_alternates_are_absolute_on_the_public_address(client, settings):
    settings.SITE_URL = "https://tract.example.org"
    factories.page()

    context = client.get("/en/pages/about-us/").context

    assert context["alternates"] == [
        {"lang": "en", "url": "https://tract.example.org/en/pages/about-us/"}
    ]


# The admin --------------------------------------------------------------------------------------


def test_the_identity_is_reached_without_a_list(admin_client):
    empty = admin_client.get("/admin/pages/identity/")
    site = factories.identity()
    there = admin_client.get("/admin/pages/identity/")

    assert empty["Location"] == "/admin/pages/identity/add/"
    assert there["Location"] == f"/admin/pages/identity/{site.pk}/change/"


def test_there_is_one_identity(admin_client):
    factories.identity()

    assert admin_client.get("/admin/pages/identity/add/").status_code == 403


def test_the_identity_cannot_lose_its_name(admin_client):
    site = factories.identity()
    page = admin_client.get(reverse("admin:pages_identity_change", args=[site.pk]))

    response = post(admin_client, page, "identity_form", name_en="")

    assert list(response.context["adminform"].form.errors) == ["name_en"]
    assert Identity.objects.get().name_en == "Quai Ouvert"


def test_a_menu_entry_that_leads_nowhere_is_refused_in_words(admin_client):
    site = factories.identity()
    page = admin_client.get(reverse("admin:pages_identity_change", args=[site.pk]))
    last = {"menu-4-position": "9", "menu-4-part": "", "menu-4-page": ""}

    response = post(admin_client, page, "identity_form", **last)

    assert "Choose either a part of the site or a page." in response.text


def test_a_page_is_written_previewed_and_published(admin_client, client):
    form = admin_client.get("/admin/pages/page/add/")
    post(admin_client, form, "page_form", title_en="Contact", body_en="<p>Write.</p>")
    page = Page.objects.get()

    preview = admin_client.get(reverse("admin:pages_page_preview", args=[page.pk, "en"]))
    change = admin_client.get(reverse("admin:pages_page_change", args=[page.pk]))
    post(admin_client, change, "page_form", button="_publish")

    assert "Write." in preview.text
    assert Page.objects.get().published_at > timezone.now() - timedelta(minutes=1)


def test_a_topic_may_be_renamed_and_is_found_by_its_old_name(admin_client, client):
    topic = factories.topic()
    factories.live().topics.add(topic)
    topic.name_en, topic.slug_en = "Homes", "homes"
    topic.save()

    assert client.get("/en/bulletins/?topic=homes").status_code == 200
