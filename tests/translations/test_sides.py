"""What a side is based on: it moves when somebody says so, and by nothing else."""

from __future__ import annotations

import pytest

from bulletins.models import Bulletin, FAQEntry
from bulletins.wordpress.write import import_export
from bulletins.wordpress.wxr import parse
from tests.bulletins.wordpress.exports import export, post
from tests.translations import side_events as events
from tests.translations.side_bases import NEW, OLD, based_on, check_found, differences
from tests.translations.side_events import edit, side, state
from translations import snapshots
from translations.acts import confirming

pytestmark = pytest.mark.django_db


# Confirmed --------------------------------------------------------------------------------------


def test_a_new_pair_says_what_its_source_says():
    document = events.pair()

    found = side(document)
    assert found.based_on == snapshots.of(document)["en"].kept
    assert found.based_on_hash == found.source_fingerprint == side(document, "en").fingerprint
    assert (found.gaps, found.words_left) == (0, 0)


def test_the_source_is_based_on_nothing():
    found = side(events.pair(), "en")

    assert (found.based_on, found.based_on_hash, found.words_left) == (None, None, 0)


def test_touching_an_outdated_side_confirms_nothing():
    document = events.document_in("O-")

    edit(document, lambda body: body.replace("fermée", "ouverte"), "fr")

    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_what_is_written_in_both_languages_at_once_is_confirmed_and_nothing_else():
    document = events.document_in("O-")
    entry = document.entries.first()
    entry.question_en, entry.question_fr = "How?", "Comment ?"
    entry.save()

    assert based_on(document, f"bulletins.faqentry/{entry.pk}:question") == ["How?"]
    assert (state(document), differences(document)) == ("O-", ([OLD], [NEW]))


def test_an_imported_pair_is_confirmed():
    import_export(
        parse(export(post(1, pair="a"), post(2, language="fr", pair="a", body="Des mots.")))
    )

    document = Bulletin.objects.get()
    assert (state(document), based_on(document)) == ("C-", ["Some words."])


def test_a_side_that_is_imported_later_is_confirmed():
    first = post(1, pair="a")
    import_export(parse(export(first)))
    import_export(parse(export(first, post(2, language="fr", pair="a", body="Des mots."))))

    document = Bulletin.objects.get()
    assert (state(document), based_on(document)) == ("C-", ["Some words."])


def test_an_imported_pair_whose_links_lead_to_our_own_pages_is_confirmed():
    link = '<a href="https://old.example.org/2016/01/01/post-3/">{}</a>'
    import_export(
        parse(
            export(
                post(1, pair="a", body=link.format("Before")),
                post(2, pair="a", body=link.format("Avant"), language="fr"),
                post(3),
            )
        )
    )

    document = Bulletin.objects.get(title_en="Title 1")
    assert "ref:bulletins" in document.body_en
    assert "ref:bulletins" in document.body_fr
    assert (state(document), check_found()) == ("C-", [])


# Children ---------------------------------------------------------------------------------------


def test_what_a_deleted_child_said_is_forgotten():
    document = events.pair()
    first, last = document.entries.all()

    last.delete()

    items = {key.rpartition(":")[0] for key in side(document).based_on}
    assert (items, state(document)) == ({"", f"bulletins.faqentry/{first.pk}"}, "C-")


def test_children_deleted_together_are_forgotten_too():
    document = events.pair()

    document.entries.all().delete()

    assert {key.rpartition(":")[0] for key in side(document).based_on} == {""}
    assert (state(document), check_found()) == ("C-", [])


def test_deleting_the_child_that_was_outdated_brings_the_side_up_to_date():
    document = events.pair()
    entry = document.entries.first()
    entry.question_en = "Something else?"
    entry.save()
    before = state(document)

    entry.delete()

    assert (before, state(document)) == ("O-", "C-")


def test_a_gap_is_filled_by_translating_the_child():
    document = events.pair()
    events.add_child("en")(document)
    entry = document.entries.last()
    before = side(document).gaps

    entry.question_fr, entry.answer_fr = "Quoi encore ?", "<p>Ça.</p>"
    entry.save()

    # Filled in and not confirmed: the side was outdated, and nobody has said that it matches.
    assert (before, side(document).gaps, state(document)) == (1, 0, "O-")
    saw = side(document).source_fingerprint
    confirming.confirm_side(Bulletin, document.pk, "fr", saw=saw)
    assert state(document) == "C-"


def test_a_child_that_moves_to_another_document_is_known_there_and_forgotten_here():
    document, other = events.pair(), events.pair()
    entry = FAQEntry.objects.filter(bulletin=document).last()

    entry.bulletin = other
    entry.save()

    assert check_found() == []
    assert (state(document), state(other)) == ("C-", "C-")
