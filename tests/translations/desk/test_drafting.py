"""Work in the rows of a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bulletins.models import Bulletin
from tests import factories
from tests.translations.desk.desk_helpers import (
    BODY,
    edit_source,
    person,
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


# Saving -------------------------------------------------------------------------------------------


def test_a_save_begins_a_draft_with_the_whole_side(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))

    found = side(pair)
    assert drafts.texts(found.draft)[":body"] == "<p>Un !</p><p>Deux : la nuit.</p>"
    assert (found.has_draft, found.draft_by, found.revision) == (True, amina, 1)
    pair.refresh_from_db()
    assert pair.body_fr == BODY["body_fr"]


def test_a_save_that_changes_nothing_writes_nothing(pair, amina):
    first, second = rows(pair)

    outcome = save(
        pair,
        amina,
        posted(first, "Un : la frontière."),
        posted(second, "<p>Deux : la nuit.</p>"),
        saw=side(pair).source_fingerprint,
    )

    assert (outcome.changed, side(pair).draft, side(pair).revision) == (False, None, 0)


def test_saving_twice_counts_once(pair, amina):
    row = posted(rows(pair)[0], "<p>Un !</p>")
    save(pair, amina, row)
    save(pair, amina, row)

    assert (texts(pair)[0], side(pair).revision) == ("<p>Un !</p>", 1)
    assert rows(pair)[0].row.others == ()


def test_the_keys_of_a_page_outlive_the_first_save(pair, amina):
    before = [row.key for row in rows(pair)]
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))

    assert [row.key for row in rows(pair)] == before


def test_a_draft_remembers_the_source_that_was_seen(pair, amina):
    saw = side(pair).source_fingerprint
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"), saw=saw)

    assert side(pair).draft["saw"] == saw


def test_links_to_our_own_pages_are_kept_as_references(pair, amina):
    about = factories.page(slug_en="about")
    save(pair, amina, posted(rows(pair)[0], f'<p><a href="{about.address("fr")}">Un</a></p>'))

    assert texts(pair)[0] == f'<p><a href="ref:pages.page/{about.pk}">Un</a></p>'


def test_an_untouched_link_is_no_change(pair, amina):
    about = factories.page(slug_en="about")
    edit_source(pair, body_fr=f'<p><a href="ref:pages.page/{about.pk}">Un</a></p><p>Deux.</p>')
    shown = f'<a href="{about.address("fr")}">Un</a>'

    assert not save(pair, amina, posted(rows(pair)[0], shown)).changed


def test_a_line_that_is_too_long_is_kept_and_refused_when_it_is_published(pair, amina):
    save(pair, amina, posted(rows(pair, ":title")[0], "x " * 150, ":title"))

    assert len(texts(pair, ":title")[0]) == 299
    with pytest.raises(ValidationError, match="too long"):
        publishing.publish_side(Bulletin, pair.pk, "fr", person=amina, anyway=True)


# The source moves ---------------------------------------------------------------------------------


def test_writing_into_a_changed_row_confirms_what_was_seen(pair, amina):
    edit_source(pair, body_en=BODY["body_en"].replace("night", "long night"))
    save(pair, amina, posted(rows(pair)[1], "<p>Deux : la longue nuit.</p>"))

    assert [row.kind for row in rows(pair)] == ["same", "same"]


def test_an_untouched_changed_row_keeps_the_source_it_said(pair, amina):
    edit_source(pair, body_en=BODY["body_en"].replace("night", "long night"))
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))

    assert drafts.base(side(pair).draft)[":body"][1] == ["p", "Two: the night."]


def test_what_was_written_for_an_older_source_says_the_older_source(pair, amina):
    seen = posted(rows(pair)[1], "<p>Deux : la nuit noire.</p>")
    edit_source(pair, body_en=BODY["body_en"].replace("night", "long night"))
    outcome = save(pair, amina, seen, saw="0" * 32)

    assert [row.kind for row in rows(pair)] == ["same", "changed"]
    assert outcome.source_moved


def test_still_correct_confirms_one_row(pair, amina):
    edit_source(pair, body_en=BODY["body_en"].replace("night", "long night"))
    drafting.confirm(pair, "fr", amina, rows(pair)[1].key)

    assert [row.kind for row in rows(pair)] == ["same", "same"]


def test_a_removed_segment_is_kept_until_it_is_dismissed(pair, amina):
    edit_source(pair, body_en="<p>Two: the night.</p>")
    removed = rows(pair)[0]
    assert (removed.kind, removed.row.text) == ("removed", "<p>Un : la frontière.</p>")

    drafting.dismiss(pair, "fr", amina, removed.key)

    assert texts(pair) == ["<p>Deux : la nuit.</p>"]


def test_a_side_that_says_nobody_knows_what_is_to_be_confirmed_row_by_row(pair, amina):
    found = side(pair)
    found.based_on = found.based_on_hash = None
    found.save()
    assert [row.kind for row in rows(pair)] == ["unsure", "unsure"]
    assert ":body" not in drafts.base(drafts.begin(side(pair), pair))

    drafting.confirm(pair, "fr", amina, rows(pair)[0].key)
    drafting.confirm(pair, "fr", amina, rows(pair)[1].key)

    assert drafts.base(side(pair).draft)[":body"] == [
        ["p", "One: the border."],
        ["p", "Two: the night."],
    ]


def test_nobody_begins_a_draft_of_what_has_become_the_source_meanwhile(pair, amina):
    row, version = rows(pair)[0], SideVersion.objects.get(language="fr")
    edit_source(pair, source_language="fr")

    with pytest.raises(ValueError, match="another language now"):
        save(pair, amina, posted(row, "<p>Un !</p>"))
    with pytest.raises(ValueError, match="another language now"):
        restoring.restore(pair, "fr", version, amina)

    assert side(pair).draft is None


# Children -----------------------------------------------------------------------------------------


def test_the_text_of_a_deleted_child_stays_until_it_is_dismissed(amina):
    faq = factories.faq(entries=2)
    gone = faq.entries.first()
    part = f"bulletins.faqentry/{gone.pk}:question"
    save(faq, amina, posted(rows(faq, part)[0], "Pourquoi ?", part))
    gone.delete()

    assert [(row.kind, row.row.text) for row in rows(faq, part)] == [("removed", "Pourquoi ?")]

    drafting.dismiss(faq, "fr", amina, rows(faq, part)[0].key)
    assert (rows(faq, part), part in side(faq).draft["rows"]) == ([], False)


def test_a_text_for_a_child_that_was_deleted_while_it_was_typed_is_kept(amina):
    faq = factories.faq(entries=2)
    gone = faq.entries.first()
    part = f"bulletins.faqentry/{gone.pk}:question"
    row = posted(rows(faq, part)[0], "Pourquoi ?", part)
    gone.delete()

    save(faq, amina, row)

    assert texts(faq, part) == ["Pourquoi ?"]


def test_a_new_child_has_rows_in_a_draft_that_is_older(amina):
    faq = factories.faq(entries=1)
    save(faq, amina, posted(rows(faq, ":title")[0], "Questions", ":title"))
    new = factories.entry(faq, question_en="When?", position=9)

    found = rows(faq, f"bulletins.faqentry/{new.pk}:question")
    assert [(row.kind, row.row.text, row.now[0].text) for row in found] == [("same", "", "When?")]


@pytest.mark.parametrize(
    "part",
    [
        ":nonsense",
        "bulletins.faqentry/x:question",
        "auth.group/1:name",
        "bulletins.faqentry/1:position",
        "",
    ],
)
def test_a_part_that_no_document_has_is_refused(pair, amina, part):
    with pytest.raises(ValueError, match="no text"):
        save(pair, amina, posted(rows(pair)[0], "<p>x</p>", part))


def test_the_text_of_a_field_that_the_site_no_longer_has_stays_in_the_draft(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    found = side(pair)
    found.draft["rows"][":gone"] = found.draft["rows"][":title"]
    found.save()
    save(pair, amina, posted(rows(pair)[1], "<p>Deux !</p>"))

    assert drafts.texts(side(pair).draft)[":gone"] == pair.title_fr


# The claim ----------------------------------------------------------------------------------------


def test_who_writes_is_on_it_for_two_hours(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))

    found = side(pair)
    assert found.claimant == amina
    left = found.claimed_until - timezone.now()
    assert timedelta(minutes=119) < left <= timedelta(hours=2)


def test_writing_does_not_take_a_claim_away(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    save(pair, person("bo"), posted(rows(pair)[1], "<p>Deux !</p>"))

    assert side(pair).claimant == amina
