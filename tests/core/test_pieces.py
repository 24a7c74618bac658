from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import canonical, plain_text
from core.pieces import Piece, assemble, pieces
from core.segments import segments
from tests.core.strategies import canonical_html
from tests.core.test_canonical import foreign_markup, readable

P = ("p",)
ITEM = ("ul", "li", "p")
DEEP = ("ul", "li", "ol", "li", "p")

TEXTS = [
    ("", []),
    ("<p>a <em>b</em><br>c</p>", [(P, 0, "a <em>b</em><br>c")]),
    ("<h2>a</h2><hr><hr><p>b</p>", [(("h2",), 0, "a"), *[(("hr",), 0, "")] * 2, (P, 0, "b")]),
    (
        "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>",
        [(ITEM, 0, "a"), (ITEM, 2, "b"), (ITEM, 1, "c")],
    ),
    (
        "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul>",
        [(ITEM, 0, "a"), (ITEM, 0, "b")],
    ),
    (
        '<ul><li><p>a</p></li></ul><img src="ref:a.b/7"><ul><li><p>b</p></li></ul>',
        [(ITEM, 0, "a"), (("img",), 0, "ref:a.b/7"), (ITEM, 0, "b")],
    ),
    (
        "<ul><li><p>a</p><ol><li><p>b</p></li><li><p>c</p></li></ol><p>d</p></li><li><p>e</p></li>"
        "</ul><p>f</p>",
        [
            (ITEM, 0, "a"),
            (DEEP, 2, "b"),
            (DEEP, 3, "c"),
            (ITEM, 2, "d"),
            (ITEM, 1, "e"),
            (P, 0, "f"),
        ],
    ),
    (
        "<blockquote><p>a</p><ul><li><p>b</p></li></ul><ul><li><p>c</p></li></ul></blockquote>"
        "<blockquote><p>d</p></blockquote>",
        [
            (("blockquote", "p"), 0, "a"),
            (("blockquote", "ul", "li", "p"), 1, "b"),
            (("blockquote", "ul", "li", "p"), 1, "c"),
            (("blockquote", "p"), 0, "d"),
        ],
    ),
]


@pytest.mark.parametrize(("html", "found"), TEXTS)
def test_a_text_is_taken_to_pieces(html, found):
    assert (canonical(html), pieces(html)) == (html, found)


@pytest.mark.parametrize(("html", "found"), TEXTS)
def test_pieces_are_put_together(html, found):
    assert assemble(Piece(*piece) for piece in found) == html


CLAMPED = [
    ([(ITEM, 2, "a")], "<ul><li><p>a</p></li></ul>"),
    ([(ITEM, 0, "a"), (ITEM, 9, "b")], "<ul><li><p>a</p><p>b</p></li></ul>"),
    ([(ITEM, 0, "a"), (ITEM, -1, "b")], "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul>"),
    (
        [(ITEM, 0, "a"), (("ol", "li", "p"), 2, "b")],
        "<ul><li><p>a</p></li></ul><ol><li><p>b</p></li></ol>",
    ),
    (
        [(ITEM, 0, "a"), (("hr",), 2, ""), (ITEM, 2, "b")],
        "<ul><li><p>a</p></li></ul><hr><ul><li><p>b</p></li></ul>",
    ),
    (
        [(ITEM, 0, "a"), (("img",), 2, "ref:a.b/7"), (ITEM, 2, "b")],
        '<ul><li><p>a</p></li></ul><img src="ref:a.b/7"><ul><li><p>b</p></li></ul>',
    ),
    ([(DEEP, 2, "a")], "<ul><li><ol><li><p>a</p></li></ol></li></ul>"),
]


@pytest.mark.parametrize(("given_pieces", "html"), CLAMPED)
def test_a_piece_shares_no_more_than_it_can(given_pieces, html):
    assert assemble(Piece(*piece) for piece in given_pieces) == html


@pytest.mark.parametrize(
    "html",
    ["<p>a", "a</p></ul>b", "<ul><p>a</p>", "<hr></hr><p></li>a</p>", "<img><p>a<img></p></img>"],
)
def test_other_html_is_no_error(html):
    assert well_formed(assemble(pieces(html)))


@given(canonical_html)
@settings(max_examples=500, deadline=None)
def test_canonical_text_taken_to_pieces_and_put_together_is_the_same(html):
    assert assemble(pieces(html)) == html


@given(canonical_html)
@settings(max_examples=200, deadline=None)
def test_the_pieces_without_the_rules_are_the_segments(html):
    found = [("/".join(p.path), p.inner, p.text) for p in pieces(html) if p.path != ("hr",)]
    assert found == [segment[:3] for segment in segments(html)]


slices = st.tuples(canonical_html, st.integers(0, 6), st.integers(0, 6)).map(
    lambda drawn: pieces(drawn[0])[drawn[1] : drawn[1] + drawn[2]]
)


@given(st.lists(slices, max_size=4), st.randoms())
@settings(max_examples=400, deadline=None)
def test_pieces_of_several_texts_in_any_order_make_a_text_with_all_their_words(found, random):
    mixed = [piece for several in found for piece in several]
    if random.random() < 0.5:
        random.shuffle(mixed)
    html = assemble(mixed)
    assert well_formed(html)
    assert foreign_markup(html) == []
    words = "".join(piece.text for piece in mixed)
    assert readable(plain_text(html)) == readable(words)
    assert readable(plain_text(canonical(html))) == readable(words)


@given(canonical_html, canonical_html)
@settings(max_examples=200, deadline=None)
def test_one_text_after_another_is_both_texts(one, other):
    assert assemble([*pieces(one), *pieces(other)]) == one + other


def well_formed(html: str) -> bool:
    """Whether every element that opens closes, none inside another's end."""
    reader = _Balance()
    reader.feed(html)
    reader.close()
    return reader.balanced and not reader.open


class _Balance(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.balanced = [], True

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.balanced &= bool(self.open) and self.open.pop() == tag
