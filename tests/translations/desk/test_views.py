from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import BODY, person, posted, rows, save, side, texts
from translations import glossary
from translations.models import Side, SideVersion

pytestmark = pytest.mark.django_db

NIGHT = BODY["body_en"].replace("night", "long night")


@pytest.fixture
def pair():
    return factories.live_pair(**BODY)


@pytest.fixture
def amina(client):
    """A translator into French, logged in."""
    somebody = person("amina", "translate_fr")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def editor(client):
    """Somebody who translates into French and publishes, logged in."""
    somebody = person("esther", "translate_fr", "publish_fr")
    client.force_login(somebody)
    return somebody


def at(document, view: str = "", language: str = "fr") -> str:
    return f"/desk/{document._meta.label_lower}-{document.pk}/{language}/{view}"


def form(page, texts: dict[str, str] | None = None, **fields) -> dict[str, str]:
    """What a browser without scripts posts: every row of the page, with `texts` by source text."""
    data = {"saw": page.saw, "do": "save", **fields}
    for row in page.rows:
        data |= {
            f"part-{row.key}": row.part,
            f"seen-{row.key}": row.seen,
            f"was-{row.key}": row.was,
            f"text-{row.key}": (texts or {}).get(row.source_text, row.typed),
        }
        if row.omitted:
            data[f"omit-{row.key}"] = "on"
    return data


def page_of(client, document):
    return client.get(at(document)).context["page"]


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def edit_source(document, **fields):
    document = Bulletin.objects.get(pk=document.pk)
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()


# Who comes in -----------------------------------------------------------------------------------


def test_without_a_login_the_way_leads_through_it(client, pair):
    response = client.get(at(pair))

    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={at(pair)}",
    )


def test_a_script_without_a_login_is_told_where_to_log_in(client, pair):
    response = client.post(at(pair, "save/"), "{}", content_type="application/json")

    assert (response.status_code, response.json()) == (
        401,
        {"login": f"/accounts/login/?next={at(pair).replace('/', '%2F')}"},
    )


@pytest.mark.parametrize("view", ["", "save/", "preview/", "review/", "versions/"])
def test_nobody_without_a_role_reads_at_the_desk(client, pair, view):
    client.force_login(person("nobody"))

    assert client.get(at(pair, view)).status_code == 403


def test_who_translates_into_another_language_reads_and_does_not_write(client, pair):
    client.force_login(person("bo", "translate_en"))
    page = page_of(client, pair)
    response = client.post(at(pair), form(page, {"One: the border.": "Un !"}))

    assert (page.may.write, response.status_code, side(pair).draft) == (False, 403, None)


def test_a_script_without_the_right_is_told_so(client, pair):
    client.force_login(person("bo", "translate_en"))
    response = client.post(at(pair, "save/"), "{}", content_type="application/json")

    assert (response.status_code, list(response.json())) == (403, ["error"])


@pytest.mark.parametrize(
    "path",
    [
        "bulletins.bulletin-0/fr/",
        "bulletins.bulletin-x/fr/",
        "bulletins.faqentry-1/fr/",
        "accounts.user-1/fr/",
        "bulletins/fr/",
        f"bulletins.bulletin-{'9' * 30}/fr/",
    ],
)
def test_what_is_no_document_is_not_found(client, amina, path):
    factories.faq(entries=1)

    assert client.get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize("language", ["en", "xx"])
def test_the_source_is_not_open_at_the_desk(client, amina, pair, language):
    assert client.get(at(pair, language=language)).status_code == 404


def test_a_translator_does_not_publish(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    desk = client.post(at(pair), {"do": "publish"})
    review = client.post(at(pair, "review/"), {"do": "publish"})

    assert (desk.status_code, review.status_code) == (403, 403)
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


# Looking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["", "save/", "preview/", "review/", "versions/"])
def test_looking_writes_nothing(client, editor, pair, view):
    before = side(pair).__dict__ | {"_state": None}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(at(pair, view)).status_code == 200
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]

    assert written == []
    assert side(pair).__dict__ | {"_state": None} == before


def test_the_desk_shows_both_sides_row_by_row(client, amina, pair):
    page = page_of(client, pair)

    assert [(row.source_text, row.typed) for row in page.rows] == [
        ("Kitchen opens", "La cuisine ouvre"),
        ("One: the border.", "Un : la frontière."),
        ("Two: the night.", "Deux : la nuit."),
    ]


def test_children_are_groups_of_their_own(client, amina):
    faq = factories.faq(entries=2)
    page = page_of(client, faq)

    assert [(group.label, group.heading, len(group.rows)) for group in page.groups] == [
        ("", "", 2),
        ("Question", "Question 1?", 2),
        ("Question", "Question 2?", 2),
    ]


def test_a_changed_word_of_the_source_is_marked_in_its_row(client, amina, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)

    assert [(row.source_text, row.words) for row in page.changed] == [
        (
            "Two: the long night.",
            [("same", "Two: the "), ("added", "long "), ("same", "night.")],
        )
    ]


def test_links_are_shown_with_addresses(client, amina):
    about = factories.page(slug_en="about")
    document = factories.live(body_en=f'<p>See <a href="ref:pages.page/{about.pk}">us</a>.</p>')
    row = page_of(client, document).rows[1]

    assert row.source[0].html == f'See <a href="{about.address("fr")}">us</a>.'


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("paragraphs", [1, 30])
def test_the_queries_of_the_desk_do_not_grow(client, amina, entries, paragraphs):
    about = factories.page(slug_en="about")
    link = f'<p>See <a href="ref:pages.page/{about.pk}">us</a>.</p>'
    faq = factories.faq(entries=entries, body_en=link * paragraphs)
    client.get(at(faq))
    with CaptureQueriesContext(connection) as queries:
        client.get(at(faq))

    assert len(queries) == 15


def test_the_next_document_is_the_one_that_waits_longest(client, amina):
    first, second, third = (factories.live(title_en=f"Number {n}") for n in (1, 2, 3))
    links = [page_of(client, document) for document in (first, second, third)]

    assert [(p.before and p.before.title, p.after and p.after.title) for p in links] == [
        (None, "Number 2"),
        ("Number 1", "Number 3"),
        ("Number 2", None),
    ]


def test_what_somebody_else_is_on_is_not_next(client, amina):
    first, second, _third = (factories.live(title_en=f"Number {n}") for n in (1, 2, 3))
    save(second, person("bo", "translate_fr"), posted(rows(second)[0], "<p>x</p>"))

    assert page_of(client, first).after.title == "Number 3"


def test_a_document_whose_sides_nobody_counted_opens_and_saves(client, amina, pair):
    Side.objects.all().delete()
    page = page_of(client, pair)
    client.post(at(pair), form(page, {"One: the border.": "Un !"}))

    assert texts(pair) == ["<p>Un !</p>", "<p>Deux : la nuit.</p>"]


# Writing ----------------------------------------------------------------------------------------


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


def autosave(client, document, *found, saw: str = ""):
    data = {
        "saw": saw,
        "rows": [
            {
                "key": row.key,
                "part": row.part,
                "seen": row.seen,
                "was": row.was,
                "text": text,
                "omit": False,
            }
            for row, text in found
        ],
    }
    return client.post(at(document, "save/"), json.dumps(data), content_type="application/json")


def test_an_autosave_is_told_what_stands_now(client, amina, pair):
    page = page_of(client, pair)
    row = page.rows[1]
    answer = autosave(client, pair, (row, "<p>Un ! 12</p>"), saw=page.saw)
    now = page_of(client, pair).rows[1]

    data = answer.json()
    problems = data["rows"][row.key].pop("problems")
    assert re.fullmatch(r"\d\d:\d\d", data.pop("saved"))
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


# Confirming, submitting, publishing -------------------------------------------------------------


def test_still_correct_is_true_at_once_when_its_sayer_may_publish(client, editor, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)
    client.post(at(pair), form(page, do=f"confirm:{page.changed[0].key}"))

    assert (side(pair).status.public, side(pair).draft) == ("current", None)


def test_still_correct_of_a_translator_waits_for_review(client, amina, pair):
    edit_source(pair, body_en=NIGHT)
    page = page_of(client, pair)
    client.post(at(pair), form(page, do=f"confirm:{page.changed[0].key}"))

    assert (side(pair).status.public, page_of(client, pair).changed) == ("outdated", [])


def test_the_whole_side_is_still_correct(client, editor, pair):
    edit_source(pair, body_en=NIGHT, title_en="Kitchen closes")
    client.post(at(pair), form(page_of(client, pair), do="confirm_all"))

    assert side(pair).status.public == "current"


def test_a_translator_submits_and_an_editor_publishes(client, amina, pair):
    page = page_of(client, pair)
    client.post(at(pair), form(page, {"One: the border.": "Un !"}, do="submit"))
    assert side(pair).status.work == "submitted"

    client.force_login(person("esther", "publish_fr"))
    client.post(at(pair, "review/"), {"do": "publish"})

    pair.refresh_from_db()
    assert (pair.body_fr, side(pair).status.work) == (
        "<p>Un !</p><p>Deux : la nuit.</p>",
        "none",
    )


def test_an_editor_sends_back_with_a_note_that_the_translator_reads(client, amina, pair):
    client.post(at(pair), form(page_of(client, pair), {"One: the border.": "Un !"}, do="submit"))
    client.force_login(person("esther", "publish_fr"))
    client.post(at(pair, "review/"), {"do": "send_back", "note": "The comma."})
    client.force_login(amina)

    page = page_of(client, pair)
    assert (page.note, page.submitted_at, page.has_draft) == ("The comma.", None, True)


def test_who_may_both_publishes_in_one_step(client, editor, pair):
    page = page_of(client, pair)
    response = client.post(
        at(pair), form(page, {"One: the border.": "Un !"}, do="publish"), follow=True
    )

    assert told(response) == ["Published: readers see it now."]
    pair.refresh_from_db()
    assert pair.body_fr == "<p>Un !</p><p>Deux : la nuit.</p>"


def test_publishing_is_refused_when_the_source_moved_and_shows_what_changed(client, editor, pair):
    page = page_of(client, pair)
    data = form(page, {"One: the border.": "Un !"}, do="publish")
    edit_source(pair, body_en=NIGHT)
    response = client.post(at(pair), data)

    assert response.status_code == 409
    moved = response.context["page"].moved
    assert [[change.kind for change in part.changes] for part in moved.source] == [
        ["same", "changed"]
    ]
    assert moved.side == []
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


def test_publishing_anyway_is_honestly_outdated(client, editor, pair):
    data = form(page_of(client, pair), {"One: the border.": "Un !"})
    edit_source(pair, body_en=NIGHT)
    client.post(at(pair), data)
    assert client.post(at(pair, "review/"), {"do": "publish"}).status_code == 409

    client.post(at(pair, "review/"), {"do": "publish_anyway"})

    pair.refresh_from_db()
    assert (pair.body_fr, side(pair).status.public) == (
        "<p>Un !</p><p>Deux : la nuit.</p>",
        "outdated",
    )


def test_publishing_is_refused_when_the_side_was_changed_elsewhere(client, editor, pair):
    client.post(at(pair), form(page_of(client, pair), {"One: the border.": "Un !"}))
    edit_source(pair, body_fr="<p>Un : autre chose.</p><p>Deux : la nuit.</p>")
    response = client.post(at(pair), form(page_of(client, pair), do="publish"))

    assert response.status_code == 409
    assert [part.label for part in response.context["page"].moved.side] == ["Text"]


def test_a_side_without_a_required_text_is_not_published(client, editor):
    document = factories.live(body_en=BODY["body_en"])
    data = form(page_of(client, document), {"One: the border.": "Un !"}, do="publish")
    response = client.post(at(document), data, follow=True)

    assert (response.status_code, len(told(response))) == (200, 1)
    document.refresh_from_db()
    assert (document.body_fr, texts(document)[0]) == (None, "<p>Un !</p>")


def test_what_changed_while_the_editor_read_it_is_not_published(client, editor, pair):
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    page = client.get(at(pair, "review/")).context["page"]
    save(pair, person("bo", "translate_fr"), posted(rows(pair)[1], "<p>Deux !</p>"))
    data = {"do": "publish", "revision": page.revision}
    response = client.post(at(pair, "review/"), data, follow=True)

    assert told(response) == [
        "Somebody has changed this translation while you read it. Look again."
    ]
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


def test_the_review_shows_what_changes_for_readers(client, editor, pair):
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    response = client.get(at(pair, "review/"))

    assert [part.label for part in response.context["changes"]] == ["Text"]


def test_the_preview_is_typeset_for_readers(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    items = client.get(at(pair, "preview/")).context["items"]

    assert (items[0].title, items[0].fields[0].html) == (
        "La cuisine ouvre",
        "<p>Un\u202f!</p><p>Deux\u00a0: la nuit.</p>",
    )


def test_a_row_is_helped_by_the_glossary(client, amina, pair):
    glossary.add("en", "border", "fr", "frontière")
    key = page_of(client, pair).rows[1].key
    response = client.get(at(pair, "row/"), {"key": key}, headers={"X-Requested-With": "fetch"})

    assert [(hit["term"], hit["wanted"]) for hit in response.context["hits"]] == [
        ("border", ["frontière"])
    ]


def test_a_row_that_is_gone_has_no_help(client, amina, pair):
    assert client.get(at(pair, "row/"), {"key": "gone"}).status_code == 400


# Checks, claims, versions -----------------------------------------------------------------------


def test_a_problem_is_allowed_with_a_reason(client, amina, pair):
    save(pair, amina, posted(rows(pair)[0], "<p>Un : la frontière 12.</p>"))
    page = page_of(client, pair)
    row = page.rows[1]
    problem = row.problems[0]
    without = client.post(at(pair), {"do": f"allow:{row.key}:{problem.id}"}, follow=True)
    assert told(without) == ["Say in a few words why it is right as it is."]

    client.post(
        at(pair),
        {"do": f"allow:{row.key}:{problem.id}", f"reason-{row.key}-{problem.id}": "So it is."},
    )

    after = page_of(client, pair)
    assert after.rows[1].problems[0].reason == "So it is."
    assert after.problem_count == page.problem_count - 1


def test_a_claim_exists_before_any_text_and_is_given_up(client, amina, pair):
    client.post(at(pair, "claim/"), {"do": "claim"})
    assert (page_of(client, pair).claim.is_mine, side(pair).draft) == (True, None)

    client.post(at(pair, "claim/"), {"do": "release"})
    assert page_of(client, pair).claim.by == ""


def test_somebody_elses_claim_is_respected(client, amina, pair):
    client.post(at(pair, "claim/"), {"do": "claim"})
    client.force_login(person("bo", "translate_fr"))
    response = client.post(at(pair, "claim/"), {"do": "claim"}, follow=True)

    assert told(response) == ["amina is on it already."]
    client.post(at(pair, "claim/"), {"do": "release"})
    assert side(pair).claimant == amina


def test_an_old_version_is_taken_into_the_draft(client, editor, pair):
    version = SideVersion.objects.get(language="fr")
    save(pair, editor, posted(rows(pair)[0], "<p>Un !</p>"))
    client.post(at(pair), {"do": "publish"})
    shown = client.get(at(pair, "versions/")).context["versions"]
    assert [(v.by, [part.label for part in v.changes]) for v in shown] == [
        ("esther", ["Text"]),
        ("", ["Title", "Text"]),
    ]

    client.post(at(pair, "versions/"), {"do": "restore", "version": version.pk})

    assert texts(pair) == ["<p>Un : la frontière.</p>", "<p>Deux : la nuit.</p>"]


@pytest.mark.parametrize("version", ["", "x", "0", "999999", "9" * 30])
def test_a_version_of_nothing_is_refused(client, editor, pair, version):
    response = client.post(at(pair, "versions/"), {"do": "restore", "version": version})

    assert response.status_code == 400


def test_a_version_of_another_document_is_refused(client, editor, pair):
    factories.live_pair(title_fr="Autre")
    other = SideVersion.objects.filter(language="fr").exclude(object_id=pair.pk).get()
    response = client.post(at(pair, "versions/"), {"do": "restore", "version": other.pk})

    assert response.status_code == 400


def test_a_word_is_added_to_the_glossary(client, amina):
    data = {"source_language": "en", "target_language": "fr"}
    client.post("/desk/glossary/", data | {"source_term": "border", "target_term": "frontière"})
    entries = client.get("/desk/glossary/?from=en&to=fr").context["entries"]

    assert [(entry.terms, entry.wanted) for entry in entries] == [(("border",), ("frontière",))]


def test_a_word_of_another_language_is_not_ones_own_to_add(client, amina):
    data = {"source_language": "fr", "target_language": "en"}
    response = client.post(
        "/desk/glossary/", data | {"source_term": "frontière", "target_term": "border"}
    )

    assert response.status_code == 403
    assert client.get("/desk/glossary/?from=fr&to=en").context["entries"] == []
