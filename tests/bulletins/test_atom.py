"""The format itself, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from lxml import etree

from bulletins import atom
from tests.bulletins.feed_reading import ATOM, schema

ONE, TWO = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 23, 12, 0, 30, 999999, tzinfo=timezone(timedelta(hours=1)))
ENTRY = atom.Entry(
    id=TWO,
    title="Soup",
    url="https://quai.example.org/en/bulletins/soup/",
    published=AT,
    updated=AT,
    summary="Soup, in short.",
    content="<p>Soup.</p>",
)
FEED = atom.Feed(
    id=ONE,
    lang="en",
    title=atom.Said("Quai", "en"),
    subtitle=atom.Said("", "en"),
    updated=AT,
    url="https://quai.example.org/en/feeds/all.atom",
    page="https://quai.example.org/en/",
    author=atom.Said("Us", "en"),
    home="https://quai.example.org/en/",
    icon="https://quai.example.org/icon.png",
    logo="",
    rights=atom.Said("", "en"),
    licence="",
    entries=[ENTRY],
)


def written(feed: atom.Feed):
    tree = etree.fromstring(atom.write(feed))
    schema().assertValid(tree)
    return tree


def test_a_moment_is_written_in_utc_to_the_second():
    assert written(FEED).findtext("a:entry/a:updated", None, ATOM) == "2026-11-23T11:00:30Z"


def test_what_is_empty_is_left_out():
    tree = written(replace(FEED, entries=[replace(ENTRY, summary="", content="")]))

    names = {etree.QName(element).localname for element in tree.iter()}
    assert names.isdisjoint({"subtitle", "rights", "logo", "summary", "content", "category"})


def test_words_in_another_language_say_so():
    nous, copiez = atom.Said("Nous", "fr"), atom.Said("Copiez.", "fr")

    tree = written(replace(FEED, author=nous, rights=copiez))

    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert tree.find("a:rights", ATOM).get(lang) == "fr"
    assert tree.find("a:author", ATOM).get(lang) == "fr"
    assert tree.find("a:title", ATOM).get(lang) is None


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1b[1m", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_has_no_place_for_is_left_out_everywhere(text):
    entry = replace(
        ENTRY,
        title=f"A{text}",
        url=f"https://x/{text}",
        summary=f"A{text}",
        content=f"<p>A{text}</p>",
        others=[("fr", f"https://x/{text}")],
        categories=[(f"a{text}", atom.Said(f"A{text}", "en"))],
    )
    tree = written(replace(FEED, title=atom.Said(f"A{text}", "en"), entries=[entry]))

    forbidden = text[0]
    assert forbidden not in etree.tostring(tree, encoding="unicode")
    assert tree.findtext("a:title", None, ATOM) == "A" + text[1:]


def test_what_xml_has_a_meaning_for_comes_out_as_it_went_in():
    title = "]]> <![CDATA[ & &amp; <b> \" ' 🚢 مرحبا \u2028"
    tree = written(replace(FEED, entries=[replace(ENTRY, title=title, content=title)]))

    assert tree.findtext("a:entry/a:title", None, ATOM) == title
    assert tree.findtext("a:entry/a:content", None, ATOM) == title


def test_the_same_feed_gives_the_same_bytes():
    assert atom.write(FEED) == atom.write(replace(FEED))
    assert datetime.now(UTC) > AT
