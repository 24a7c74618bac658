"""Texts that people, programs and attackers send, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

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
]
PIECES = [
    *("a", "b ", " c", "\n", "  ", "&nbsp;", "\u00a0", "\u202f", "«", "é", "x\ny", "\r", " | "),
    *("&amp;lt;", "<", "&", "</", "<a", "&lt;p&gt;", "&#0;", "&#1;", "\x00", "\ud800", "\u200b"),
    *("e", "\u0301", "\u0338"),
    *("<!-- c -->", "<![CDATA[d]]>", "<?php e ?>", "<!doctype html>"),
]

tags = st.builds("<{}{}>".format, st.sampled_from(ELEMENTS), st.sampled_from(ATTRIBUTES))
ends = st.builds("</{}>".format, st.sampled_from(ELEMENTS))
messy_html = st.lists(st.one_of(tags, ends, st.sampled_from(PIECES), st.text(max_size=4))).map(
    "".join
)
