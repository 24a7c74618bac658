from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
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
    side,
    texts,
)
from translations import acts
from translations.desk import drafts
from translations.models import SideVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return factories.live_pair(**BODY)


@pytest.fixture
def amina():
    return person("amina", "translate_fr")


def edit_source(document, **fields):
    document = Bulletin.objects.get(pk=document.pk)
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()


# Beginning and saving ---------------------------------------------------------------------------


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
    with pytest.raises(acts.ValidationError, match="too long"):
        acts.publish_side(Bulletin, pair.pk, "fr", person=amina, anyway=True)


# Two people -------------------------------------------------------------------------------------


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

    drafts.take(pair, "fr", amina, row.key, 0)

    shown = rows(pair)[0].row
    assert (shown.text, [o.text for o in shown.others]) == (
        "<p>Un, Bo.</p>",
        ["<p>Un, Amina.</p>"],
    )


def test_another_text_is_dropped(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un, Amina.</p>"))
    save(pair, person("bo"), later(row, "<p>Un, Bo.</p>"))

    drafts.drop(pair, "fr", amina, row.key, 0)

    assert (texts(pair)[0], rows(pair)[0].row.others) == ("<p>Un, Amina.</p>", ())


def test_a_row_that_somebody_joined_meanwhile_keeps_the_text_beside_it(pair, amina):
    second = posted(rows(pair)[1], "<p>Deux, tapé entre-temps.</p>")
    drafts.mend(pair, "fr", person("bo"), rows(pair)[0].key, "merge")

    save(pair, amina, second)

    assert texts(pair) == [
        "<p>Un : la frontière.</p><p>Deux : la nuit.</p>",
        "<p>Deux, tapé entre-temps.</p>",
    ]


def test_a_row_that_is_gone_and_was_not_touched_leaves_nothing(pair, amina):
    second = posted(rows(pair)[1], "Deux : la nuit.")
    drafts.mend(pair, "fr", person("bo"), rows(pair)[0].key, "merge")

    assert not save(pair, amina, second).changed


def test_a_save_after_a_publication_finds_its_row(pair, amina):
    row = posted(rows(pair)[0], "")
    save(pair, amina, later(row, "<p>Un !</p>"))
    known = posted(rows(pair)[0], "")
    acts.publish_side(Bulletin, pair.pk, "fr", anyway=True)

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


# The source moves -------------------------------------------------------------------------------


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
    drafts.confirm(pair, "fr", amina, rows(pair)[1].key)

    assert [row.kind for row in rows(pair)] == ["same", "same"]


def test_a_removed_segment_is_kept_until_it_is_dismissed(pair, amina):
    edit_source(pair, body_en="<p>Two: the night.</p>")
    removed = rows(pair)[0]
    assert (removed.kind, removed.row.text) == ("removed", "<p>Un : la frontière.</p>")

    drafts.dismiss(pair, "fr", amina, removed.key)

    assert texts(pair) == ["<p>Deux : la nuit.</p>"]


def test_a_side_that_says_nobody_knows_what_is_to_be_confirmed_row_by_row(pair, amina):
    found = side(pair)
    found.based_on = found.based_on_hash = None
    found.save()
    assert [row.kind for row in rows(pair)] == ["unsure", "unsure"]
    assert ":body" not in drafts.base(drafts.begin(side(pair), pair))

    drafts.confirm(pair, "fr", amina, rows(pair)[0].key)
    drafts.confirm(pair, "fr", amina, rows(pair)[1].key)

    assert drafts.base(side(pair).draft)[":body"] == [
        ["p", "One: the border."],
        ["p", "Two: the night."],
    ]


# Children ---------------------------------------------------------------------------------------


def test_the_text_of_a_deleted_child_stays_until_it_is_dismissed(amina):
    faq = factories.faq(entries=2)
    gone = faq.entries.first()
    part = f"bulletins.faqentry/{gone.pk}:question"
    save(faq, amina, posted(rows(faq, part)[0], "Pourquoi ?", part))
    gone.delete()

    assert [(row.kind, row.row.text) for row in rows(faq, part)] == [("removed", "Pourquoi ?")]

    drafts.dismiss(faq, "fr", amina, rows(faq, part)[0].key)
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


# The claim, versions, the end of a draft --------------------------------------------------------


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


def test_a_discarded_draft_is_kept_among_the_versions(pair, amina):
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    drafts.discard(pair, "fr", amina)

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
    acts.publish_side(Bulletin, pair.pk, "fr")
    assert side(pair).status.public == "current"

    drafts.restore(pair, side(pair), old, amina)
    assert texts(pair) == ["<p>Un : la frontière.</p>", "<p>Deux : la nuit.</p>"]
    acts.publish_side(Bulletin, pair.pk, "fr")

    assert side(pair).status.public == "outdated"


def test_restoring_over_a_draft_keeps_the_draft_among_the_versions(pair, amina):
    old = SideVersion.objects.get(language="fr")
    save(pair, amina, posted(rows(pair)[0], "<p>Un !</p>"))
    drafts.restore(pair, side(pair), old, amina)

    kept = SideVersion.objects.get(language="fr", act="set_aside")
    assert kept.texts[":body"] == "<p>Un !</p><p>Deux : la nuit.</p>"


def test_a_published_draft_opens_with_the_same_rows(pair, amina):
    drafts.mend(pair, "fr", amina, rows(pair)[0].key, "merge")
    before = [(row.seen, row.row.text) for row in rows(pair)]
    acts.publish_side(Bulletin, pair.pk, "fr", person=amina)

    assert [(row.seen, row.row.text) for row in rows(pair)] == before
    assert (side(pair).status.public, len(before)) == ("current", 1)


def test_a_half_translated_side_is_published_as_outdated(amina):
    document = factories.live(body_en=BODY["body_en"])
    save(document, amina, posted(rows(document, ":title")[0], "La cuisine", ":title"))
    save(document, amina, posted(rows(document)[0], "<p>Un.</p>"))
    acts.publish_side(Bulletin, document.pk, "fr", person=amina)

    assert side(document).status.public == "outdated"
    assert [(row.kind, row.row.text) for row in rows(document)] == [
        ("same", "<p>Un.</p>"),
        ("added", ""),
    ]
