"""What was written around save() is found, and mended without passing anything for confirmed."""

from __future__ import annotations

import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import models

from bulletins.models import Bulletin, FAQEntry
from pages.models import Page
from tests import factories
from tests.translations import side_events as events
from translations.management.commands import check_sides
from translations.models import Side

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [*check_sides.orphans(), *check_sides.drifted()]


def repair():
    call_command("check_sides", "--repair", verbosity=0)


def around(document, **columns):
    """Write as raw SQL does."""
    models.QuerySet(type(document)).filter(pk=document.pk).update(**columns)


def name(document) -> str:
    return f"{document._meta.label_lower}/{document.pk}"


def test_the_command_says_that_all_is_well():
    events.pair()
    out = io.StringIO()

    call_command("check_sides", stdout=out)

    assert out.getvalue() == "Every side is known as it is.\n"


def test_a_source_written_around_save_is_found_and_then_outdated():
    document, other = events.pair(), events.pair()
    around(document, body_en=events.EN["body_en"].replace("10", "11"))

    [line] = found()
    assert line.startswith(f"{name(document)}: en source_fingerprint, en fingerprint")
    assert events.state(document) == "C-"
    repair()
    assert (events.state(document), events.state(other), found()) == ("O-", "C-", [])


def test_a_side_written_around_save_is_confirmed_by_nobody():
    document = events.english()
    around(document, title_fr="La frontière", slug_fr="la-frontiere", body_fr="<p>Fermée.</p>")
    for entry, texts in zip(document.entries.all(), events.ENTRIES, strict=True):
        around(entry, question_fr=texts["question_fr"], answer_fr=texts["answer_fr"])

    assert events.state(document) == "M-"
    repair()
    assert (events.state(document), events.side(document).based_on, found()) == ("O-", None, [])


def test_both_sides_written_around_save_are_confirmed_by_nobody():
    document = events.pair()
    before = events.side(document).based_on
    around(document, title_en="The new border", title_fr="La nouvelle frontière")

    repair()

    assert (events.state(document), events.side(document).based_on) == ("O-", before)


def test_a_source_swapped_around_save_is_found_and_confirms_nothing():
    document = events.pair()
    Bulletin.objects.update(source_language="fr")

    assert len(found()) == 1
    repair()
    assert (events.state(document), events.state(document, "en"), found()) == ("S-", "O-", [])


def test_a_child_deleted_around_delete_is_found_and_makes_nothing_outdated():
    document = events.pair()
    last = document.entries.last()
    models.QuerySet(FAQEntry).filter(pk=last.pk)._raw_delete("default")

    assert len(found()) == 1
    repair()
    assert (events.state(document), found()) == ("C-", [])
    parts = {key.partition(":")[0] for key in events.side(document).based_on}
    assert parts == {"", f"bulletins.faqentry/{document.entries.get().pk}"}


def test_sides_that_were_deleted_come_back_as_outdated():
    document = events.pair()
    Side.objects.of(document).delete()

    assert found() == [f"{name(document)}: en has no row, fr has no row"]
    repair()
    assert (events.state(document, "en"), events.state(document), found()) == ("S-", "O-", [])


def test_a_fixture_is_found_and_its_pairs_are_outdated_until_confirmed():
    text = serializers.serialize("json", [factories.live_pair(), factories.live()])
    Bulletin.objects.all().delete()
    for row in serializers.deserialize("json", text):
        row.save()

    assert len(found()) == 2
    repair()
    states = [events.state(document) for document in Bulletin.objects.order_by("pk")]
    assert (states, found()) == (["O-", "M-"], [])


def test_facts_that_somebody_falsified_are_mended():
    document = events.document_in("O-")
    side = events.side(document)
    Side.objects.filter(pk=side.pk).update(based_on_hash=side.source_fingerprint, words_left=0)

    assert (events.state(document), len(found())) == ("C-", 1)
    repair()
    assert (events.state(document), found()) == ("O-", [])


def test_what_is_left_to_do_in_a_draft_is_counted_anew():
    document = events.document_in("M~")
    left = events.side(document).words_to_do
    Side.objects.filter(pk=events.side(document).pk).update(words_to_do=left + 7)

    assert found() == [f"{name(document)}: fr words_to_do"]
    repair()
    assert (events.side(document).words_to_do, found()) == (left, [])


def test_a_draft_survives_the_repair():
    document = events.document_in("O!")
    draft = events.side(document).draft
    around(document, title_en="The new border")

    repair()

    assert (events.side(document).draft, events.state(document)) == (draft, "O!")


def test_sides_of_documents_that_are_gone_are_found_and_deleted():
    events.pair()
    gone = factories.page()
    Page.history.all().delete()
    models.QuerySet(Page).filter(pk=gone.pk)._raw_delete("default")

    assert [line.split(" (")[1] for line in found()] == [
        "en): its document is gone",
        "fr): its document is gone",
    ]
    repair()
    assert (Side.objects.count(), found()) == (2, [])


def test_sides_of_what_is_no_document_are_found_and_deleted():
    no_document = ContentType.objects.get_for_model(FAQEntry)
    Side.objects.create(content_type=no_document, object_id=1, language="fr", source_language="en")

    assert len(found()) == 1
    repair()
    assert Side.objects.count() == 0


def test_without_repair_nothing_is_mended_and_the_command_fails():
    document = events.pair()
    around(document, title_en="The new border")
    before = list(Side.objects.order_by("pk").values())

    with pytest.raises(CommandError, match="Not known as they are: 1"):
        call_command("check_sides", stdout=io.StringIO())

    assert list(Side.objects.order_by("pk").values()) == before
