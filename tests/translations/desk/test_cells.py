from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import canonical
from core.pieces import pieces
from tests.core.strategies import messy_html, pictures
from translations.desk import cells
from translations.desk.cells import Cell

NESTED = (
    "<p>a</p><ul><li><p>b</p><p>c</p><ul><li><p>d</p></li><li><p>e</p></li></ul></li>"
    "<li><p>f</p></li></ul><hr><blockquote><p>g</p><ol><li><p>h</p></li></ol></blockquote>"
)

# Lists in lists more often than messy HTML has them.
leaves = st.sampled_from(["<p>a</p>", "<p><strong>b</strong> c</p>", "<p>d<br>e</p>"])
items = st.recursive(
    st.lists(leaves, min_size=1, max_size=2).map("".join),
    lambda inner: st.builds(
        "{}<{tag}><li>{}</li><li>{}</li></{tag}>".format,
        leaves,
        inner,
        inner,
        tag=st.sampled_from(["ul", "ol"]),
    ),
    max_leaves=5,
)
blocks = st.one_of(
    leaves,
    st.sampled_from(["<hr>", "<h2>x</h2>", "<blockquote><p>q</p><p>r</p></blockquote>"]),
    pictures,
    items.map("<ul><li>{}</li></ul>".format),
    items.map("<blockquote><ol><li>{}</li></ol></blockquote>".format),
)
listed = st.lists(blocks, min_size=1, max_size=5).map("".join)
texts = st.one_of(messy_html, listed).map(canonical)


def cut_at(html: str, places: set[int]) -> list[Cell]:
    found = pieces(html)
    ends = [*sorted(place for place in places if place < len(found)), len(found)]
    starts = [0, *ends[:-1]]
    return [c for a, b in zip(starts, ends, strict=True) for c in cells.cut_all(found[a:b])]


@given(texts, st.sets(st.integers(1, 20)))
@settings(max_examples=400, deadline=None)
def test_cut_anywhere_and_glued_again_a_text_is_the_same_bytes(html, places):
    assert cells.glue(cut_at(html, places)) == html


@given(texts, st.sets(st.integers(1, 20)))
def test_a_cell_is_canonical_html_of_its_own(html, places):
    for cell in cut_at(html, places):
        assert canonical(f"{cell.text}<p>.</p>") == f"{cell.text}<p>.</p>"


@given(texts, st.sets(st.integers(1, 20)))
def test_what_a_text_area_shows_gives_the_cell_back(html, places):
    for cell in cut_at(html, places):
        for path in {"p", *("/".join(p.path) for p in cell.pieces if p.inner)}:
            if canonical(cell.text):  # a rule alone is no text
                assert cells.from_typed(cells.as_typed(cell, path), path) == cell.text


def test_every_block_of_a_nested_list_can_be_a_cell():
    found = [(c.text, c.within, c.continues) for c in cut_at(NESTED, set(range(1, 8)))]

    assert found == [
        ("<p>a</p>", (), 0),
        ("<ul><li><p>b</p></li></ul>", (), 0),
        ("<ul><li><p>c</p></li></ul>", (), 2),
        ("<ul><li><p>d</p></li></ul>", ("ul", "li"), 2),
        ("<ul><li><p>e</p></li></ul>", ("ul", "li"), 3),
        ("<ul><li><p>f</p></li></ul>", (), 1),
        ("<hr>", (), 0),
        ("<blockquote><p>g</p><ol><li><p>h</p></li></ol></blockquote>", (), 0),
    ]


def test_blocks_of_different_depth_are_no_cell_when_the_first_is_the_deepest():
    deep, after = pieces(NESTED)[4:6]

    assert not cells.fits([deep, after])
    with pytest.raises(ValueError, match="depths"):
        cells.cut([deep, after])
    assert [c.text for c in cells.cut_all([deep, after])] == [
        "<ul><li><p>e</p></li></ul>",
        "<ul><li><p>f</p></li></ul>",
    ]


def test_blocks_that_are_no_cell_can_be_made_one_without_losing_a_word():
    assert cells.one(pieces(NESTED)[4:6]).text == "<ul><li><p>e</p></li><li><p>f</p></li></ul>"


def test_an_emptied_cell_leaves_canonical_html():
    found = cut_at("<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>", {1})
    emptied = [found[0]._replace(text=""), found[1]]

    assert cells.glue(emptied) == "<ul><li><p>b</p></li></ul>"


def test_items_that_are_typed_one_by_one_stand_in_one_list():
    found = cut_at("<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>", {1, 2})
    typed = [
        cell._replace(text=cells.from_typed(t, "ul/li/p"))
        for cell, t in zip(found, "xyz", strict=True)
    ]
    typed[1] = typed[1]._replace(text="")

    assert cells.glue(typed) == "<ul><li><p>x</p></li><li><p>z</p></li></ul>"


@pytest.mark.parametrize(
    ("path", "html"),
    [
        ("p", "<p>a<br>b</p><p>c</p>"),
        ("h2", "<h2>a<br>b</h2><h2>c</h2>"),
        ("ul/li/p", "<ul><li><p>a<br>b</p></li><li><p>c</p></li></ul>"),
        ("ul/li/ol/li/p", "<ol><li><p>a<br>b</p></li><li><p>c</p></li></ol>"),
        ("blockquote/p", "<blockquote><p>a<br>b</p><p>c</p></blockquote>"),
    ],
)
def test_words_alone_become_blocks_of_the_rows_own_kind(path, html):
    assert cells.from_typed("\r\na\r\nb\r\n \r\nc\n", path) == html


def test_html_with_blocks_is_taken_as_it_is():
    assert cells.from_typed("<p>a</p>", "h2") == "<p>a</p>"


def test_nothing_typed_is_nothing():
    assert [
        cells.from_typed(text, "ul/li/p") for text in ("", " \n\n", cells.blank("ul/li/p"))
    ] == [
        "",
        "",
        "",
    ]


def test_a_text_area_shows_words_and_marks():
    cell = Cell("<ul><li><p>a<br><em>b</em></p></li><li><p>c &amp; d</p></li></ul>")

    assert cells.as_typed(cell, "ul/li/p") == "a\n<em>b</em>\n\nc &amp; d"


def test_a_text_area_shows_the_whole_html_where_words_cannot_say_it():
    assert [cells.as_typed(Cell(html), "p") for html in ("<p>a</p><hr>", "<h2>a</h2>")] == [
        "<p>a</p><hr>",
        "<h2>a</h2>",
    ]


def test_a_no_break_space_at_the_end_stays():
    cell = Cell("<p>\u00a0a\u202f</p>")

    assert cells.from_typed(cells.as_typed(cell, "p"), "p") == cell.text


PICTURE = '<img src="ref:pictures.picture/7">'


def test_a_picture_has_a_cell_of_its_own_with_the_rules_around_it():
    found = cells.cut_all(pieces(f"<p>a</p><hr>{PICTURE}<hr><p>b</p>{PICTURE}{PICTURE}"))

    assert [(cell.text, cell.picture) for cell in found] == [
        ("<p>a</p><hr>", ""),
        (f"{PICTURE}<hr>", "ref:pictures.picture/7"),
        ("<p>b</p>", ""),
        (PICTURE, "ref:pictures.picture/7"),
        (PICTURE, "ref:pictures.picture/7"),
    ]


def test_a_picture_among_words_is_no_picture_cell():
    assert [Cell(f"<p>a</p>{PICTURE}").picture, Cell(PICTURE * 2).picture] == ["", ""]


def test_a_cell_of_words_is_kept_without_pictures():
    assert cells.without_pictures(f"<p>a</p>{PICTURE}<hr><p>b</p>") == "<p>a</p><hr><p>b</p>"
    assert cells.without_pictures(PICTURE) == ""


def test_words_beside_a_picture_are_a_paragraph():
    assert (cells.blank("img"), cells.from_typed("a", "img")) == ("<p></p>", "<p>a</p>")
    assert cells.from_typed(cells.as_typed(cells.of_picture("ref:a.b/7"), "img"), "img") == (
        '<img src="ref:a.b/7">'
    )


def test_rules_stand_with_the_block_before_them_or_the_first():
    groups = cells.units(pieces("<hr><p>a</p><hr><hr><p>b</p>"))

    assert [[piece.path[-1] for piece in group] for group in groups] == [
        ["hr", "p", "hr", "hr"],
        ["p"],
    ]
