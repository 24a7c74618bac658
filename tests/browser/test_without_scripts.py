"""The readers' site with scripts switched off: all that can be read or chosen still works."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, new_context):
    return new_context(base_url=site.url, locale="en", java_script_enabled=False).new_page()


def test_the_front_door_leads_to_the_readers_language(site, new_context):
    for locale, language in (("en-GB", "en"), ("fr-CA", "fr"), ("de", "en")):
        page = new_context(base_url=site.url, locale=locale, java_script_enabled=False).new_page()
        page.goto("/")
        expect(page).to_have_url(f"{site.url}/{language}/")


def test_a_reader_gets_from_the_front_page_to_a_bulletin_and_to_its_other_side(page, site):
    page.goto("/en/")
    page.get_by_role("link", name="People live in the Voilerie").click()
    expect(page.locator("article")).to_have_attribute("lang", "en")

    page.locator(".switcher").get_by_role("link", name="Français").click()

    expect(page).to_have_url(site.url + site.path("update", "fr"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "La Voilerie est habitée, et le restera"
    )


def test_bulletins_are_chosen_by_kind_and_topic(page):
    page.goto("/en/bulletins/")
    everything = page.locator(".card").count()

    page.locator(".filters").first.get_by_role("link", name="Call-outs").click()
    expect(page).to_have_url(re.compile(r"\?kind=callout$"))
    callouts = page.locator(".card").count()
    page.locator(".filters").nth(1).get_by_role("link", name="Housing").click()
    expect(page).to_have_url(re.compile(r"\?kind=callout&topic=.+"))
    about = page.locator(".card").count()

    assert everything > callouts > about > 0
    expect(page.locator(".filters [aria-current]")).to_have_count(2)


def test_a_feed_is_found_from_any_page_and_read_by_whoever_opens_it(page):
    page.goto("/en/donate/")
    page.get_by_role("link", name="Feeds").click()

    address = page.locator("section[lang=en] bdi").first
    expect(address).to_have_text(re.compile(r"^http://.*/en/feeds/all\.atom$"))
    response = page.request.get(address.text_content())
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert b"Voilerie" in response.body()


def test_every_question_stands_at_its_anchor(page):
    for address in ("/en/faq/", None):
        if address:
            page.goto(address)
        else:
            page.locator(".faq h2 a").first.click()
        link = page.locator(".contents-list a").last
        question = link.inner_text()
        link.click()
        entry = page.locator(".faq-entry:target")
        expect(entry.locator("h2, h3")).to_have_text(question)
        expect(entry.locator("h2, h3")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("answer", "currency"), [("The euro area", "euros"), ("The United Kingdom", "sterling")]
)
def test_where_are_you_paying_from_is_answered(page, answer, currency):
    page.goto("/en/donate/")
    page.get_by_role("link", name=answer).click()

    account = page.locator(".account:target")
    expect(account.get_by_role("heading", name=f"Account in {currency}")).to_be_in_viewport()
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_numbers_of_an_account_can_be_read_and_its_code_scanned(page):
    page.goto("/en/donate/")

    expect(page.get_by_text("FR14 2004 1010 0505 0001 3M02 606")).to_be_visible()
    expect(page.get_by_text("60-16-13")).to_be_visible()
    image = page.get_by_role("img", name=re.compile("holder, IBAN, BIC and reference"))
    expect(image).to_have_count(1)
    assert page.request.get(image.get_attribute("src")).headers["content-type"] == "image/png"


def test_groups_are_chosen_by_language_and_country(page):
    page.goto("/en/links/")
    everything = page.locator(".group").count()

    page.get_by_label("Language spoken").select_option(label="Arabic")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("language=ar"))
    expect(page.get_by_label("Language spoken")).to_have_value("ar")
    assert 0 < page.locator(".group").count() < everything
    assert all("Arabic" in facts for facts in page.locator(".group-facts").all_inner_texts())

    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".group")).to_have_count(everything)


@pytest.mark.django_db(transaction=True)
def test_older_bulletins_are_pages_away(new_context, live_server):
    for number in range(1, 26):
        factories.live(title_en=f"Bulletin {number}", ago=timedelta(days=number))
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto("/en/bulletins/")
    expect(page.locator(".card")).to_have_count(20)

    page.get_by_role("link", name="Older").click()
    expect(page.locator(".card-title")).to_have_text([f"Bulletin {n}" for n in range(21, 26)])

    page.get_by_role("link", name="Newer").click()
    expect(page.locator(".card-title").first).to_have_text("Bulletin 1")
