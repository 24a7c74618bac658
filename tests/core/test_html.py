from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import (
    blocks,
    canonical,
    excerpt,
    from_plain,
    links,
    map_text,
    plain_text,
    rewrite_links,
    word_count,
)
from tests.core.strategies import messy_html

TEXT = (
    "<h2>Title &amp; more</h2><p>One<br><strong>two</strong>.</p><ul><li><p>a</p><ol><li><p>b</p>"
    "</li></ol></li><li><p>c</p></li></ul><hr><blockquote><p>q</p><p>r</p></blockquote>"
)


def test_blocks_come_with_their_path():
    assert [(block.path, block.inner) for block in blocks(TEXT)] == [
        (("h2",), "Title &amp; more"),
        (("p",), "One<br><strong>two</strong>."),
        (("ul", "li", "p"), "a"),
        (("ul", "li", "ol", "li", "p"), "b"),
        (("ul", "li", "p"), "c"),
        (("blockquote", "p"), "q"),
        (("blockquote", "p"), "r"),
    ]


def test_plain_text_parts_blocks_by_an_empty_line_and_items_by_a_line():
    assert plain_text(TEXT) == "Title & more\n\nOne\ntwo.\n\na\nb\nc\n\nq\n\nr"


def test_plain_text_parts_two_lists():
    html = "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul>"
    assert plain_text(html) == "a\n\nb"


def test_links_are_listed_in_order_and_unescaped():
    html = '<p><a href="/?a=1&amp;b=2" hreflang="fr">x</a><a href="ref:a.b/1">y</a></p>'
    assert links(html) == ["/?a=1&b=2", "ref:a.b/1"]


def test_a_link_gets_its_new_address_and_keeps_its_language():
    html = '<p><a href="ref:a.b/1" hreflang="fr"><em>x</em></a></p>'
    assert rewrite_links(html, lambda href: f"/?{href}&x") == (
        '<p><a href="/?ref:a.b/1&amp;x" hreflang="fr"><em>x</em></a></p>'
    )


def test_a_link_without_an_address_renders_as_its_words():
    html = '<p>a <a href="ref:a.b/1"><em>x</em></a> <a href="/">y</a></p>'
    rewritten = rewrite_links(html, {"/": "/fr/"}.get)
    assert rewritten == '<p>a <em>x</em> <a href="/fr/">y</a></p>'


def test_a_new_address_cannot_break_out_of_its_attribute():
    html = '<p><a href="/">x</a></p>'
    assert rewrite_links(html, lambda _: '"><b>') == '<p><a href="&quot;&gt;&lt;b&gt;">x</a></p>'


PICTURED = (
    '<img src="ref:a.b/7"><p>One two</p><img src="ref:a.b/7"><ul><li><p>three</p></li></ul>'
    '<img src="ref:a.b/8"><ul><li><p>four</p></li></ul>'
)


def test_words_are_read_past_pictures():
    assert plain_text(PICTURED) == "One two\n\nthree\n\nfour"
    assert (excerpt(PICTURED, 12), word_count(PICTURED)) == ("One two…", 4)
    assert links(PICTURED) == []


def test_a_picture_stays_where_words_are_changed():
    shouted = map_text(PICTURED, lambda line: [text.upper() for text, _ in line], language="en")
    assert shouted == (
        '<img src="ref:a.b/7"><p>ONE TWO</p><img src="ref:a.b/7"><ul><li><p>THREE</p></li></ul>'
        '<img src="ref:a.b/8"><ul><li><p>FOUR</p></li></ul>'
    )


def test_a_picture_in_plain_text_parts_two_paragraphs():
    text = 'One\n\n<img src="ref:a.b/7">\n\ntwo'
    assert canonical(from_plain(text)) == '<p>One</p><img src="ref:a.b/7"><p>two</p>'


EXCERPTS = [
    ("", 20, ""),
    ("<h2>Title</h2>", 20, ""),
    ("<h2>Title</h2><p>One two.</p><h3>x</h3><p>Three</p>", 20, "One two. Three"),
    ("<p>One<br>two</p>", 20, "One two"),
    ("<p>One two three four</p>", 14, "One two three…"),
    ("<p>One two three four</p>", 13, "One two…"),
    ("<p>One two, three</p>", 9, "One two…"),
    ("<p>Anticonstitutionnellement</p>", 10, "Anticonst…"),
    ("<p>a &amp; b</p>", 5, "a & b"),
]


@pytest.mark.parametrize(("html", "length", "expected"), EXCERPTS)
def test_an_excerpt_holds_whole_words_of_the_first_paragraphs(html, length, expected):
    assert excerpt(html, length) == expected


WORDS = [
    ("", 0),
    ("<p>One, two – three!</p><ul><li><p>4 five</p></li></ul>", 5),
    ("<p>«\u00a0l’eau\u00a0» ; attaqué-e\u202f!</p>", 2),
    ("<h2>a</h2><p>b<br>c<strong>d</strong></p>", 3),
]


@pytest.mark.parametrize(("html", "count"), WORDS)
def test_words_are_counted_as_people_count_them(html, count):
    assert word_count(html) == count


def test_text_is_changed_line_by_line_with_the_language_of_each_node():
    html = '<p>a &lt; <span lang="fr"><em>b</em></span>c<br>d</p><h2>e</h2>'
    seen = []

    def change(nodes):
        seen.append(nodes)
        return [f"<{text}>" for text, _language in nodes]

    assert map_text(html, change, language="en") == (
        '<p>&lt;a &lt; &gt;<span lang="fr"><em>&lt;b&gt;</em></span>&lt;c&gt;<br>&lt;d&gt;</p>'
        "<h2>&lt;e&gt;</h2>"
    )
    assert seen == [[("a < ", "en"), ("b", "fr"), ("c", "en")], [("d", "en")], [("e", "en")]]


@given(messy_html)
@settings(max_examples=200, deadline=None)
def test_reading_and_writing_back_changes_nothing(html):
    text = canonical(html)
    assert rewrite_links(text, lambda href: href) == text
    assert map_text(text, lambda line: [part for part, _ in line], language="en") == text


@given(messy_html | st.text(alphabet='<>/"= panulig'))
@settings(max_examples=200, deadline=None)
def test_html_that_is_not_canonical_is_read_without_an_error(html):
    rewrite_links(html, lambda href: href)
    map_text(html, lambda line: [part for part, _ in line], language="en")
    assert len(excerpt(html, 7)) <= 7
    assert (word_count(html) > 0) <= bool(plain_text(html))
    assert all(isinstance(href, str) for href in links(html))


@given(messy_html)
@settings(max_examples=200, deadline=None)
def test_an_excerpt_is_never_longer_than_asked(html):
    assert len(excerpt(canonical(html), 7)) <= 7
