"""Pictures in the rows of a part: carried over, moved, left out, and never translated."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.html import pieces
from core.segments import segments
from tests.translations.desk.test_cells import texts
from translations import parts
from translations.desk import along, cells, mending, rows
from translations.desk.merging import merge
from translations.desk.rows import Row, open_rows

# Two pictures as they are written in these tests: {7} and {8}.
EN = "<p>One: the border.</p>{7}<p>Two: the night.</p><p>Three: the kitchen.</p>"
FR = "<p>Un : la frontière.</p>{7}<p>Deux : la nuit.</p><p>Trois : la cuisine.</p>"


def html(text: str) -> str:
    for number in "78":
        text = text.replace(f"{{{number}}}", f'<img src="ref:pictures.picture/{number}">')
    return text


def short(text: str) -> str:
    for number in "78":
        text = text.replace(f'<img src="ref:pictures.picture/{number}">', f"{{{number}}}")
    return text


def opened(source: str, target: str, **options) -> list[Row]:
    return open_rows(":body", segments(html(source)), html(target), is_rich=True, **options)


def brought(found: list[Row], source: str, *, has_side: bool = True) -> list[Row]:
    current = rows.originals(html(source), is_rich=True)
    return along.bring(":body", found, current, has_side=has_side)


def stands(found: list[Row], source: str):
    return merge(":body", found, rows.originals(html(source), is_rich=True))


def shown(found: list[Row], source: str) -> list[tuple[str, str]]:
    """(what became of its source, what stands in its cell) of each row."""
    return [(each.kind, short(each.row.text)) for each in stands(found, source)]


def joined(found: list[Row]) -> str:
    return short(rows.join(found, is_rich=True))


def without(text: str, *numbers: int) -> str:
    for number in numbers:
        text = text.replace(f"{{{number}}}", "")
    return text


def act(function, found: list[Row], source: str, text: str, *extra):
    """What is pressed in the row whose cell holds `text`."""
    each = next(one for one in stands(found, source) if one.row.text == html(text))
    return function(found, stands(found, source), each.key, *extra)


# Carried over -----------------------------------------------------------------------------------


def test_a_side_that_has_it_stays_as_it_is():
    found = opened(EN, FR, left_out=True)

    assert brought(found, EN) == found
    assert joined(found) == FR


def test_a_side_that_left_it_out_stays_as_it_is():
    found = opened(EN, without(FR, 7), left_out=True)

    assert brought(found, EN) == found
    assert [row.omitted for row in found] == [False, True, False, False]


def test_a_picture_that_came_stands_where_the_source_has_it():
    found = brought(opened(without(EN, 7), without(FR, 7), left_out=True), EN)

    assert joined(found) == FR
    assert {kind for kind, _text in shown(found, EN)} == {"same"}
    assert rows.base(found) == parts.kept(segments(html(EN)))


def test_pictures_that_came_stand_in_their_order():
    source = "{8}{7}<p>One: the border.</p>{7}{8}"
    found = brought(opened("<p>One: the border.</p>", "<p>Un : la frontière.</p>"), source)

    assert joined(found) == "{8}{7}<p>Un : la frontière.</p>{7}{8}"


def test_a_picture_that_came_again_and_again_came_once():
    found = brought(opened(without(EN, 7), without(FR, 7)), EN)

    assert brought(found, EN) == found


def test_a_picture_that_moved_moves_with_the_source_and_no_words_do():
    now = "{7}" + without(EN, 7)
    found = brought(opened(EN, FR, left_out=True), now)

    assert joined(found) == "{7}" + without(FR, 7)
    assert {kind for kind, _text in shown(found, now)} == {"same"}


def test_two_pictures_that_changed_places_do_so():
    source, target = EN.replace("<p>Three", "{8}<p>Three"), FR.replace("<p>Trois", "{8}<p>Trois")
    now = source.translate(str.maketrans("78", "87"))
    found = brought(opened(source, target, left_out=True), now)

    assert joined(found) == target.translate(str.maketrans("78", "87"))
    assert {kind for kind, _text in shown(found, now)} == {"same"}


def test_a_picture_that_the_source_lost_stays_until_it_is_dismissed():
    now = without(EN, 7)
    found = brought(opened(EN, FR, left_out=True), now)
    assert shown(found, now)[1] == ("removed", "{7}")

    dismissed = act(lambda found, _stands, key: mending.dismiss(found, key), found, now, "{7}")

    assert joined(dismissed) == without(FR, 7)
    assert rows.base(dismissed) == parts.kept(segments(html(now)))


def test_another_picture_in_its_place_comes_and_the_old_one_is_to_be_dismissed():
    now = EN.replace("{7}", "{8}")
    found = brought(opened(EN, FR, left_out=True), now)

    assert shown(found, now)[1:3] == [("removed", "{7}"), ("same", "{8}")]


def test_a_picture_that_the_target_has_of_its_own_accord_comes_no_second_time():
    target = without(FR, 7) + "{7}"
    found = brought(opened(without(EN, 7), target, left_out=True), EN)

    assert joined(found) == target
    assert [row.omitted for row in found if row.source and row.picture] == [True]


def test_a_picture_beside_the_one_that_came_is_that_one():
    found = brought(opened(without(EN, 7), FR, left_out=True), EN)

    assert [(short(row.text), len(row.source)) for row in found][1] == ("{7}", 1)
    assert joined(found) == FR


def test_a_picture_in_the_middle_of_a_row_tears_it_apart():
    alignment = {
        "of": parts.digest(segments("<p>Un, deux.</p><p>Trois.</p>")),
        "beads": [[2, 1], [1, 1]],
    }
    then, now = "<p>One.</p><p>Two.</p><p>Three.</p>", "<p>One.</p>{7}<p>Two.</p><p>Three.</p>"
    found = opened(then, "<p>Un, deux.</p><p>Trois.</p>", alignment=alignment)

    assert shown(brought(found, now), now) == [
        ("changed", "<p>Un, deux.</p>"),
        ("same", "{7}"),
        ("added", ""),
        ("same", "<p>Trois.</p>"),
    ]


# A side that nobody has had yet -----------------------------------------------------------------


def test_a_new_side_is_not_begun_by_pictures():
    found = brought(opened(EN, ""), EN, has_side=False)

    assert joined(found) == ""
    assert rows.base(found) == []


def test_pictures_come_with_the_first_words():
    found = opened(EN, "")
    found[2] = found[2].with_text("<p>Deux.</p>")

    assert joined(brought(found, EN, has_side=False)) == "{7}<p>Deux.</p>"


def test_pictures_go_with_the_last_words():
    found = opened(EN, "")
    found[2] = found[2].with_text("<p>Deux.</p>")
    found = brought(found, EN, has_side=False)
    found[2] = found[2].with_text("")

    assert joined(brought(found, EN, has_side=False)) == ""


def test_a_text_of_pictures_alone_needs_no_words():
    assert joined(brought(opened("{7}{8}", ""), "{7}{8}", has_side=False)) == "{7}{8}"


def test_nobody_has_to_confirm_that_a_picture_is_the_same():
    found = opened(EN, FR, unsure=True)

    assert [row.unsure for row in found] == [True, False, True, True]


# Moved, left out --------------------------------------------------------------------------------

UP = [
    "{7}<p>Un : la frontière.</p><p>Deux : la nuit.</p><p>Trois : la cuisine.</p>",
    "<p>Un : la frontière.</p><p>Deux : la nuit.</p>{7}<p>Trois : la cuisine.</p>",
]


@pytest.mark.parametrize(("function", "target"), [(mending.up, UP[0]), (mending.down, UP[1])])
def test_a_picture_is_moved_past_a_row_and_back(function, target):
    back = mending.down if function is mending.up else mending.up
    found = opened(EN, FR, left_out=True)

    moved = act(function, found, EN, "{7}")

    assert joined(moved) == target
    assert rows.base(moved) == parts.kept(segments(html(EN)))
    assert brought(moved, EN) == moved
    assert act(back, moved, EN, "{7}") == found


def test_a_picture_that_was_moved_opens_as_it_was_published():
    moved = act(mending.down, opened(EN, FR, left_out=True), EN, "{7}")
    target = rows.join(moved, is_rich=True)
    alignment = {"of": parts.digest(segments(target)), "beads": rows.beads(moved)}
    found = brought(opened(EN, short(target), alignment=alignment, left_out=True), EN)

    assert joined(found) == UP[1]
    assert joined(act(mending.up, found, EN, "{7}")) == FR


def test_at_the_edge_there_is_nothing_to_move_it_past():
    found = opened("{7}<p>One.</p>", "{7}<p>Un.</p>", left_out=True)

    with pytest.raises(ValueError, match="no row"):
        act(mending.up, found, "{7}<p>One.</p>", "{7}")


def test_a_picture_is_left_out_and_comes_back():
    found = opened(EN, FR, left_out=True)
    left = act(mending.leave_out, found, EN, "{7}", True)
    key = next(row.key for row in left if row.picture)
    assert joined(left) == without(FR, 7)
    assert rows.base(left) == parts.kept(segments(html(EN)))
    assert brought(left, EN) == left

    assert mending.leave_out(left, stands(left, EN), key, False) == found


def test_a_picture_that_comes_back_leaves_the_place_that_it_was_moved_to():
    moved = act(mending.down, opened(EN, FR, left_out=True), EN, "{7}")
    key = next(row.key for row in moved if row.picture and row.source)

    assert joined(mending.leave_out(moved, stands(moved, EN), key, False)) == FR


def test_words_move_past_a_picture_and_never_into_its_row():
    found = opened(EN, FR, left_out=True)
    moved = act(mending.down, found, EN, "<p>Un : la frontière.</p>")

    assert [short(row.text) for row in moved][:3] == [
        "",
        "{7}",
        "<p>Un : la frontière.</p><p>Deux : la nuit.</p>",
    ]


def test_rows_with_a_picture_between_them_are_not_joined():
    with pytest.raises(ValueError, match="picture"):
        act(mending.merge_rows, opened(EN, FR), EN, "<p>Un : la frontière.</p>")


# Whatever happens -------------------------------------------------------------------------------


@given(texts, texts, texts)
@settings(max_examples=300, deadline=None)
def test_every_picture_of_the_source_has_a_row_in_its_order(then, target, now):
    current = rows.originals(now, is_rich=True)
    found = along.bring(":body", opened(then, target, left_out=True), current, has_side=True)
    over = merge(":body", found, current)
    pictures = [each for each in over if each.now and each.picture]

    assert [each.picture for each in pictures] == [s.html for s in segments(now) if s.is_picture]
    assert {each.kind for each in pictures} <= {"same"}
    assert all(each.row.cell.picture or each.row.omitted for each in pictures)
    assert [s for each in over for s in each.now] == segments(now)
    assert along.bring(":body", found, current, has_side=True) == found


@given(texts, texts)
@settings(max_examples=300, deadline=None)
def test_an_untouched_side_with_pictures_is_joined_to_the_same_bytes(source, target):
    current = rows.originals(source, is_rich=True)
    found = along.bring(":body", opened(source, target, left_out=True), current, has_side=True)

    assert rows.join(found, is_rich=True) == target
    assert rows.base(found) == parts.kept(segments(source))


@given(texts, texts, texts)
@settings(max_examples=300, deadline=None)
def test_no_words_of_a_side_are_lost_or_moved_by_what_goes_along(then, target, now):
    current = rows.originals(now, is_rich=True)
    found = along.bring(":body", opened(then, target, left_out=True), current, has_side=True)
    after = pieces(rows.join(found, is_rich=True))

    assert [p.inner for p in after if p.path[-1] not in ("img", "hr")] == [
        p.inner for p in pieces(target) if p.path[-1] not in ("img", "hr")
    ]


deeds = st.lists(
    st.sampled_from(["up", "down", "merge", "split", "out", "in", "dismiss"]), max_size=8
)


@given(texts, texts, deeds, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_whatever_is_done_no_cell_mixes_a_picture_with_words(source, target, done, random):
    current = rows.originals(source, is_rich=True)
    found = along.bring(":body", opened(source, target, left_out=True), current, has_side=True)
    for deed in done:
        over = merge(":body", found, current)
        if not over:
            break
        each = random.choice(over)
        try:
            if deed == "split":
                found = mending.split(found, over, each.key, ":body")
            elif deed == "dismiss":
                found = mending.dismiss(found, each.key) if each.kind == "own" else found
            elif deed in ("out", "in"):
                if each.picture and each.now:
                    found = mending.leave_out(found, over, each.key, deed == "out")
            else:
                function = {"up": mending.up, "down": mending.down, "merge": mending.merge_rows}
                found = function[deed](found, over, each.key)
        except ValueError:
            continue
        found = along.bring(":body", found, current, has_side=True)
        for row in found:
            leaves = {piece.path[-1] for piece in row.cell.pieces} - {"hr"}
            assert "img" not in leaves or leaves == {"img"}
        assert len({row.key for row in found}) == len(found)
    assert [s for row in found for s in row.source] == segments(source)


# Rules ------------------------------------------------------------------------------------------

PARTED = "<p>One.</p><hr><p>Two.</p><hr><hr>{7}<p>Three.</p><hr>"


def translated(*texts: str, source: str = PARTED, has_side: bool = False) -> list[Row]:
    """The rows of a new side with these texts in the rows of words."""
    found = opened(source, "")
    words = iter(texts)
    found = [row if row.picture else row.with_text(html(next(words))) for row in found]
    return brought(found, source, has_side=has_side)


def test_a_new_side_has_the_rules_of_its_source():
    found = translated("<p>Un.</p>", "<p>Deux.</p>", "<p>Trois.</p>")

    assert joined(found) == "<p>Un.</p><hr><p>Deux.</p><hr><hr>{7}<p>Trois.</p>"
    assert [short(row.text) for row in found] == [
        "<p>Un.</p>",
        "<p>Deux.</p>",
        "{7}",
        "<p>Trois.</p>",
    ]


def test_a_rule_comes_with_the_text_behind_it():
    assert joined(translated("<p>Un.</p>", "", "")) == "<p>Un.</p><hr><hr>{7}"
    assert joined(translated("", "<p>Deux.</p>", "")) == "<p>Deux.</p><hr><hr>{7}"
    assert joined(translated("<p>Un.</p>", "<p>Deux.</p>", source=PARTED[:30])) == (
        "<p>Un.</p><hr><p>Deux.</p>"
    )


def test_a_text_begins_with_a_rule_where_its_source_does():
    source = "<hr><p>One.</p><p>Two.</p>"

    assert joined(translated("<p>Un.</p>", "", source=source)) == "<hr><p>Un.</p>"
    assert joined(translated("", "<p>Deux.</p>", source=source)) == "<p>Deux.</p>"


@pytest.mark.parametrize(
    ("first", "second"),
    [("<p>Un.</p><hr>", "<p>Deux.</p>"), ("<p>Un.</p>", "<hr><p>Deux.</p>")],
)
def test_a_rule_that_somebody_wrote_comes_no_second_time(first, second):
    source = "<p>One.</p><hr><p>Two.</p>"

    assert joined(translated(first, second, source=source)) == "<p>Un.</p><hr><p>Deux.</p>"


def test_a_side_that_readers_have_keeps_its_own_rules():
    found = opened("<p>One.</p><hr><p>Two.</p>", "<p>Un.</p><p>Deux.</p>", left_out=True)

    assert brought(found, "<p>One.</p><hr><p>Two.</p>") == found


def test_rules_survive_a_draft_and_are_published_with_the_text_before_them():
    found = translated("<p>Un.</p>", "<p>Deux.</p>", "<p>Trois.</p>")
    assert [rows.from_json(rows.to_json(row)) for row in found] == found

    target = rows.join(found, is_rich=True)
    alignment = {"of": parts.digest(segments(target)), "beads": rows.beads(found)}
    again = opened(PARTED, short(target), alignment=alignment, left_out=True)

    assert [short(row.text) for row in again] == [
        "<p>Un.</p><hr>",
        "<p>Deux.</p><hr><hr>",
        "{7}",
        "<p>Trois.</p>",
    ]


@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_new_side_with_the_words_of_its_source_is_its_source(source):
    current = rows.originals(source, is_rich=True)
    said = [original.segment for original in current]
    blocks = [cells.cut([piece]) for piece in pieces(source) if piece.path != ("hr",)]
    found = [
        row if row.picture else replace(row, cell=cell)
        for row, cell in zip(open_rows(":body", said, "", is_rich=True), blocks, strict=True)
    ]
    found = along.bring(":body", found, current, has_side=False)

    assert rows.join(found, is_rich=True) == re.sub("(<hr>)+$", "", source)
    assert along.bring(":body", found, current, has_side=False) == found
