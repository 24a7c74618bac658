"""Looking for a text: by keyboard, without scripts, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .looking import NARROW, WIDE

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.closest('.search-filters') !== null"


@pytest.fixture
def reader(site, new_context):
    """A page without scripts, as large as is asked for."""

    def opened(size, **about):
        about = {"locale": "en", "java_script_enabled": False, **about}
        return new_context(base_url=site.url, viewport=size, **about).new_page()

    return opened


def test_a_reader_finds_a_text_without_scripts_and_without_a_mouse(reader):
    page = reader(WIDE)
    page.goto("/en/")
    page.get_by_role("link", name="Search").first.focus()
    page.keyboard.press("Enter")
    # The field has the focus: that is what the page is for.
    page.get_by_role("searchbox", name="What are you looking for?").press_sequentially("ferries")
    page.keyboard.press("Enter")

    expect(page).to_have_title("“ferries” · Search · Quai Ouvert")
    expect(page.get_by_role("searchbox")).to_have_value("ferries")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("for “ferries”")
    page.get_by_role("link", name="Why the ferries are quiet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why the ferries are quiet")


def test_the_other_language_keeps_the_words(reader):
    page = reader(NARROW)
    page.goto("/en/search/?q=port")
    page.get_by_role("link", name="Français").click()

    expect(page.get_by_role("searchbox")).to_have_value("port")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_on_a_phone_the_filters_are_folded_away_until_one_is_chosen(reader):
    page = reader(NARROW)
    page.goto("/en/search/?q=port")
    updates = page.locator(".search-filters").get_by_role("link", name="Update")
    expect(updates).to_be_hidden()
    before = page.locator(".hits > li").count()

    page.get_by_text("Narrow it down").click()
    updates.click()

    expect(page.locator(".search-filters [aria-current]").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("port")
    assert 0 < page.locator(".hits > li").count() < before
    kinds = set(page.locator(".hits .kicker-kind").all_inner_texts())
    assert {kind.lower() for kind in kinds} == {"update"}


def test_in_the_margin_the_filters_stand_open_also_for_the_keyboard(reader):
    page = reader(WIDE, java_script_enabled=True)
    page.goto("/en/search/?q=port")

    expect(page.get_by_text("Narrow it down")).to_be_hidden()
    expect(page.locator(".search-filters").get_by_role("link", name="Update")).to_be_visible()
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)


def test_what_is_looked_for_in_vain_is_searched_for_in_everything_by_one_link(reader):
    page = reader(WIDE)
    page.goto("/en/search/?q=port&year=1999")
    expect(page.get_by_role("heading", name="Nothing found for “port”")).to_be_visible()

    page.get_by_role("link", name="Search in everything").click()

    assert page.locator(".hits > li").count() > 1


def test_a_wrong_address_is_searched_for_by_one_button(reader):
    page = reader(NARROW)
    page.goto("/en/bulletins/ferries-quiet/")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_role("link", name="Why the ferries are quiet")).to_be_visible()


def test_on_paper_there_are_the_results_and_no_form(reader):
    page = reader(WIDE)
    page.goto("/en/search/?q=port")
    page.emulate_media(media="print")

    expect(page.locator(".hits").first).to_be_visible()
    for gone in (".search-form", ".search-filters", ".colophon-ways"):
        expect(page.locator(gone)).to_be_hidden()
