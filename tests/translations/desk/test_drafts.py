"""A draft: begun, published, discarded, restored."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import (
    BODY,
    edit_source,
    posted,
    rows,
    save,
    side,
    texts,
)
from translations.acts import publishing
from translations.desk import drafting, drafts, restoring
from translations.models import SideVersion

pytestmark = pytest.mark.django_db


def test_opening_a_side_writes_nothing(pair):
    drafts.begin(side(pair), pair)

    assert (side(pair).draft, side(pair).revision) == (None, 0)


def test_a_draft_that_just_began_publishes_the_same_bytes(pair):
    draft = drafts.begin(side(pair), pair)

    assert drafts.texts(draft) == {
        ":title": pair.title_fr,
        ":summary": "",
        ":body": pair.body_fr,
        ":place": "",
    }
    assert drafts.base(draft) == side(pair).based_on


def test_a_published_draft_opens_with_the_same_rows(pair, amina):
    drafting.mend(pair, "fr", amina, rows(pair)[0].key, "merge")
    before = [(row.seen, row.row.text) for row in rows(pair)]
    publishing.publish_side(Bulletin, pair.pk, "fr", person=amina)

    assert [(row.seen, row.row.text) for row in rows(pair)] == before
    assert (side(pair).status.public, len(before)) == ("current", 1)


def test_a_half_translated_side_is_published_as_outdated(amina):
    document = factories.live(body_en=BODY["body_en"])
    save(document, amina, posted(rows(document, ":title")[0], "La cuisine", ":title"))
    save(document, amina, posted(rows(document)[0], "<p>Un.</p>"))
    publishing.publish_side(Bulletin, document.pk, "fr", person=amina)

    assert side(document).status.public == "outdated"
    assert [(row.kind, row.row.text) for row in rows(document)] == [
        ("same", "<p>Un.</p>"),
        ("added", ""),
    ]


def test_a_discarded_draft_is_kept_among_the_versions(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    restoring.discard(pair, "fr", amina)

    assert (side(pair).draft, side(pair).has_draft) == (None, False)
    kept = SideVersion.objects.filter(language="fr").first()
    assert (kept.act, kept.texts[":body"]) == ("set_aside", "<p>Un !</p><p>Deux : la nuit.</p>")


def test_a_restored_version_is_a_draft_that_says_what_it_said_then(pair, amina):
    old = SideVersion.objects.get(language="fr")
    edit_source(pair, body_en=BODY["body_en"].replace("night", "long night"))
    row = rows(pair)[1]
    save(
        pair, amina, posted(row, "<p>Deux : la longue nuit.</p>"), saw=side(pair).source_fingerprint
    )
    publishing.publish_side(Bulletin, pair.pk, "fr")
    assert side(pair).status.public == "current"

    restoring.restore(pair, "fr", old, amina)
    assert texts(pair) == ["<p>Un : la frontière.</p>", "<p>Deux : la nuit.</p>"]
    publishing.publish_side(Bulletin, pair.pk, "fr")

    assert side(pair).status.public == "outdated"


def test_restoring_over_a_draft_keeps_the_draft_among_the_versions(pair, amina):
    old = SideVersion.objects.get(language="fr")
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    restoring.restore(pair, "fr", old, amina)

    kept = SideVersion.objects.get(language="fr", act="set_aside")
    assert kept.texts[":body"] == "<p>Un !</p><p>Deux : la nuit.</p>"
