"""What stands beside the text: preview, glossary, checks, claims, versions."""

from __future__ import annotations

import pytest
from lxml import html

from tests import factories
from tests.translations.desk.desk_helpers import (
    at,
    page_of,
    person,
    posted,
    rows,
    save,
    side,
    texts,
    told,
)
from translations import glossary
from translations.models import SideVersion

pytestmark = pytest.mark.django_db


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

    assert [(hit["term"], hit["wanted"]) for hit in response.context["terms"]] == [
        ("border", ["frontière"])
    ]


def test_the_page_of_suggestions_shows_the_segment_that_it_is_about(client, amina, pair):
    key = page_of(client, pair).rows[1].key
    tree = html.fromstring(client.get(at(pair, "row/"), {"key": key}).content)

    [source] = tree.xpath("//*[@class='source']")
    assert (source.get("lang"), source.text_content()) == ("en", "One: the border.")
    # The desk takes what stands in here for the row, which shows it already.
    assert tree.xpath("//*[@id='row-help']//*[@class='source']") == []


def test_without_scripts_the_desk_says_which_tags_may_be_written(client, amina, pair):
    [hint] = html.fromstring(client.get(at(pair)).content).xpath("//form//p[code]")

    assert "no-scripts" in hint.get("class")
    assert [code.text for code in hint.iter("code")] == [
        "<strong>…</strong>",
        "<em>…</em>",
        '<a href="…">…</a>',
    ]


def test_a_row_that_is_gone_has_no_help(client, amina, pair):
    assert client.get(at(pair, "row/"), {"key": "gone"}).status_code == 400


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
    left = len(page.problems) - 1
    assert [problem.reason for problem in after.problems] == ["So it is.", *[""] * left]


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
