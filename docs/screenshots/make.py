"""Remake the pictures of the README and of the docs, from the sample content.

    ./run install tests
    .venv/bin/python docs/screenshots/make.py                # docs/images/*.png
    .venv/bin/python docs/screenshots/make.py --all FOLDER   # every page, to be looked at

Serves a new site from a temporary folder on a free port; nothing of yours is touched. Needs
chromium (apt install chromium). `--all` takes every kind of page at two widths, light and dark, in
English and French; `--only NAME` takes those whose name holds NAME.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.browser.serving import Site, served  # noqa: E402

IMAGES = ROOT / "docs" / "images"
LANGUAGES, SCHEMES = ("en", "fr"), ("light", "dark")
WIDTHS = {375: 760, 1280: 860}
COLOURS = 96
LARGEST = 150_000
# The pictures of the README and the docs: name → (page, language, scheme, width).
NAMED = {
    "front-page": ("home", "en", "light", 1280),
    "front-page-phone": ("home", "fr", "dark", 375),
    "call-out-phone": ("callout-upcoming", "fr", "light", 375),
    "fallback-phone": ("french-only", "en", "light", 375),
    "donate": ("donate", "en", "light", 1280),
    "search": ("search-hits", "en", "light", 1280),
    "calendar": ("calendar", "en", "light", 1280),
    "archive": ("archive", "en", "light", 1280),
    "admin-form": ("admin-form", "en", "light", 1280),
    "admin-list": ("admin-list", "fr", "light", 1280),
    "admin-history": ("admin-history", "en", "light", 1280),
    "board": ("board", "en", "light", 1280),
    "board-fr": ("board", "fr", "light", 1280),
    "desk": ("desk-outdated", "en", "light", 1280),
    "desk-fr": ("desk-outdated", "fr", "light", 1280),
    "desk-phone": ("desk-outdated", "en", "light", 375),
    "review": ("review", "en", "light", 1280),
    "review-fr": ("review", "fr", "light", 1280),
}
# What a picture begins with, where that is not the head of the page.
FROM = {
    "admin-form": ".module.side",
    "desk": ".row-changed[data-rich]",
    "desk-fr": ".row-changed[data-rich]",
    "desk-phone": "#desk-form",
}
# The cell that somebody writes in.
OPEN = {name: f"{FROM[name]} .cell" for name in ("desk", "desk-fr")}
# What a translator sees, who may not publish; everything else inside is seen by an administrator.
FOR_TRANSLATORS = {"board", "board-fr", "desk", "desk-fr", "desk-phone"}
TRANSLATES = "Translators (English)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="take every page, into FOLDER")
    parser.add_argument("--only", default="", metavar="NAME", help="only pages with NAME in theirs")
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("chromium is not installed: apt install chromium")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if asked.all:
            take_all(browser, site, asked.all, asked.only)
        else:
            take_named(browser, site, asked.only)


def take_named(browser: Browser, site: Site, only: str):
    """The small set: what one sees on opening the page."""
    IMAGES.mkdir(exist_ok=True)
    wanted = [name for name in NAMED if only in name]
    translator = make_translator(browser, site) if FOR_TRANSLATORS.intersection(wanted) else None
    for name in wanted:
        kind, language, scheme, width = NAMED[name]
        person = translator if name in FOR_TRANSLATORS else None
        page = _context(browser, site, kind, language, scheme, width, person).new_page()
        page.goto(address(site, kind, language))
        settle(page)
        if name in OPEN:
            page.locator(OPEN[name]).first.click()
            settle(page)
        if name in FROM:
            # Not scrollIntoView(): it leaves room above, in which half a line would stand.
            to_its_top = (
                "one => scrollBy({top: one.getBoundingClientRect().top, behavior: 'instant'})"
            )
            page.locator(FROM[name]).first.evaluate(to_its_top)
        save(page.screenshot(), IMAGES / f"{name}.png")
        page.context.close()


def make_translator(browser: Browser, site: Site) -> dict:
    """Let the newcomer of the sample world in, as a site does: a role, and a one-time link."""
    person = {"name": "yusra", "password": site.world["people"]["en"]["password"]}
    admin = _context(browser, site, "admin-person", "en", "light", 1280).new_page()
    admin.goto(address(site, "admin-person", "en"))
    admin.get_by_label(TRANSLATES).check()
    with admin.expect_navigation():
        admin.get_by_role("button", name="Save", exact=True).click()
    admin.context.close()
    newcomer = _context(browser, site, "set-password", "en", "light", 1280).new_page()
    newcomer.goto(address(site, "set-password", "en"))
    for field in newcomer.locator("input[type=password]").all():
        field.fill(person["password"])
    with newcomer.expect_navigation():
        newcomer.get_by_role("button", name="Set the password").click()
    newcomer.context.close()
    return person


def take_all(browser: Browser, site: Site, folder: Path, only: str):
    """Every page from head to foot."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [kind for kind in kinds_of(site) if only in kind]
    for kind, language in product(kinds, LANGUAGES):
        page = _context(browser, site, kind, language, "light", 1280).new_page()
        page.goto(address(site, kind, language))
        settle(page)
        for scheme, width in product(SCHEMES, WIDTHS):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            name = f"{kind}-{language}-{scheme}-{width}.png"
            (folder / name).write_bytes(whole(page))
        page.context.close()


def kinds_of(site: Site) -> list[str]:
    return [
        *site.world["pages"],
        *(f"admin-{kind}" for kind in site.world["admin"]),
        *site.world["desk"],
    ]


def address(site: Site, kind: str, language: str) -> str:
    if kind.startswith("admin-"):
        return site.world["admin"][kind.removeprefix("admin-")]
    if kind in site.world["desk"]:
        return site.world["desk"][kind]
    return site.path(kind, language)


def _context(
    browser: Browser,
    site: Site,
    kind: str,
    language: str,
    scheme: str,
    width: int,
    person: dict | None = None,
) -> BrowserContext:
    """A new browser in which `person` is logged in where a page needs it: an administrator, where
    nobody is named."""
    context = browser.new_context(
        base_url=site.url,
        locale=language,
        color_scheme=scheme,
        viewport={"width": width, "height": WIDTHS[width]},
    )
    if kind.startswith("admin-") or kind in site.world["desk"]:
        log_in(context.new_page(), person or site.world["people"][language], language)
    return context


def log_in(page: Page, person: dict, language: str):
    """Log in, and choose the language of the interface: it is the person's, not the browser's."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(person["name"])
    page.locator("[name=password]").fill(person["password"])
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")
    with page.expect_navigation():
        page.locator(f".language-choice button[value={language}]").click()
    page.close()


def settle(page: Page):
    """Until the fonts are there and the editors have been set up."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def whole(page: Page) -> bytes:
    """A picture of all of a page, in a window as tall: a bar that sticks to the window's foot would
    else stand in the middle."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    return page.screenshot()


def save(picture: bytes, path: Path):
    """Write a picture with as few colours as it needs, and say how large it became.

    Raises ValueError for one that is too large for a repository.
    """
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    # Refined by k-means: the quicker ways tint the paper.
    small = image.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size / 1000:.0f} kB")
    if size > LARGEST:
        raise ValueError(f"{path.name} is {size} bytes; {LARGEST} are allowed.")


if __name__ == "__main__":
    main()
