"""The whole sample site, link by link: nothing leads nowhere, and each side names the others."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client, TestCase, override_settings
from lxml import etree

from config import sample
from core import languages
from tests.config.crawling import HOST, Crawl, is_at_home

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def crawl(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample site, walked through once for all tests here."""
    folder, backend = tmp_path_factory.mktemp("crawl"), storages.backends["default"]["BACKEND"]
    own = {
        name: {"BACKEND": backend, "OPTIONS": {"location": folder / name}}
        for name in ("default", "private")
    }
    of_this_module = override_settings(STORAGES=settings.STORAGES | own)
    with django_db_blocker.unblock(), of_this_module, transaction.atomic():
        # Pictures become public when everything is written.
        with TestCase.captureOnCommitCallbacks(execute=True):
            sample.load()
        yield Crawl(Client()).walk(*(f"/{code}/" for code in languages.public()), *sitemap())
        transaction.set_rollback(True)


def sitemap() -> list[str]:
    """The paths in the sitemap."""
    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    return [loc.text.removeprefix(HOST) for loc in tree.iter(SITEMAP)]


def own(page) -> str:
    return f"{HOST}{page.path}"


def test_it_is_the_whole_site(crawl):
    assert len(crawl.read) > 100
    assert {page.parsed.language for page in crawl.read} == set(languages.public())


def test_no_link_leads_to_what_is_not_there(crawl):
    fine = (200, 301, 302)

    assert [
        (page.path, page.status, page.linked_from[:3])
        for page in crawl.pages.values()
        if page.status not in fine
    ] == []


def test_no_link_of_a_page_is_led_on(crawl):
    """A link to an address that moved works, and costs everybody a second request."""
    moved = [page for page in crawl.pages.values() if page.status in (301, 302)]

    assert [(page.path, page.goal, page.linked_from[:3]) for page in moved] == []


def test_every_link_to_ourselves_is_relative(crawl):
    assert [(path, to) for path, to in crawl.outward if is_at_home(to)] == []


def test_every_file_of_a_page_is_relative_and_there(crawl):
    def is_there(path: str) -> bool:
        if path.startswith("/static/"):
            return finders.find(path.removeprefix("/static/")) is not None
        return Client().get(path).status_code == 200

    files = {file: page for file, page in crawl.files.items() if not file.startswith("data:")}

    assert len([file for file in files if file.startswith("/media/")]) > 10
    assert {
        file: page for file, page in files.items() if urlsplit(file).netloc or not is_there(file)
    } == {}


def test_every_anchor_that_is_named_is_there(crawl):
    missing = {
        (source, path, anchor)
        for source, path, anchor in crawl.fragments
        if (page := crawl.pages.get(path)) and page.parsed and anchor not in page.parsed.anchors
    }

    assert len(crawl.fragments) > 20
    assert missing == set()


def test_no_anchor_is_there_twice(crawl):
    assert [
        (page.path, anchor)
        for page in crawl.read
        for anchor in page.parsed.anchors
        if page.parsed.anchors.count(anchor) > 1
    ] == []


def test_every_alternate_exists_and_names_all_the_others(crawl):
    broken = []
    for page in crawl.read:
        alternates = page.parsed.alternates
        for language, address in alternates.items():
            other = crawl.pages[address.removeprefix(HOST)]
            back = other.status == 200 and other.parsed.alternates == alternates
            if not back or language not in ("x-default", other.parsed.language):
                broken.append((page.path, language, address))

    assert broken == []


def test_what_names_alternates_is_one_of_them_and_says_who_speaks_none(crawl):
    for page in crawl.read:
        if alternates := page.parsed.alternates:
            assert alternates[page.parsed.language] == own(page) == page.parsed.canonical
            assert alternates["x-default"] in {
                alternates[c] for c in alternates.keys() - {"x-default"}
            }


def test_a_page_is_its_own_canonical_or_names_one_that_is(crawl):
    for page in crawl.read:
        canonical = crawl.pages[page.parsed.canonical.removeprefix(HOST)]
        assert (canonical.status, canonical.parsed.canonical) == (200, own(canonical)), page.path


def test_every_page_is_its_own_canonical_but_fallbacks_and_filters(crawl):
    others = [page for page in crawl.read if page.parsed.canonical != own(page)]
    fallbacks = [page for page in others if "?" not in page.path]

    assert fallbacks != []
    for page in fallbacks:
        assert page.parsed.canonical.startswith(HOST)
        assert not page.parsed.canonical.startswith(f"{HOST}/{page.parsed.language}/"), page.path


def test_every_page_of_the_sitemap_is_there_and_its_own_canonical(crawl):
    paths = sitemap()

    assert len(paths) == len(set(paths)) > 40
    for path in paths:
        page = crawl.pages[path]
        assert (page.status, page.parsed.canonical) == (200, own(page))


def test_the_sitemap_says_of_alternates_what_the_heads_say(crawl):
    names = {"x": "http://www.w3.org/1999/xhtml"}
    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    for url in tree:
        links = url.findall("x:link", names)
        told = {link.get("hreflang"): link.get("href") for link in links}
        path = url.findtext(SITEMAP).removeprefix(HOST)
        assert told == crawl.pages[path].parsed.alternates


def test_every_side_that_stands_for_itself_is_in_the_sitemap(crawl):
    """But for further pages of long lists, and for what is a view of the lists: months, threads."""
    left = {
        page.path
        for page in crawl.read
        if page.parsed.canonical == own(page) and "?" not in page.path
    } - set(sitemap())

    views = ("/archive/", "/calendar/", "/thread/", "/search/")
    assert [path for path in sorted(left) if not any(view in path for view in views)] == []


def test_a_reader_is_nobody_in_particular(crawl):
    for page in crawl.pages.values():
        assert "Set-Cookie" not in page.headers, page.path
        assert "cookie" not in page.headers.get("Vary", "").lower(), page.path
