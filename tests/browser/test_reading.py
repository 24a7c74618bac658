"""Reading by keyboard, in large type, on paper, in French; and giving money without a slip."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from .looking import cut_off, sticking_out

pytestmark = pytest.mark.browser

IBAN = "FR1420041010050500013M02606"
# EPC069-12, section 2.2: what the code of the sample's account says; version 002, no amount.
PAYLOAD = f"BCD\n002\n1\nSCT\nCMRSFRP0\nQuai Ouvert\n{IBAN}\n\n\n\nDon Quai Ouvert"
BACKGROUND = "one => getComputedStyle(one).backgroundColor"
FOCUS = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    return {
        name: one.textContent.trim().slice(0, 40),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        box: one.getBoundingClientRect().toJSON(),
        isBody: one === document.body,
    };
}"""


@pytest.fixture
def page(site, new_context, watch):
    return watch.on(new_context(base_url=site.url, locale="en")).new_page()


# By keyboard -------------------------------------------------------------------------------------


def test_the_first_key_offers_to_skip_to_the_text(page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the text")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "list", "donate", "links", "login"])
def test_the_focus_is_always_seen(page, site, kind, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site.path(kind, "en"))
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["isBody"]:
            break
        stops.append(stop)

    assert len(stops) > 8
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    # WCAG 2.2 SC 2.4.11: nothing covers what has the focus, and it is in the window.
    height = page.viewport_size["height"]
    hidden = [s["name"] for s in stops if s["box"]["bottom"] <= 0 or s["box"]["top"] >= height]
    assert hidden == []


def test_the_other_language_is_within_a_few_keys(page, site):
    page.goto(site.path("update", "en"))
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hreflang") == "fr":
            break
    page.keyboard.press("Enter")

    expect(page).to_have_url(site.url + site.path("update", "fr"))


# In large type, and on paper ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["home", "callout-upcoming", "donate"])
def test_text_twice_as_large_is_not_cut_off(page, site, kind):
    # WCAG 2.2 SC 1.4.4, for those who enlarge the type and not the page: a page enlarged to 200 %
    # is one of 320 pixels, which test_axe.py looks at.
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(site.path(kind, "fr"))
    page.evaluate("document.documentElement.style.fontSize = '36px'")

    assert sticking_out(page) == []
    assert cut_off(page) == []


def test_on_paper_there_is_text_and_no_flood_of_ink(page):
    page.goto("/en/")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".masthead-top").evaluate(BACKGROUND) == "rgba(0, 0, 0, 0)"
    assert page.locator("html").evaluate(BACKGROUND) == "rgb(255, 255, 255)"
    for gone in (".menu", ".switcher", ".onward"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".masthead-name")).to_be_visible()
    expect(page.locator(".colophon-street bdi")).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("callout-upcoming", [".event-ways", ".colophon-ways"]),
        ("thread-last", [".thread-whole"]),
        ("calendar", [".margin", ".colophon-ways"]),
        ("search-none", [".search-form", ".search-filters", ".ways-on"]),
    ],
)
def test_on_paper_there_is_nothing_to_press(page, site, kind, gone):
    page.goto(site.path(kind, "en"))
    for selector in gone:
        expect(page.locator(selector).first).to_be_visible()
    page.emulate_media(media="print")

    for selector in gone:
        expect(page.locator(selector).first).to_be_hidden()


# Giving ------------------------------------------------------------------------------------------


def test_the_copy_button_copies_the_number_without_spaces_and_says_so(page, site, watch):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page.goto(site.path("donate", "en"))
    page.get_by_role("button", name="Copy IBAN").first.click()

    expect(page.get_by_role("status").last).to_have_text("IBAN: Copied")
    assert page.evaluate("navigator.clipboard.readText()") == IBAN
    assert watch.errors == []


def test_where_the_clipboard_is_closed_the_number_is_selected_instead(page, site):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(site.path("donate", "en"))
    page.get_by_role("button", name="Copy IBAN").first.click()

    expect(page.get_by_role("status").last).to_have_text("IBAN: Selected: now copy it")
    assert page.evaluate("getSelection().toString()").replace(" ", "") == IBAN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_square_code_on_the_screen_says_what_stands_beside_it(page, site, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(site.path("donate", "en"))
    picture = page.locator(".qr img").screenshot()

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [code.text for code in found] == [PAYLOAD]


# In French ---------------------------------------------------------------------------------------


def test_french_punctuation_keeps_to_its_word(page, site):
    page.goto(site.path("faq", "fr"))
    questions = page.locator(".faq-entry h3").all_inner_texts()
    french = [question for question in questions if question.startswith(("Ê", "Puis", "J’"))]

    assert len(french) == 4
    assert all(question.endswith("\u202f?") for question in french)


def test_the_door_wears_the_collectives_name(page, site):
    page.goto(site.path("login", "en"))

    expect(page.locator(".masthead-name")).to_have_text("Quai Ouvert")
    expect(page).to_have_title("Log in · Quai Ouvert")
