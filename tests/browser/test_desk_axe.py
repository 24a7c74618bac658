"""The translators' desk: WCAG 2.2 AA by axe, in both languages of the interface, on a wide and on a
phone's screen, light and dark; with an editor open where one writes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .looking import WIDE, cut_off, sticking_out, violations

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 740}
# Crosswise, as on the other pages: each pair of language, scheme and size once.
LOOKS = {"en": (("light", WIDE), ("dark", PHONE)), "fr": (("light", PHONE), ("dark", WIDE))}
KINDS = (
    *("board", "glossary", "desk-new", "desk-outdated"),
    *("review", "preview", "versions"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_translators_page_is_accessible(kind, site, working, new_context, watch):
    found = []
    for language, looks in LOOKS.items():
        context = new_context(
            base_url=site.url, locale=language, viewport=WIDE, storage_state=working[language]
        )
        page = watch.on(context).new_page()
        assert page.goto(site.world["desk"][kind]).status == 200
        assert page.locator("html").get_attribute("lang") == language
        if kind.startswith("desk"):
            write_somewhere(page)
        for scheme, size in looks:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            # The bar sticks to the screen's edge: at the page's end it covers no half of a button.
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            where = f"{language}, {scheme}, {size['width']} px"
            problems = [*violations(page), *sticking_out(page), *cut_off(page)]
            found += [f"{where}: {problem}" for problem in problems]

    assert not found, "\n".join(found)
    assert watch.errors == []


def write_somewhere(page):
    """An editor is open, and what stands beside its row has arrived."""
    page.locator(".cell[tabindex]").nth(2).click()
    expect(page.locator(".ProseMirror")).to_be_focused()
    expect(page.locator(".row.is-current .suggestions > *").first).to_be_visible()
