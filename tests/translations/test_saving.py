"""A save writes only the columns that changed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from bulletins.models import Bulletin
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_people_writing_different_languages_both_keep_their_words():
    bulletin = factories.live_pair()
    editor, translator = Bulletin.objects.get(), Bulletin.objects.get()

    translator.title_fr = "La cuisine rouvre"
    translator.save()
    editor.title_en = "Kitchen reopens"
    editor.save()

    bulletin.refresh_from_db()
    assert (bulletin.title_en, bulletin.title_fr) == ("Kitchen reopens", "La cuisine rouvre")


def test_the_history_of_one_language_never_carries_an_older_text_of_the_other():
    factories.live_pair()
    editor, translator = Bulletin.objects.get(), Bulletin.objects.get()

    translator.title_fr = "La cuisine rouvre"
    translator.save()
    editor.title_en = "Kitchen reopens"
    editor.save()

    versions = Bulletin.history.order_by("history_id").values_list("title_en", "title_fr")
    assert list(versions) == [
        ("Kitchen opens", "La cuisine ouvre"),
        ("Kitchen opens", "La cuisine rouvre"),
        ("Kitchen reopens", "La cuisine rouvre"),
    ]


def test_saving_without_a_change_writes_no_version():
    factories.live_pair()

    Bulletin.objects.get().save()

    assert Bulletin.history.count() == 1


def test_a_save_shows_what_somebody_else_has_written_meanwhile():
    factories.live_pair()
    editor, translator = Bulletin.objects.get(), Bulletin.objects.get()
    translator.title_fr = "La cuisine rouvre"
    translator.save()

    editor.title_en = "Kitchen reopens"
    editor.save()

    assert editor.title_fr == "La cuisine rouvre"


def test_a_text_written_after_a_refresh_is_stored():
    bulletin = factories.draft(title_en="Kitchen opens")
    bulletin.refresh_from_db()
    bulletin.title_en = "Kitchen closes"
    bulletin.save()
    assert Bulletin.objects.get().title_en == "Kitchen closes"


def test_update_fields_leaves_other_changes_unwritten():
    factories.live_pair()
    bulletin = Bulletin.objects.get()
    bulletin.title_en, bulletin.title_fr = "New", "Nouveau"

    bulletin.save(update_fields=["title_en"])

    stored = Bulletin.objects.get()
    assert (stored.title_en, stored.title_fr) == ("New", "La cuisine ouvre")


def test_the_base_column_never_holds_a_text(connection_rows):
    factories.live_pair()
    bulletin = Bulletin.objects.get()
    bulletin.title_fr = "Autre titre"
    bulletin.save()

    assert connection_rows("SELECT title, slug, body FROM bulletins_bulletin") == [
        (None, None, None)
    ]


def test_a_text_without_words_is_stored_as_nothing():
    bulletin = factories.draft(summary_en="  ", body_en="<p> </p>")

    assert (bulletin.summary_en, bulletin.body_en) == (None, None)


def test_a_script_given_by_code_is_not_stored():
    bulletin = factories.live(body_en="<p>Hello<script>alert(1)</script></p>")

    assert bulletin.body_en == "<p>Hello</p>"


def test_a_title_of_ten_thousand_characters_is_refused_on_every_database():
    with pytest.raises(ValidationError) as refusal:
        factories.draft(title_en="x" * 10_000)

    assert list(refusal.value.message_dict) == ["title_en"]
    assert Bulletin.objects.count() == 0


def test_text_cannot_be_written_around_save():
    factories.live()

    with pytest.raises(TypeError, match="title_en of Bulletin are written by save"):
        Bulletin.objects.update(title_en="Other")
    with pytest.raises(TypeError, match="written by save"):
        Bulletin.objects.bulk_create([Bulletin(title_en="Other")])

    assert Bulletin.objects.get().title_en == "Kitchen opens"


def test_facts_without_words_may_be_written_in_bulk():
    factories.live()

    Bulletin.objects.update(pinned=True)

    assert Bulletin.objects.get().pinned is True


def test_saving_an_object_whose_row_is_gone_says_so():
    bulletin = factories.live()
    Bulletin.objects.all().delete()

    bulletin.title_en = "Other"
    with pytest.raises(Bulletin.DoesNotExist):
        bulletin.save()


def test_a_row_read_without_its_body_keeps_it():
    factories.live()

    bulletin = Bulletin.objects.light().get()
    bulletin.title_en = "Other"
    bulletin.save()

    assert Bulletin.objects.get().body_en == "<p>We open the kitchen.</p>"
