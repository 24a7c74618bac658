"""Texts that people, programs and attackers send, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from core.html import canonical

# fmt: off
ELEMENTS = [
    "p", "div", "h1", "h2", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "a", "b",
    "strong", "i", "em", "span", "table", "tr", "td", "th", "pre", "section", "script", "svg",
    "math", "style", "title", "textarea", "select", "iframe", "noscript", "template", "form",
    "dl", "dd", "figure", "img", "caption", "tbody", "unheard-of",
]
# fmt: on
ATTRIBUTES = [
    "",
    " href='https://x.example/a?b=1&c'",
    " href='ref:pages.page/3'",
    " href=javascript:alert(1)",
    " href='a<b>\"c'",
    " href=/x hreflang=fr",
    " lang=fr",
    " lang=ar dir=rtl",
    " lang='\"' onclick=alert(1)",
    " src='ref:pictures.picture/7'",
    " src='ref:pictures.picture/7#x' alt=y",
    " src=https://x.example/y.png onerror=alert(1)",
]
PIECES = [
    *("a", "b ", " c", "\n", "  ", "&nbsp;", "\u00a0", "\u202f", "«", "é", "x\ny", "\r", " | "),
    *("&amp;lt;", "<", "&", "</", "<a", "&lt;p&gt;", "&#0;", "&#1;", "\x00", "\ud800", "\u200b"),
    *("e", "\u0301", "\u0338"),
    *("<!-- c -->", "<![CDATA[d]]>", "<?php e ?>", "<!doctype html>"),
]

# More often than chance would put the one beside the other.
PICTURE = '<img src="ref:pictures.picture/{}">'
pictures = st.integers(1, 3).map(PICTURE.format)
tags = st.builds("<{}{}>".format, st.sampled_from(ELEMENTS), st.sampled_from(ATTRIBUTES))
ends = st.builds("</{}>".format, st.sampled_from(ELEMENTS))
messy_html = st.lists(
    st.one_of(tags, ends, pictures, st.sampled_from(PIECES), st.text(max_size=4))
).map("".join)

# Canonical text with more of lists, quotations, rules and pictures than chance would make.
_words = st.lists(
    st.sampled_from(
        ["a", "bb ccc", "ccc bb", "12", "é &amp;", "<br>", "<em>d</em> e", "\u00a0", "Xyz", ". "]
    ),
    min_size=1,
    max_size=4,
).map("".join)
_leaves = _words.map("<p>{}</p>".format)


def _listed(inner):
    items = st.lists(inner, min_size=1, max_size=3).map(lambda item: f"<li>{''.join(item)}</li>")
    return st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["ul", "ol"]),
        st.lists(items, min_size=1, max_size=3).map("".join),
    )


_inside = st.recursive(_leaves, _listed, max_leaves=8)
_quoted = st.lists(_inside, min_size=1, max_size=3).map(
    lambda inner: f"<blockquote>{''.join(inner)}</blockquote>"
)
_headings = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["h2", "h3"]), _words)
_blocks = st.one_of(_inside, _quoted, _headings, st.just("<hr>"), pictures)
canonical_html = st.one_of(st.lists(_blocks, max_size=6).map("".join), messy_html).map(canonical)
