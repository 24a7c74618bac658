from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments import compare, compare_segments, moves, segments, word_diff
from tests.core.strategies import canonical_html

OLD = (
    "<p>One paragraph about the border.</p><p>Two is here.</p>"
    "<ul><li><p>First item</p></li><li><p>Gone for good</p></li></ul><p>Last.</p>"
)
NEW = (
    "<p>One paragraph about the borders.</p><p>Brand new text with other words.</p>"
    "<p>Two is <strong>here</strong>.</p><ul><li><p>First item</p></li></ul><h2>Last.</h2>"
)


def test_a_segment_is_a_leaf_block_with_its_path():
    html = "<h2>a</h2><hr><ul><li><p>b &amp; <em>c</em></p></li></ul>"
    assert [segment[:3] for segment in segments(html)] == [
        ("h2", "a", "a"),
        ("ul/li/p", "b &amp; <em>c</em>", "b & c"),
    ]


def test_a_picture_is_a_segment_without_words():
    found = segments('<p>a</p><img src="ref:a.b/7"><p>ref:a.b/7</p>')
    assert [(*segment[:3], segment.is_picture) for segment in found] == [
        ("p", "a", "a", False),
        ("img", "ref:a.b/7", "", True),
        ("p", "ref:a.b/7", "ref:a.b/7", False),
    ]


def test_two_pictures_are_never_one_that_changed():
    changes = compare('<img src="ref:a.b/7"><p>a</p>', '<img src="ref:a.b/8"><p>a</p>')
    assert [change.kind for change in changes] == ["removed", "added", "same"]


def test_a_digest_depends_on_the_words_the_marks_and_the_block():
    texts = ["<p>a</p>", "<p>b</p>", "<h2>a</h2>", "<p><em>a</em></p>"]
    texts += ['<img src="ref:a.b/7">', '<img src="ref:a.b/8">', "<p>ref:a.b/7</p>"]
    assert len({segments(html)[0].digest for html in texts}) == 7


def test_equal_segments_have_equal_digests_wherever_they_stand():
    first, second = segments("<p>a</p><h2>b</h2><p>a</p>")[::2]
    assert first == second


def test_two_versions_are_compared_segment_by_segment():
    changes = [
        (c.kind, c.old and c.old.text, c.new and c.new.text, c.only_form) for c in compare(OLD, NEW)
    ]
    assert changes == [
        (
            "changed",
            "One paragraph about the border.",
            "One paragraph about the borders.",
            False,
        ),
        ("added", None, "Brand new text with other words.", False),
        ("changed", "Two is here.", "Two is here.", True),
        ("same", "First item", "First item", False),
        ("removed", "Gone for good", None, False),
        ("changed", "Last.", "Last.", True),
    ]


def test_a_changed_segment_shows_its_words():
    assert compare("<p>at the border</p>", "<p>at the borders</p>")[0].words == [
        ("same", "at the "),
        ("removed", "border"),
        ("added", "borders"),
    ]


def told(changes):
    return [
        (c.kind, c.moved, *(side.text if side else None for side in (c.old, c.new)))
        for c in changes
    ]


def test_a_moved_paragraph_is_removed_and_added_and_says_so():
    changes = compare(
        "<p>one</p><p>two</p><p>three</p><p>gone</p>",
        "<p>new</p><p>two</p><p>three</p><p>one</p>",
    )
    assert told(changes) == [
        ("removed", True, "one", None),
        ("added", False, None, "new"),
        ("same", False, "two", "two"),
        ("same", False, "three", "three"),
        ("removed", False, "gone", None),
        ("added", True, None, "one"),
    ]


def test_each_moved_paragraph_is_told_where_it_stood():
    old = "<p>x</p><p>x</p><p>x</p><p>one</p><p>two</p><p>three</p><p>four</p>"
    new = "<p>one</p><p>two</p><p>three</p><p>four</p><p>x</p><p>x</p>"
    changes = compare(old, new)
    assert moves(changes) == {7: 0, 8: 1}
    assert told(changes)[2] == ("removed", False, "x", None)


def test_a_paragraph_that_stands_elsewhere_is_no_changed_form_of_its_neighbour():
    first, second, third = (f"<p>Open on {day} from ten to six.</p>" for day in ("a", "b", "c"))
    changes = compare(
        f"{first}<h2>k</h2><p>l</p><p>m</p>{second}", f"{second}<h2>k</h2><p>l</p><p>m</p>{third}"
    )
    assert told(changes) == [
        ("removed", False, "Open on a from ten to six.", None),
        ("added", True, None, "Open on b from ten to six."),
        ("same", False, "k", "k"),
        ("same", False, "l", "l"),
        ("same", False, "m", "m"),
        ("removed", True, "Open on b from ten to six.", None),
        ("added", False, None, "Open on c from ten to six."),
    ]


def test_kept_segments_are_compared_like_the_texts_they_are_from():
    assert compare_segments(segments(OLD), segments(NEW)) == compare(OLD, NEW)


DIFFS = [
    ("", "", []),
    ("a b", "a b", [("same", "a b")]),
    ("", "a", [("added", "a")]),
    ("a", "", [("removed", "a")]),
    ("a b", "a c", [("same", "a "), ("removed", "b"), ("added", "c")]),
    ("a b c", "x y z", [("removed", "a b c"), ("added", "x y z")]),
    (
        "Oui !",
        "Oui\u202f!",
        [("same", "Oui"), ("removed", " "), ("added", "\u202f"), ("same", "!")],
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), DIFFS)
def test_words_are_compared(old, new, words):
    assert word_diff(old, new) == words


def test_a_text_too_long_to_compare_is_called_rewritten():
    old, new = "a b " * 3000, "c " + "b a " * 3000 + "c"
    assert [kind for kind, _words in word_diff(old, new)] == ["removed", "added"]


lines = st.text(alphabet="ab ,é\n", max_size=30)


@given(lines, lines)
@settings(max_examples=300, deadline=None)
def test_a_word_diff_holds_both_texts(old, new):
    result = word_diff(old, new)
    assert "".join(words for kind, words in result if kind != "added") == old
    assert "".join(words for kind, words in result if kind != "removed") == new


@given(canonical_html, canonical_html, st.randoms())
@settings(max_examples=300, deadline=None)
def test_a_comparison_holds_every_segment_of_both_once_and_in_order(one, other, random):
    old, new = segments(one + other), segments(other + one)
    if random.random() < 0.5:
        random.shuffle(new)
    changes = compare_segments(old, new)
    assert [change.old for change in changes if change.old] == old
    assert [change.new for change in changes if change.new] == new
    assert [c.old.digest == c.new.digest for c in changes if c.old and c.new] == [
        c.kind == "same" for c in changes if c.old and c.new
    ]


@given(canonical_html, canonical_html, st.randoms())
@settings(max_examples=200, deadline=None)
def test_a_segment_moved_if_and_only_if_it_stands_in_both(one, other, random):
    old, new = segments(one + one), segments(other + one)
    random.shuffle(new)
    changes = compare_segments(old, new)
    pairs = moves(changes)
    assert {i for i, c in enumerate(changes) if c.moved and c.new} == pairs.keys()
    assert {i for i, c in enumerate(changes) if c.moved and c.old} == set(pairs.values())
    assert all(changes[i].new == changes[j].old for i, j in pairs.items())
    gone, come = (
        {side.digest for c in changes if not c.moved and c.kind == kind for side in c[1:3] if side}
        for kind in ("removed", "added")
    )
    assert not gone & come
