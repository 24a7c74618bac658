"""What a page of the desk sends, with and without scripts."""

from __future__ import annotations

import re

import pytest
from lxml import html

from tests.translations.desk.desk_helpers import (
    BODY,
    NIGHT,
    at,
    autosave,
    edit_source,
    form,
    page_of,
    person,
    posted,
    rows,
    save,
    side,
    texts,
    told,
)
from translations.desk import drafting

pytestmark = pytest.mark.django_db


def test_characters_that_cannot_be_stored_are_left_out(client, amina, pair):
    page = page_of(client, pair)
    typed = {"One: the border.": "U\0n \ud800!", "Kitchen opens": "La\0 cuisine"}
    rows_ = [(row, typed[row.source_text]) for row in page.rows if row.source_text in typed]
    assert autosave(client, pair, *rows_).status_code == 200

    assert (texts(pair)[0], texts(pair, ":title")) == ("<p>Un !</p>", ["La cuisine"])


def test_the_form_saves_without_scripts_and_returns_to_the_page(client, amina, pair):
    page = page_of(client, pair)
    response = client.post(at(pair), form(page, {"One: the border.": "Un.\r\n\r\nEncore un."}))

    assert (response.status_code, response["Location"]) == (302, at(pair))
    assert texts(pair) == ["<p>Un.</p><p>Encore un.</p>", "<p>Deux : la nuit.</p>"]


def test_a_form_that_nobody_wrote_in_changes_nothing(client, amina, pair):
    client.post(at(pair), form(page_of(client, pair)))

    assert side(pair).draft is None


def test_a_button_of_a_row_returns_to_the_row(client, amina, pair):
    page = page_of(client, pair)
    response = client.post(at(pair) + "?show=left", form(page, do=f"merge:{page.rows[1].key}"))

    assert response["Location"] == f"{at(pair)}?show=left#row-{page.rows[1].key}"
    assert len(rows(pair)) == 1


@pytest.mark.parametrize("button", ["merge", "confirm", "take", "drop", "allow", "dismiss", "up"])
@pytest.mark.parametrize("rest", ["", ":gone", ":gone:1", ":a:b:c:d"])
def test_no_button_breaks_the_page(client, amina, pair, button, rest):
    response = client.post(at(pair), {"do": button + rest}, follow=True)

    assert (response.status_code, len(told(response)), side(pair).draft) == (200, 1, None)


def test_an_unknown_button_is_said_to_be_unknown(client, amina, pair):
    response = client.post(at(pair), {"do": "explode"}, follow=True)

    assert told(response) == ["This button is not known here."]


@pytest.mark.parametrize(
    "fields",
    [
        {"part-a": ":body", "text-a": "x", "seen-a": "{"},
        {"part-a": ":body", "text-a": "x", "seen-a": "[1]"},
        {"part-a": ":body", "text-a": "x", "seen-a": '[["p", "\\u0000"]]'},
        {"part-a": ":body", "text-a": "x", "seen-a": '[["p", "\\ud800"]]'},
        {"part-a": ":body", "text-a": "x", "was-a": "<script>"},
        {"part-a": ":nonsense", "text-a": "x"},
        {"part-A B": ":body", "text-A B": "x"},
    ],
)
def test_a_form_that_no_page_made_is_refused(client, amina, pair, fields):
    assert client.post(at(pair), fields).status_code == 400


def test_a_text_that_cannot_be_kept_as_typed_is_not_published(client, editor, pair):
    page = page_of(client, pair)
    typed = {"One: the border.": "Un <table><tr><td>x</td></tr></table>"}
    response = client.post(at(pair), form(page, typed, do="publish"), follow=True)

    assert told(response) == ["This text cannot hold a table: take it out."]
    pair.refresh_from_db()
    assert (pair.body_fr, texts(pair)[0]) == (BODY["body_fr"], "<p>Un</p><p>x</p>")


# One quotation mark is missing: a parser takes all that follows for an address.
FORGOTTEN = 'Un, <a href="https://x.example/>écrivez-nous</a>.'


def test_a_text_of_which_words_would_be_lost_comes_back_as_it_was_typed(client, amina, pair):
    page = page_of(client, pair)
    typed = {"One: the border.": FORGOTTEN, "Two: the night.": "Deux !"}
    response = client.post(at(pair), form(page, typed))

    tree = html.fromstring(response.content)
    [area] = tree.xpath("//textarea[@aria-invalid]")
    [fault] = tree.xpath(f"//*[@id='{area.get('aria-describedby')}']")
    [listed] = tree.xpath("//*[@role='alert']//li")
    assert (response.status_code, area.text.removeprefix("\n")) == (400, FORGOTTEN)
    assert "a quotation mark or a “>” is missing" in fault.text_content()
    assert "Segment 2" in listed.text_content()
    assert area.get("autofocus") is not None
    # Nothing was saved of that row, everything of the others.
    assert texts(pair) == ["<p>Un : la frontière.</p>", "<p>Deux !</p>"]


@pytest.mark.parametrize("button", ["submit", "publish", "confirm_all", "merge:{key}", "discard"])
def test_nothing_else_is_done_as_long_as_a_text_was_not_kept(client, editor, pair, button):
    page = page_of(client, pair)
    do = button.format(key=page.rows[1].key)
    client.post(at(pair), form(page, {"One: the border.": FORGOTTEN}, do=do))

    pair.refresh_from_db()
    assert (pair.body_fr, side(pair).draft) == (BODY["body_fr"], None)


def test_what_came_back_is_saved_once_it_is_mended(client, amina, pair):
    page = page_of(client, pair)
    again = client.post(at(pair), form(page, {"One: the border.": FORGOTTEN})).context["page"]
    client.post(at(pair), form(again, {"One: the border.": FORGOTTEN.replace("/>", '/">')}))

    assert texts(pair)[0] == '<p>Un, <a href="https://x.example/">écrivez-nous</a>.</p>'


def test_what_came_back_is_no_overwriting_of_what_another_wrote_meanwhile(client, amina, pair):
    page = page_of(client, pair)
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[0], "<p>Un, Bo.</p>"))
    again = client.post(at(pair), form(page, {"One: the border.": FORGOTTEN})).context["page"]
    client.post(at(pair), form(again, {"One: the border.": "Un, Amina."}))

    row = rows(pair)[0].row
    assert (row.text, [other.text for other in row.others]) == (
        "<p>Un, Bo.</p>",
        ["<p>Un, Amina.</p>"],
    )


def test_a_broken_text_for_a_row_that_is_gone_is_kept_letter_by_letter(client, amina, pair):
    data = form(page_of(client, pair), {"One: the border.": FORGOTTEN})
    save(pair, amina, posted(rows(pair)[1], "<p>Deux !</p>"))
    drafting.mend(pair, "fr", amina, rows(pair)[0].key, "merge")
    edit_source(pair, body_en="<p>Something else altogether.</p>")
    found = side(pair)
    found.draft["rows"][":body"] = []
    found.save()
    client.post(at(pair), data)

    assert [text for text in texts(pair) if "écrivez-nous&lt;/a&gt;" in text]


def test_an_autosave_of_a_text_of_which_words_would_be_lost_is_refused(client, amina, pair):
    page = page_of(client, pair)
    answer = autosave(client, pair, (page.rows[1], FORGOTTEN), (page.rows[2], "<p>Deux !</p>"))
    told_rows = answer.json()["rows"]

    assert "quotation mark" in told_rows[page.rows[1].key]["refused"]
    assert told_rows[page.rows[1].key]["was"] == page.rows[1].was
    assert "refused" not in told_rows[page.rows[2].key]
    assert texts(pair) == ["<p>Un : la frontière.</p>", "<p>Deux !</p>"]


def test_an_autosave_is_told_what_stands_now(client, amina, pair):
    page = page_of(client, pair)
    row = page.rows[1]
    answer = autosave(client, pair, (row, "<p>Un ! 12</p>"), saw=page.saw)
    now = page_of(client, pair).rows[1]

    data = answer.json()
    problems = data["rows"][row.key].pop("problems")
    # As the language of the interface writes it: 2:32 p.m.
    assert re.fullmatch(r"\d+(:\d\d)? [ap]\.m\.|noon|midnight", data.pop("saved"))
    assert data == {
        "rows": {
            row.key: {
                "key": row.key,
                "was": now.was,
                "kind": "same",
                "is_done": True,
                "omitted": False,
                "others": [],
            }
        },
        "people": [],
        "left": {"rows": 0, "words": 0},
        "progress": {"done": 3, "of": 3},
        "source_moved": False,
    }
    assert [problem["id"].rpartition("-")[0] for problem in problems][:1] == ["numbers"]


def test_an_autosave_in_a_conflict_is_given_both_texts(client, amina, pair):
    row = page_of(client, pair).rows[1]
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[0], "<p>Un, Bo.</p>"))
    data = autosave(client, pair, (row, "<p>Un, Amina.</p>")).json()

    told_row = data["rows"][row.key]
    assert {name: told_row[name] for name in ("conflict", "text", "by", "was", "others")} == {
        "conflict": True,
        "text": "<p>Un, Bo.</p>",
        "by": "bo",
        "was": row.was,
        "others": [{"number": 0, "by": "amina", "text": "<p>Un, Amina.</p>"}],
    }
    assert data["people"] == ["bo"]


def test_an_autosave_is_told_that_the_source_has_changed(client, amina, pair):
    page = page_of(client, pair)
    edit_source(pair, body_en=NIGHT)

    assert autosave(client, pair, (page.rows[1], "<p>x</p>"), saw=page.saw).json()["source_moved"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"rows": 1}',
        '{"rows": [1]}',
        '{"rows": [{"key": "a"}]}',
        "\xff",
        "[" * 100_000,
        '{"rows": [{"key": "a", "part": ":x", "seen": [], "was": "", "text": "x", "omit": false}]}',
        '{"rows": [{"key": 1, "part": ":x", "seen": [], "was": "", "text": "x", "omit": false}]}',
    ],
)
def test_an_autosave_of_nonsense_is_refused(client, amina, pair, body):
    answer = client.post(at(pair, "save/"), body, content_type="application/json")

    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_a_page_can_ask_for_a_fresh_token(client, amina, pair):
    assert sorted(client.get(at(pair, "save/")).json()) == ["csrf", "people"]
