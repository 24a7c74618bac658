"""Feeds as programs read them: each is held against the schema first, and against what the RFC
demands beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import feedparser
from lxml import etree, html

ATOM = {"a": "http://www.w3.org/2005/Atom", "t": "http://purl.org/syndication/thread/1.0"}


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))


def tree(client, path: str):
    """The feed at `path` as a tree, after all that RFC 4287 says can be checked by a program."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    schema().assertValid(feed)
    # Appendix B, in Schematron there.
    assert feed.xpath("a:author", namespaces=ATOM)
    for entry in feed.xpath("a:entry", namespaces=ATOM):
        assert entry.xpath("a:link[@rel='alternate'] | a:content", namespaces=ATOM)
    # 4.1.1 and 4.1.2: no two alternates of one type and language; one entry for each id.
    for one in (feed, *feed.xpath("a:entry", namespaces=ATOM)):
        links = one.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        pairs = [(link.get("type"), link.get("hreflang")) for link in links]
        assert len(pairs) == len(set(pairs))
    ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    # 4.2.6: absolute IRIs; 4.2.7: so are all of ours.
    assert all(one.startswith("urn:uuid:") for one in [*ids, feed.findtext("a:id", None, ATOM)])
    assert all(
        link.startswith(("http://", "https://")) for link in feed.xpath("//@href | //@xml:base")
    )
    return feed


def read(client, path: str):
    """The same as feedparser reads it, without a complaint."""
    tree(client, path)
    response = client.get(path)
    headers = {"content-type": response["Content-Type"]}
    found = feedparser.parse(response.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def titles(client, path: str = "/en/feeds/all.atom") -> list[str]:
    return [entry.title for entry in read(client, path).entries]


def content(client, path: str = "/en/feeds/all.atom", number: int = 0):
    """The HTML of an entry, as a tree; as it is written, not as feedparser cleans it."""
    found = tree(client, path).xpath("a:entry/a:content", namespaces=ATOM)[number]
    assert found.get("type") == "html"
    return html.fromstring(found.text)
