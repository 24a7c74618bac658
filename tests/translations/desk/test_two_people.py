"""Two people in one side: no text of either is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import (
    BODY,
    later,
    person,
    posted,
    rows,
    save,
    texts,
)
from translations.acts import publishing
from translations.desk import drafting

pytestmark = pytest.mark.django_db


def test_two_people_in_two_rows_do_not_disturb_each_other(pair, amina):
    first, second = (posted(row, "") for row in rows(pair))
    save(pair, amina, later(first, "<p>Un, Amina.</p>"))
    save(pair, person("bo"), later(second, "<p>Deux, Bo.</p>"))

    assert texts(pair) == ["<p>Un, Amina.</p>", "<p>Deux, Bo.</p>"]


def test_both_texts_of_one_row_are_kept(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    outcome = save(pair, person("bo"), later(row, "<p>Un, Bo.</p>"))

    shown = rows(pair)[0].row
    assert (shown.text, [(o.by, o.text) for o in shown.others]) == (
        "<p>Un, Amina.</p>",
        [("bo", "<p>Un, Bo.</p>")],
    )
    received = outcome.rows[row.key]
    assert (received.conflict, received.was) == (True, row.was)


def test_who_goes_on_writing_in_a_conflict_has_one_text(pair, amina):
    row, bo = posted(rows(pair)[0], ""), person("bo")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    for text in ("<p>Un, Bo.</p>", "<p>Un, Bo, bien sûr.</p>"):
        save(pair, bo, later(row, text))

    assert [o.text for o in rows(pair)[0].row.others] == ["<p>Un, Bo, bien sûr.</p>"]


def test_two_different_texts_of_one_person_are_both_kept(pair, amina):
    row, bo = posted(rows(pair)[0], ""), person("bo")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    for text in ("<p>Une première idée, longue.</p>", "<p>Zut alors xyz</p>"):
        save(pair, bo, later(row, text))

    assert len(rows(pair)[0].row.others) == 2


def test_a_cell_that_was_not_touched_never_overwrites(pair, amina):
    row = posted(rows(pair)[0], "Un : la frontière.")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    outcome = save(pair, person("bo"), row)

    assert (texts(pair)[0], rows(pair)[0].row.others) == ("<p>Un, Amina.</p>", ())
    assert outcome.rows[row.key].was == row.was


def test_both_writing_the_same_is_no_conflict(pair, amina):
    row = posted(rows(pair)[0], "<p>Un !</p>")
    save(pair, amina, row)
    outcome = save(pair, person("bo"), row)

    assert (outcome.changed, rows(pair)[0].row.others) == (False, ())


def test_another_text_is_taken_and_the_one_before_stays_beside_it(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    save(pair, person("bo"), later(row, "<p>Un, Bo.</p>"))

    drafting.take(pair, "fr", amina, row.key, 0)

    shown = rows(pair)[0].row
    assert (shown.text, [o.text for o in shown.others]) == (
        "<p>Un, Bo.</p>",
        ["<p>Un, Amina.</p>"],
    )


def test_another_text_is_dropped(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    save(pair, person("bo"), later(row, "<p>Un, Bo.</p>"))

    drafting.drop(pair, "fr", amina, row.key, 0)

    assert (texts(pair)[0], rows(pair)[0].row.others) == ("<p>Un, Amina.</p>", ())


def test_a_row_that_somebody_joined_meanwhile_keeps_the_text_beside_it(pair, amina):
    second = posted(rows(pair)[1], "<p>Deux, tapé entre-temps.</p>")
    drafting.mend(pair, "fr", person("bo"), rows(pair)[0].key, "merge")

    save(pair, amina, second)

    assert texts(pair) == [
        "<p>Un : la frontière.</p><p>Deux : la nuit.</p>",
        "<p>Deux, tapé entre-temps.</p>",
    ]


def test_a_row_that_is_gone_and_was_not_touched_leaves_nothing(pair, amina):
    second = posted(rows(pair)[1], "Deux : la nuit.")
    drafting.mend(pair, "fr", person("bo"), rows(pair)[0].key, "merge")

    assert not save(pair, amina, second).changed


def test_a_save_after_a_publication_finds_its_row(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un !</p>"))
    known = posted(rows(pair)[0], "")
    publishing.publish_side(Bulletin, pair.pk, "fr", anyway=True)

    save(pair, amina, later(known, "<p>Un ! Et encore.</p>"))

    assert texts(pair) == ["<p>Un ! Et encore.</p>", "<p>Deux : la nuit.</p>"]


def test_left_out_on_purpose_lets_the_text_step_aside(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "Un : la frontière.", omit=True))

    row = rows(pair)[0].row
    assert (row.omitted, row.text, [o.text for o in row.others]) == (
        True,
        "",
        ["<p>Un : la frontière.</p>"],
    )


class NothingIsLost(TestCase):
    """Whatever two browsers send, in whatever order, knowing whatever they know."""

    @given(
        st.lists(
            st.tuples(st.sampled_from(["amina", "bo"]), st.integers(0, 1), st.booleans()),
            min_size=1,
            max_size=6,
        )
    )
    @settings(max_examples=40, deadline=None)
    def test_every_text_that_was_typed_last_is_kept(self, saves):
        document = factories.live_pair(**BODY)
        people = {name: person(name, "translate_fr") for name in ("amina", "bo")}
        pages = {name: rows(document) for name in people}
        last: dict = {}
        for number, (name, place, is_fresh) in enumerate(saves):
            if is_fresh:
                pages[name] = rows(document)
            row = pages[name][place]
            # So unlike each other that none goes on from another one.
            text = f"<p>{chr(97 + number) * 30}</p>"
            outcome = save(document, people[name], posted(row, text))
            received = outcome.rows[row.key]
            if received.conflict:
                last.setdefault(row.key, []).append(text)
            else:
                last[row.key] = (
                    [*last.get(row.key, [])[:-1], text]
                    if is_fresh
                    else [*last.get(row.key, []), text]
                )
            kept = [
                text
                for shown in rows(document)
                for text in (shown.row.text, *(o.text for o in shown.row.others))
            ]
            assert text in kept
