from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from unicodedata import normalize

import nh3
import pytest
from hypothesis import given, settings

from core.canonical import _VANISH
from core.html import ALLOWED, canonical, plain_text
from core.markup import clean_characters
from tests.core.strategies import messy_html

STRUCTURE = [
    ("", ""),
    (None, ""),
    ("loose", "<p>loose</p>"),
    ("loose <b>words</b><p>x</p>tail", "<p>loose <strong>words</strong></p><p>x</p><p>tail</p>"),
    ("<p>one<p>two", "<p>one</p><p>two</p>"),
    ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
    ("<section>a</section><article>b</article>", "<p>a</p><p>b</p>"),
    ("<h1>a</h1><h4>b</h4><h6>c</h6>", "<h2>a</h2><h3>b</h3><h3>c</h3>"),
    ("<ul><li>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("<ol start=4 type=a><li>a</ol>", "<ol><li><p>a</p></li></ol>"),
    (
        "<ul><li>a<ol><li>b</ol>c</ul>",
        "<ul><li><p>a</p><ol><li><p>b</p></li></ol><p>c</p></li></ul>",
    ),
    (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
    ),
    ("<ul>a<li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("<ul><li></li></ul><ul></ul>x", "<p>x</p>"),
    (
        "<ul><li><ol><li>a</li><li>b</li></ol>c</li><li>d</li></ul>",
        "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li><li><p>d</p></li></ul>",
    ),
    ("<ul><ul><li>a</li><li>b</ul></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("<ul><li>a</ul><ul><li>b</ul>", "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul>"),
    ("<li>a", "<p>a</p>"),
    ("<blockquote>a<p>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
    (
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "<blockquote><p>a</p><p>b</p></blockquote>",
    ),
    (
        "<blockquote><h2>a</h2><ul><li>b</ul></blockquote>",
        "<blockquote><p>a</p><ul><li><p>b</p></li></ul></blockquote>",
    ),
    ("<p>a</p><hr/><p>b</p>", "<p>a</p><hr><p>b</p>"),
    ("<ul><li>a<hr>b</ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ("<pre>a\nb\n\nc</pre>", "<p>a<br>b</p><p>c</p>"),
    ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
    ("<figure><img src=x><figcaption>a</figcaption></figure>", "<p>a</p>"),
    ("<table><tr><th>a<th>b<tr><td>c<td>d</table>e", "<p>a | b</p><p>c | d</p><p>e</p>"),
    (
        "<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>",
        "<p>a</p><p>b | c</p>",
    ),
    ("<table><tr><td>a<td><td>b<tr><td><td>c<td></table>", "<p>a | | b</p><p>c</p>"),
    (
        "<table><tr><td><h2>a</h2>b<ul><li>c</ul></table>",
        "<h2>a</h2><p>b</p><ul><li><p>c</p></li></ul>",
    ),
]

PICTURE = '<img src="ref:pictures.picture/7">'
PICTURES = [
    (PICTURE, PICTURE),
    (f"{PICTURE}{PICTURE}<hr>", f"{PICTURE}{PICTURE}<hr>"),
    ("<IMG alt=x width=9 src=' ref:pictures.picture/7 '/>", PICTURE),
    (f"<p>a {PICTURE} b</p>", f"<p>a</p>{PICTURE}<p>b</p>"),
    (f"<p>{PICTURE}</p>", PICTURE),
    (f"<h2>a{PICTURE}b</h2>", f"<h2>a</h2>{PICTURE}<h2>b</h2>"),
    (
        f"<b>a<a href='/x'>b{PICTURE}c</a></b>",
        '<p><strong>a</strong><a href="/x"><strong>b</strong></a></p>'
        f'{PICTURE}<p><a href="/x"><strong>c</strong></a></p>',
    ),
    (
        f"<ul><li>a{PICTURE}b</li><li>c</li></ul>",
        f"<ul><li><p>a</p></li></ul>{PICTURE}<ul><li><p>b</p></li><li><p>c</p></li></ul>",
    ),
    (f"<ul>{PICTURE}<li>a</li></ul>", f"{PICTURE}<ul><li><p>a</p></li></ul>"),
    (
        f"<blockquote>a{PICTURE}b</blockquote>",
        f"<blockquote><p>a</p></blockquote>{PICTURE}<blockquote><p>b</p></blockquote>",
    ),
    (
        f"<ul><li>a<ol><li>b{PICTURE}c</li><li>d</li></ol>e</li><li>f</li></ul>",
        f"<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul>{PICTURE}"
        "<ul><li><p>c</p></li><li><p>d</p><p>e</p></li><li><p>f</p></li></ul>",
    ),
    (
        f"<ul><li>a{PICTURE}<ol><li>b</li></ol></li></ul>",
        f"<ul><li><p>a</p></li></ul>{PICTURE}<ul><li><p>b</p></li></ul>",
    ),
    (
        f"<table><tr><td>a<td>{PICTURE}<td>b<tr><td>c<td>d</table>",
        f"<p>a</p>{PICTURE}<p>b</p><p>c | d</p>",
    ),
    (f"<figure>{PICTURE}<figcaption>a</figcaption></figure>", f"{PICTURE}<p>a</p>"),
    (f"<pre>a\n{PICTURE}\nb</pre>", f"<p>a</p>{PICTURE}<p>b</p>"),
    *(
        (f'<p>a<img src="{source}" alt="b">c</p>', "<p>ac</p>")
        for source in (
            "",
            "x.png",
            "/media/x.webp",
            "https://x.example/y.png",
            "data:image/png;base64,AAAA",
            "javascript:alert(1)",
            "ref:pictures.picture/",
            "ref:pictures.picture/7#x",
            "ref:pictures.picture/7?x",
            "ref:picture/7",
            "REF:pictures.picture/7",
            "ref:pictures.picture/7&quot; onerror=&quot;alert(1)",
            f"ref:pictures.picture/{'7' * 2000}",
        )
    ),
]

INLINE = [
    ("<b>a</b><i>b</i>", "<p><strong>a</strong><em>b</em></p>"),
    ("<strong>a</strong><strong>b</strong>", "<p><strong>ab</strong></p>"),
    ("<em><strong>a</strong></em>", "<p><strong><em>a</em></strong></p>"),
    ("<b><b>a</b></b>", "<p><strong>a</strong></p>"),
    ("a<b></b><i> </i>b", "<p>a b</p>"),
    ("<b>a<br>b</b>", "<p><strong>a<br>b</strong></p>"),
    ("<b>a</b><br><b>b</b>", "<p><strong>a<br>b</strong></p>"),
    (
        "<b>a<p>b</p>c</b>",
        "<p><strong>a</strong></p><p><strong>b</strong></p><p><strong>c</strong></p>",
    ),
    ("<u>a</u><font color=red>b</font>", "<p>ab</p>"),
    ("<span>a</span><span dir=rtl>b</span>", "<p>ab</p>"),
    ('<span dir="RTL" lang="AR" class=x>a</span>', '<p><span lang="ar" dir="rtl">a</span></p>'),
    ("<span lang=en_gb dir=up>a</span>", '<p><span lang="en-GB">a</span></p>'),
    ("<span lang='not a tag'>a</span>", "<p>a</p>"),
    (
        "<span lang=fr>a<span lang=en>b</span></span>",
        '<p><span lang="fr">a</span><span lang="en">b</span></p>',
    ),
    ("<i lang=fr>a</i>", '<p><em><span lang="fr">a</span></em></p>'),
    (
        "<a hreflang=FR title=x href=/a target=_blank rel=nofollow>a</a>",
        '<p><a href="/a" hreflang="fr">a</a></p>',
    ),
    ('<b><a href="/a">a</a></b>', '<p><a href="/a"><strong>a</strong></a></p>'),
    ("<a name=x>a</a><a href=''>b</a>", "<p>ab</p>"),
    ("<a href='/?a=1&amp;b=2'>a</a>", '<p><a href="/?a=1&amp;b=2">a</a></p>'),
]

SPACES = [
    ("<p> a \n\t b </p>\n\n<p>c</p>", "<p>a b</p><p>c</p>"),
    ("a <b> b </b> c", "<p>a <strong>b </strong>c</p>"),
    ("a <br> b", "<p>a<br>b</p>"),
    ("<br>a<br>", "<p>a</p>"),
    ("a<br><br>b", "<p>a</p><p>b</p>"),
    ("a<br>&nbsp;<br>b", "<p>a</p><p>b</p>"),
    ("<h2>a<br><br>b</h2>", "<h2>a<br>b</h2>"),
    ("Oui&nbsp;! «\u202foui&#8239;»", "<p>Oui\u00a0! «\u202foui\u202f»</p>"),
    ("<p>&nbsp;</p><p><br></p><p>\u200b\u202f</p><hr>", ""),
    ("a\u2028b\x0bc", "<p>a b c</p>"),
]

CHARACTERS = [
    ("e\u0301te<!-- -->\u0301", "<p>\u00e9t\u00e9</p>"),
    ("<b>e</b>\u0301", "<p><strong>e</strong>\u0301</p>"),
    ("&lt;\u0338", "<p>\u226e</p>"),
    ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
    ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
    ("&amp;lt;", "<p>&amp;lt;</p>"),
    ("&eacute;&quot;'", "<p>é\"'</p>"),
    ("a\x00b&#1;c\ud800d\ufeff", "<p>abcd</p>"),
    ("a<!-- wp:paragraph -->b", "<p>ab</p>"),
    ("a<![CDATA[b]]>c", "<p>ac</p>"),
    ("a<?php b ?>c", "<p>ac</p>"),
]


@pytest.mark.parametrize(
    ("before", "after"),
    [*STRUCTURE, *PICTURES, *INLINE, *SPACES, *CHARACTERS],
    ids=lambda value: repr(value),
)
def test_html_becomes_canonical(before, after):
    assert canonical(before) == after


VANISHING = (
    "<script>alert(1)</script>",
    "<style>x</style>",
    "<svg><text>x</text><script>alert(1)</script></svg>",
    "<math><mtext>x</mtext></math>",
    "<iframe>x</iframe>",
    "<object>x</object>",
    "<template>x</template>",
    "<noscript>x</noscript>",
    "<select><option>x</select>",
    "<textarea>x</textarea>",
    "<button>x</button>",
    "<video>x</video>",
    "<title>x</title>",
)


@pytest.mark.parametrize("element", VANISHING)
def test_what_is_no_text_vanishes_with_its_content(element):
    assert canonical(f"<p>a{element}b</p>") == "<p>ab</p>"


ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<scr<script>ipt>alert(1)</script>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    '<a href="https://x.example/&quot;onclick=&quot;alert(1)">x</a>',
    "<span lang='fr\"onclick=alert(1)'>x</span>",
    "<span lang=fr dir='rtl\" style=x'>x</span>",
    "<p style='background:url(javascript:alert(1))' onclick=alert(1)>x</p>",
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<base href='javascript:'><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<a href=/x/onmouseover=alert(1)>x",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_leave_only_the_allowlist(attack):
    assert foreign_markup(canonical(f"<p>words</p>{attack}")) == []


@given(messy_html)
@settings(max_examples=300, deadline=None)
def test_only_the_allowlist_is_ever_written(html):
    assert foreign_markup(canonical(html)) == []


@given(messy_html)
@settings(max_examples=300, deadline=None)
def test_blocks_stand_only_where_the_editor_can_make_them(html):
    assert misplaced_blocks(canonical(html)) == []


@given(messy_html)
@settings(max_examples=300, deadline=None)
def test_canonical_text_comes_back_byte_for_byte(html):
    once = canonical(html)
    assert canonical(once) == once


@given(messy_html)
@settings(max_examples=200, deadline=None)
def test_the_editors_entity_for_a_no_break_space_changes_nothing(html):
    once = canonical(html)
    assert canonical(once.replace("\u00a0", "&nbsp;")) == once


@given(messy_html)
@settings(max_examples=300, deadline=None)
def test_no_readable_word_is_lost_or_moved(html):
    bare = nh3.clean(clean_characters(html), tags=set(), clean_content_tags=set(_VANISH))
    assert readable(plain_text(canonical(html))) == readable(unescape(bare))


DEEP = [
    "<div>" * 10_000 + "x",
    "<ul><li>" * 5_000 + "x",
    "<ul>" * 5_000 + "x",
    "<blockquote>" * 10_000 + "x",
    "<table><tr><td>" * 2_000 + "x",
    "<b>" * 10_000 + "x",
    f"<ul><li>a{'<div>' * 5_000}<ul><li>{PICTURE}" * 2 + "x",
    "<span lang=fr>" * 2_000 + "x",
]


@pytest.mark.parametrize("html", DEEP, ids=lambda html: html[:12])
def test_ten_thousand_nested_elements_are_read_without_recursion(html):
    once = canonical(html)
    assert (plain_text(once)[-1], canonical(once)) == ("x", once)


def test_links_are_stored_as_the_resolver_answers():
    def resolve(address):
        return address.replace("https://ours.example/", "ref:pages.page/")

    html = "<a href='https://ours.example/5'>a</a> <a href=www.theirs.example>b</a>"
    assert canonical(html, resolve_link=resolve) == (
        '<p><a href="ref:pages.page/5">a</a> <a href="https://www.theirs.example">b</a></p>'
    )


def test_relative_addresses_reach_the_resolver():
    asked = []
    canonical(
        "<a href='page.html'>a</a><a href='?p=5'>b</a><a href='#c'>c</a>",
        resolve_link=lambda address: asked.append(address) or address,
    )
    assert asked == ["page.html", "?p=5", "#c"]


def test_an_unsafe_answer_of_the_resolver_is_refused():
    assert canonical("<a href=/x>a</a>", resolve_link=lambda _: "javascript:1") == "<p>a</p>"


def readable(text: str) -> str:
    """The letters of a text, without what canonical form may add (bars) or drop (spaces)."""
    return "".join(character for character in normalize("NFD", text) if character.isalnum())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.foreign = []
        self.misplaced = []
        self.path = [""]
        self.after_item = False

    def handle_starttag(self, tag, attrs):
        names = [name for name, _value in attrs]
        addresses = [value for name, value in attrs if name == "href"]
        if tag not in ALLOWED or not set(names) <= set(ALLOWED[tag]):
            self.foreign.append((tag, attrs))
        if tag == "img" and not re.fullmatch(r"ref:[a-z_.]+/[\w-]+", dict(attrs).get("src", "")):
            self.foreign.append((tag, attrs))
        if not all(re.match(r"(https?|mailto|tel|ref):|[/#]", address) for address in addresses):
            self.foreign.append((tag, attrs))
        if self.path[-1] not in PARENTS.get(tag, ("p", "h2", "h3", "a", "span", "strong", "em")):
            self.misplaced.append((*self.path, tag))
        if self.after_item and tag != "p":  # the editor wants a paragraph there
            self.misplaced.append((*self.path, tag))
        self.after_item = tag == "li"
        if tag not in ("br", "hr", "img"):
            self.path.append(tag)

    def handle_endtag(self, tag):
        if self.path.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data):
        if self.path[-1] in ("", "ul", "ol", "li", "blockquote"):
            self.misplaced.append(data)

    def unexpected(self, text):
        self.foreign.append(text)

    handle_comment = handle_decl = handle_pi = unknown_decl = unexpected


PARENTS = {
    "p": ("", "li", "blockquote"),
    "h2": ("",),
    "h3": ("",),
    "hr": ("",),
    "img": ("",),
    "blockquote": ("",),
    "ul": ("", "li", "blockquote"),
    "ol": ("", "li", "blockquote"),
    "li": ("ul", "ol"),
}


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def foreign_markup(html: str) -> list:
    return read(html).foreign


def misplaced_blocks(html: str) -> list:
    return read(html).misplaced
