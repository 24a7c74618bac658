"""Every kind of page: WCAG 2.2 AA by axe, light and dark, in each language, and 320 pixels wide."""

from __future__ import annotations

import pytest

from .looking import EDITORS, NARROW, READERS, WIDE, cut_off, sticking_out, violations

pytestmark = pytest.mark.browser

# Crosswise: each language in both schemes and at both widths, each pair of them once.
LOOKS = {"en": (("light", WIDE), ("dark", NARROW)), "fr": (("light", NARROW), ("dark", WIDE))}

EDITORS_ARE_UP = """() =>
    document.querySelectorAll("textarea[data-django-prose-editor-configurable]:not([name*=__prefix__])")
        .length === document.querySelectorAll(".ProseMirror").length
"""


@pytest.mark.parametrize("kind", READERS)
def test_a_readers_page_is_accessible(kind, site, new_context):
    found = []
    for language in LOOKS:
        page = new_context(base_url=site.url, locale=language, viewport=WIDE).new_page()
        response = page.goto(site.path(kind, language))
        assert response.status == READERS[kind]
        assert page.locator("html").get_attribute("lang") == language
        found += problems(page, language)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", EDITORS)
def test_an_editors_page_is_accessible(kind, site, working, new_context):
    found = []
    for language in LOOKS:
        context = new_context(
            base_url=site.url, locale=language, viewport=WIDE, storage_state=working[language]
        )
        page = context.new_page()
        response = page.goto(site.world["admin"][kind])
        assert response.status == 200
        page.wait_for_function(EDITORS_ARE_UP)
        found += problems(page, language)

    assert not found, "\n".join(found)


def problems(page, language: str) -> list[str]:
    """What is wrong with an open page, in words: one line for each place."""
    found = []
    for scheme, size in LOOKS[language]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        where = f"{language}, {scheme}, {size['width']} px"
        found += [f"{where}: {line}" for line in violations(page)]
        found += [f"{where}, too wide: {line}" for line in sticking_out(page)]
        found += [f"{where}, cut off: {line}" for line in cut_off(page)]
    return found
