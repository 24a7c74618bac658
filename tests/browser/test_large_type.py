"""The text twice as large on the narrowest screen: WCAG 2.2 SC 1.4.4 and 1.4.10 together."""

from __future__ import annotations

import pytest

from .looking import LANGUAGES, NARROW, cut_off, sticking_out

pytestmark = pytest.mark.browser

KINDS = (
    *("archive", "archive-year", "archive-month", "thread", "thread-first", "thread-last"),
    *("search", "search-hits", "search-none", "calendar", "calendar-month"),
    *("callout-upcoming", "callout-past", "callout-cancelled"),
    *("home", "update", "faq", "links-filtered", "set-password", "gone"),
)
# What is too wide for its box runs over what stands beside it, also where no page gets wider.
RUN_OVER = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.clientWidth > 1 && getComputedStyle(one).display !== "inline")
    .filter((one) => getComputedStyle(one).overflowX === "visible")
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.scrollWidth} in ${one.clientWidth}: ${one.outerHTML.slice(0, 90)}`)
"""


@pytest.fixture
def narrow(site, new_context):
    """Opens a page of a kind with its text so many times as large."""

    def opened(kind: str, language: str, times: int = 1):
        page = new_context(base_url=site.url, locale=language, viewport=NARROW).new_page()
        page.goto(site.path(kind, language))
        # As in a browser whose text is 32 pixels high: the leaflet's is an eighth more.
        page.evaluate("times => document.documentElement.style.fontSize = `${18 * times}px`", times)
        return page

    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_large_text_stays_in_a_narrow_page(narrow, kind):
    found = []
    for language in LANGUAGES:
        page = narrow(kind, language, times=2)
        for look in (sticking_out, cut_off, lambda page: page.evaluate(RUN_OVER)):
            found += [f"{language}: {line}" for line in look(page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("times", [1, 2])
def test_no_word_of_a_list_is_broken_up(narrow, times):
    """Where the date leaves too little of a line, the title has the next one for itself."""
    page = narrow("archive-month", "fr", times)

    widths = page.locator(".index-item p").evaluate_all("all => all.map((one) => one.clientWidth)")

    assert min(widths) >= 160


@pytest.mark.parametrize("times", [1, 2])
def test_the_field_of_the_search_keeps_room_for_words(narrow, times):
    page = narrow("search", "fr", times)

    assert page.get_by_role("searchbox").bounding_box()["width"] >= 140


def test_the_numbers_of_the_archive_say_what_they_count_where_there_are_no_columns(narrow):
    page = narrow("archive", "en", times=2)

    names = (
        page.locator(".counts tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map((one) => getComputedStyle(one, '::before').content)")
    )

    assert names == ['"In all "', '"English "', '"French "']


def test_the_search_takes_no_line_of_the_menu_and_keeps_its_name(site, new_context):
    for width in (360, 375):
        viewport = {"width": width, "height": 640}
        page = new_context(base_url=site.url, locale="fr", viewport=viewport).new_page()
        page.goto(site.path("archive", "fr"))
        page.evaluate("document.fonts.ready")
        menu = page.get_by_role("navigation", name="Menu")
        boxes = [link.bounding_box() for link in menu.get_by_role("link").all()]
        search = menu.get_by_role("link", name="Chercher", exact=True).bounding_box()

        assert len({round(box["y"]) for box in boxes}) == 2
        # WCAG 2.2 SC 2.5.8
        assert min(search["width"], search["height"]) >= 24
        assert search["x"] + search["width"] <= width
