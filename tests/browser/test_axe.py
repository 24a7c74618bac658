"""Every kind of page: WCAG 2.2 AA by axe, light and dark, in each language, and 320 pixels wide."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fr")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1280, "height": 900}
# WCAG 2.2 SC 1.4.10: the width at which nothing may need a second direction of scrolling.
NARROW = {"width": 320, "height": 640}
# Crosswise: each language in both schemes and at both widths, each pair of them once.
LOOKS = {"en": (("light", WIDE), ("dark", NARROW)), "fr": (("light", NARROW), ("dark", WIDE))}
READERS = {
    **dict.fromkeys(("home", "list", "list-filtered", "update"), 200),
    **dict.fromkeys(
        ("callout-upcoming", "callout-past", "callout-cancelled", "callout-undated"), 200
    ),
    **dict.fromkeys(("faq-bulletin", "english-only", "french-only", "faq", "donate"), 200),
    **dict.fromkeys(("links", "links-filtered", "page", "login", "set-password"), 200),
    "not-found": 404,
    "gone": 410,
}
EDITORS = (
    *("index", "list", "new", "form", "form-faq", "history", "take-back", "preview"),
    *("people", "person", "link", "accounts", "groups", "identity"),
)


@pytest.mark.parametrize("kind", READERS)
def test_a_readers_page_is_accessible(kind, site, new_context):
    found = []
    for language in LANGUAGES:
        page = new_context(base_url=site.url, locale=language, viewport=WIDE).new_page()
        response = page.goto(site.path(kind, language))
        assert response.status == READERS[kind]
        assert page.locator("html").get_attribute("lang") == language
        found += problems(page, language)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", EDITORS)
def test_an_editors_page_is_accessible(kind, site, working, new_context):
    found = []
    for language in LANGUAGES:
        context = new_context(
            base_url=site.url, locale=language, viewport=WIDE, storage_state=working[language]
        )
        page = context.new_page()
        response = page.goto(site.world["admin"][kind])
        assert response.status == 200
        page.wait_for_load_state("networkidle")
        found += problems(page, language)

    assert not found, "\n".join(found)


def problems(page, language: str) -> list[str]:
    """What is wrong with an open page, in words: one line for each place."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, size in LOOKS[language]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        where = f"{language}, {scheme}, {size['width']} px"
        found += [f"{where}: {line}" for line in violations(page)]
        found += [f"{where}: {line}" for line in sticking_out(page)]
    return found


def violations(page) -> list[str]:
    """axe's findings with the tags of WCAG 2.2 AA, nothing excluded."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {node['html'][:160]} – {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


def sticking_out(page) -> list[str]:
    """What makes a page scroll sideways, or nothing."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const wide = [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
                .map((one) => one.outerHTML.slice(0, 90));
            return [`${root.scrollWidth} wide at ${root.clientWidth}`, ...wide.slice(0, 4)];
        }"""
    )
