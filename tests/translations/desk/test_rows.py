from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.segments import segment, segments
from tests.translations.desk.test_cells import texts
from translations import parts
from translations.desk import cells, rows
from translations.desk.merging import merge
from translations.desk.rows import Row, open_rows

EN = "<p>One: the border.</p><p>Two: the night.</p><p>Three: the kitchen.</p>"
FR = "<p>Un : la frontière.</p><p>Deux : la nuit.</p><p>Trois : la cuisine.</p>"


def opened(source: str, target: str, **options) -> list[Row]:
    return open_rows(":body", segments(source), target, is_rich=True, **options)


def told(found: list[Row]) -> list[tuple[list[str], str]]:
    return [([s.text for s in row.source], row.text) for row in found]


@given(texts, texts)
@settings(max_examples=200, deadline=None)
def test_an_untouched_side_is_joined_to_the_same_bytes(source, target):
    assert rows.join(opened(source, target), is_rich=True) == target


@given(texts, texts)
def test_an_untouched_side_is_based_on_what_it_was_based_on(source, target):
    found = opened(source, target, left_out=True)

    assert rows.base(found) == parts.kept(segments(source))


@given(texts, texts)
def test_rows_that_are_published_and_opened_again_are_the_same_rows(source, target):
    found = opened(source, target, left_out=True)
    alignment = {"of": parts.digest(segments(target)), "beads": rows.beads(found)}

    assert opened(source, target, left_out=True, alignment=alignment) == found


@given(texts, texts)
def test_every_row_has_a_key_of_its_own(source, target):
    keys = [row.key for row in opened(source, target)]

    assert len(keys) == len(set(keys))


def test_the_same_columns_give_the_same_keys():
    assert opened(EN, FR) == opened(EN, FR)


def test_paragraphs_of_both_sides_stand_side_by_side():
    assert told(opened(EN, FR)) == [
        (["One: the border."], "<p>Un : la frontière.</p>"),
        (["Two: the night."], "<p>Deux : la nuit.</p>"),
        (["Three: the kitchen."], "<p>Trois : la cuisine.</p>"),
    ]


def test_a_stored_alignment_says_which_blocks_belong_together():
    alignment = {"of": parts.digest(segments(FR)), "beads": [[2, 1], [0, 1], [1, 1]]}

    assert told(opened(EN, FR, alignment=alignment)) == [
        (["One: the border.", "Two: the night."], "<p>Un : la frontière.</p>"),
        ([], "<p>Deux : la nuit.</p>"),
        (["Three: the kitchen."], "<p>Trois : la cuisine.</p>"),
    ]


@pytest.mark.parametrize(
    "alignment",
    [
        {"of": "another text", "beads": [[2, 1], [0, 1], [1, 1]]},
        {"of": parts.digest(segments(FR)), "beads": [[2, 1], [1, 1]]},
        {"of": parts.digest(segments(FR)), "beads": []},
    ],
)
def test_an_alignment_of_another_text_is_not_believed(alignment):
    assert told(opened(EN, FR, alignment=alignment)) == told(opened(EN, FR))


def test_a_missing_side_has_an_empty_row_for_each_segment():
    found = opened(EN, "")

    assert told(found) == [([s.text], "") for s in segments(EN)]
    assert [row.omitted for row in found] == [False] * 3


def test_what_a_confirmed_side_does_not_say_is_left_out_on_purpose():
    alignment = {"of": parts.digest(segments("<p>Un.</p>")), "beads": [[1, 1], [1, 0], [1, 0]]}
    found = opened(EN, "<p>Un.</p>", alignment=alignment, left_out=True)

    assert [(row.omitted, row.text) for row in found] == [
        (False, "<p>Un.</p>"),
        (True, ""),
        (True, ""),
    ]


def test_a_text_whose_source_nobody_knows_is_unsure():
    found = opened(EN, FR, unsure=True)

    assert [row.unsure for row in found] == [True] * 3
    assert rows.base(found) is None


def test_a_segment_that_is_still_to_translate_is_no_base():
    found = opened(EN, "")
    found[1] = found[1].with_text("<p>Deux.</p>")

    assert rows.base(found) == [["p", "Two: the night."]]
    assert rows.beads(found) == [[1, 1]]


def test_a_plain_text_is_one_row():
    said = parts.split("A & B", is_rich=False)
    found = open_rows(":title", said, "A et B", is_rich=False)

    assert [(parts.kept(row.source), row.text) for row in found] == [
        ([["text", "A &amp; B"]], "A et B")
    ]
    assert rows.join(found, is_rich=False) == "A et B"


def test_a_row_survives_its_draft():
    row = Row(
        "abc",
        (segment("p", "a"),),
        cells.Cell("<ul><li><p>b</p></li></ul>", ("ul", "li"), 2),
        omitted=True,
        others=(rows.Other("Amina", "2026-01-01T00:00:00Z", "<p>c</p>", "f00"),),
        unsure=True,
    )

    assert rows.from_json(rows.to_json(row)) == row


def test_rules_stay_with_the_block_before_them():
    target = "<p>a</p><hr><p>b</p>"

    assert [row.text for row in opened("<p>A</p><p>B</p>", target)] == ["<p>a</p><hr>", "<p>b</p>"]


# The source moves -------------------------------------------------------------------------------


def shown(found: list[Row], source: str):
    return merge(":body", found, rows.originals(source, is_rich=True))


def kinds(source_then: str, target: str, source_now: str) -> list[tuple[str, list[str], str]]:
    found = shown(opened(source_then, target), source_now)
    return [(s.kind, [n.text for n in s.now], s.row.text) for s in found]


def test_an_unmoved_source_leaves_every_row_the_same():
    assert [kind for kind, _now, _text in kinds(EN, FR, EN)] == ["same"] * 3


def test_one_changed_word_changes_one_row():
    now = EN.replace("the night", "the long night")

    assert kinds(EN, FR, now) == [
        ("same", ["One: the border."], "<p>Un : la frontière.</p>"),
        ("changed", ["Two: the long night."], "<p>Deux : la nuit.</p>"),
        ("same", ["Three: the kitchen."], "<p>Trois : la cuisine.</p>"),
    ]


def test_a_new_paragraph_is_an_empty_row_in_its_place():
    now = EN.replace("<p>Two", "<p>Something else entirely.</p><p>Two")

    assert kinds(EN, FR, now)[1] == ("added", ["Something else entirely."], "")


def test_a_removed_paragraph_keeps_its_translation_in_its_place():
    assert kinds(EN, FR, EN.replace("<p>Two: the night.</p>", ""))[1] == (
        "removed",
        [],
        "<p>Deux : la nuit.</p>",
    )


def test_a_moved_paragraph_is_shown_where_it_stands_now():
    now = "<p>Three: the kitchen.</p><p>One: the border.</p><p>Two: the night.</p>"

    assert [(kind, text) for kind, _now, text in kinds(EN, FR, now)] == [
        ("moved", "<p>Trois : la cuisine.</p>"),
        ("same", "<p>Un : la frontière.</p>"),
        ("same", "<p>Deux : la nuit.</p>"),
    ]


def test_a_text_without_a_source_is_kept():
    target = FR + "<p>Et un mot à nous.</p>"
    alignment = {"of": parts.digest(segments(target)), "beads": [[1, 1], [1, 1], [1, 1], [0, 1]]}
    found = shown(opened(EN, target, alignment=alignment), EN)

    assert [(s.kind, s.row.text) for s in found][-1] == ("own", "<p>Et un mot à nous.</p>")


def test_what_is_new_inside_a_row_belongs_to_it():
    alignment = {"of": parts.digest(segments(FR)), "beads": [[2, 1], [0, 1], [1, 1]]}
    now = EN.replace("<p>Two", "<p>Something else entirely.</p><p>Two")
    first = shown(opened(EN, FR, alignment=alignment), now)[0]

    assert (first.kind, [s.text for s in first.now]) == (
        "changed",
        ["One: the border.", "Something else entirely.", "Two: the night."],
    )


def test_a_plain_text_that_was_rewritten_is_one_changed_row():
    found = open_rows(":title", parts.split("Kitchen", is_rich=False), "Cuisine", is_rich=False)
    now = merge(":title", found, rows.originals("Something else", is_rich=False))

    assert [(s.kind, s.row.text) for s in now] == [("changed", "Cuisine")]


def test_two_equal_paragraphs_are_two_rows_with_keys_that_last():
    both = shown([], "<p>a</p><p>a</p>")
    second = shown([both[1].confirmed().with_text("<p>b</p>")], "<p>a</p><p>a</p>")

    assert len({s.key for s in both}) == 2
    assert {s.key for s in second} == {s.key for s in both}


@given(texts, texts, texts)
@settings(max_examples=300, deadline=None)
def test_every_segment_and_every_text_stands_in_exactly_one_row(then, target, now):
    found = shown(opened(then, target), now)

    assert sorted(parts.kept(s for each in found for s in each.now)) == sorted(
        parts.kept(segments(now))
    )
    assert sorted(s.row.text for s in found if s.row.text) == sorted(
        row.text for row in opened(then, target) if row.text
    )
    assert len({s.key for s in found}) == len(found)


@given(texts, texts, texts)
def test_what_is_shown_follows_the_source(then, target, now):
    found = shown(opened(then, target), now)

    assert [s for each in found for s in each.now] == segments(now)
