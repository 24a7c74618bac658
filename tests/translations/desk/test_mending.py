from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import html
from core.segments import segments
from tests.translations.desk.test_cells import texts
from tests.translations.desk.test_rows import opened, shown, told
from translations import parts
from translations.desk import mending, rows
from translations.desk.mending import down, merge_rows, split, up

EN = "<p>One.</p><p>Two.</p><p>Three.</p>"
FR = "<p>Un.</p><p>Deux.</p><p>Trois.</p>"


def of(*beads: list[int], target: str = FR):
    alignment = {"of": parts.digest(segments(target)), "beads": list(beads)}
    return opened(EN, target, alignment=alignment, left_out=True)


def act(function, found, place: int, source: str = EN, *extra):
    stands = shown(found, source)
    return function(found, stands, stands[place].key, *extra)


def test_the_first_block_goes_to_the_row_above():
    assert told(act(up, of([1, 1], [1, 2], [1, 0]), 1)) == [
        (["One."], "<p>Un.</p><p>Deux.</p>"),
        (["Two."], "<p>Trois.</p>"),
        (["Three."], ""),
    ]


def test_the_last_block_goes_to_the_row_below():
    assert told(act(down, of([1, 1], [1, 2], [1, 0]), 1)) == [
        (["One."], "<p>Un.</p>"),
        (["Two."], "<p>Deux.</p>"),
        (["Three."], "<p>Trois.</p>"),
    ]


def test_a_row_that_gets_a_text_is_no_longer_left_out():
    assert [row.omitted for row in act(down, of([1, 1], [1, 2], [1, 0]), 1)] == [False] * 3


def test_two_rows_become_one_and_again_two():
    joined = act(merge_rows, of([1, 1], [1, 1], [1, 1]), 0)

    assert told(joined) == [
        (["One.", "Two."], "<p>Un.</p><p>Deux.</p>"),
        (["Three."], "<p>Trois.</p>"),
    ]
    assert told(act(split, joined, 0, EN, ":body")) == told(of([1, 1], [1, 1], [1, 1]))


def test_the_blocks_beyond_the_first_become_a_row_without_a_source():
    assert told(act(split, of([1, 2], [1, 1], [1, 0]), 0, EN, ":body"))[:2] == [
        (["One."], "<p>Un.</p>"),
        ([], "<p>Deux.</p>"),
    ]


def test_items_stay_in_their_list_when_they_are_joined_and_split():
    items = "<ul><li><p>a</p></li><li><p>b</p></li></ul>"
    found = act(merge_rows, opened("<p>A</p><p>B</p>", items), 0, "<p>A</p><p>B</p>")
    again = act(split, found, 0, "<p>A</p><p>B</p>", ":body")

    assert rows.join(found, is_rich=True) == rows.join(again, is_rich=True) == items


@pytest.mark.parametrize(("function", "place"), [(up, 0), (down, 2), (merge_rows, 2)])
def test_there_is_nothing_above_the_first_and_below_the_last(function, place):
    with pytest.raises(ValueError, match="no row"):
        act(function, of([1, 1], [1, 1], [1, 1]), place)


def test_one_segment_with_one_block_is_not_split():
    with pytest.raises(ValueError, match="nothing to split"):
        act(split, of([1, 1], [1, 1], [1, 1]), 0, EN, ":body")


def test_an_empty_cell_has_nothing_to_give():
    with pytest.raises(ValueError, match="nothing to move"):
        act(up, of([1, 1], [1, 2], [1, 0]), 2)


def test_a_new_segment_is_joined_to_the_row_that_says_it_too():
    now = EN.replace("<p>Two", "<p>Something else entirely.</p><p>Two")
    joined = act(merge_rows, of([1, 1], [1, 1], [1, 1]), 0, now)

    assert [s.text for s in joined[0].source] == ["One.", "Something else entirely."]
    assert [s.kind for s in shown(joined, now)] == ["same"] * 3


words = st.lists(st.sampled_from(["up", "down", "merge", "split"]), max_size=6)


@given(texts, texts, words, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_mending_loses_no_word_and_no_source(source, target, deeds, random):
    found = opened(source, target, left_out=True)
    functions = {"up": up, "down": down, "merge": merge_rows, "split": split}
    for deed in deeds:
        stands = shown(found, source)
        if not stands:
            break
        key = random.choice(stands).key
        extra = (":body",) if deed == "split" else ()
        try:
            found = functions[deed](found, stands, key, *extra)
        except ValueError:
            continue
    assert [s for row in found for s in row.source] == segments(source)
    after = rows.join(found, is_rich=True)
    assert [b.text for b in html.blocks(after)] == [b.text for b in html.blocks(target)]


@given(texts, texts, texts, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_a_side_of_which_everything_is_confirmed_is_based_on_the_source(then, target, now, random):
    found = opened(then, target, left_out=True)
    # Confirming one row may show that another one moved: its turn comes again.
    for _turn in range(5 * len(segments(then + now)) + 1):
        stands = shown(found, now)
        left = [each for each in stands if each.kind not in ("same", "own")]
        if not left:
            break
        each = random.choice(left)
        if each.kind == "removed":
            found = mending.dismiss(found, each.key)
        elif each.kind == "added":
            found = mending.put(found, stands, each, each.confirmed().with_text("<p>new</p>"))
        else:
            found = mending.confirm(found, stands, each.key, [])
    kept = {s.key for s in shown(found, now)}
    found = [row for row in found if row.key in kept]

    assert rows.base(found) == parts.kept(segments(now))


def test_what_moved_in_the_source_moves_with_its_confirmation():
    now = "<p>Three.</p><p>One.</p><p>Two.</p>"
    found = of([1, 1], [1, 1], [1, 1])
    stands = shown(found, now)

    confirmed = mending.confirm(found, stands, stands[0].key, [])

    assert rows.join(confirmed, is_rich=True) == "<p>Trois.</p><p>Un.</p><p>Deux.</p>"


def test_confirming_everything_leaves_what_is_still_to_do():
    now = "<p>One!</p><p>Something else entirely.</p><p>Three.</p>"
    found = mending.confirm_all(shown(of([1, 1], [1, 1], [1, 1]), now))

    assert [(s.kind, s.row.text) for s in shown(found, now)] == [
        ("same", "<p>Un.</p>"),
        ("removed", "<p>Deux.</p>"),
        ("added", ""),
        ("same", "<p>Trois.</p>"),
    ]
