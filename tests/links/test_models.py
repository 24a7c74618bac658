from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from links.models import Group, Section
from tests.links import factories

pytestmark = pytest.mark.django_db


def test_languages_come_back_as_a_sorted_list_of_codes():
    factories.group(languages=["fr", "ar", "en", "ar"])

    assert list(Group.objects.get().languages) == ["ar", "en", "fr"]


def test_languages_stand_in_their_column_with_a_space_on_both_sides(connection_rows):
    factories.group(languages=["fr", "ar"])

    assert connection_rows("SELECT languages FROM links_group") == [(" ar fr ",)]


def test_a_group_without_languages_has_an_empty_column(connection_rows):
    factories.group()

    assert connection_rows("SELECT languages FROM links_group") == [("",)]
    assert Group.objects.get().languages == ()
    assert Group().languages == ()


def test_a_language_that_is_not_in_the_list_is_refused():
    with pytest.raises(ValidationError) as refusal:
        factories.group(languages=["fr", "klingon"])

    assert refusal.value.message_dict == {
        "languages": ["“klingon” is not in the list of languages."]
    }
    assert Group.objects.count() == 0


def test_languages_spoken_are_named_for_readers():
    group = factories.group(languages=["ps", "ar"])

    assert group.languages_spoken == ["Arabic", "Pashto"]
    assert str(group.languages) == "Arabic, Pashto"


def test_a_country_that_is_none_is_refused():
    with pytest.raises(ValidationError) as refusal:
        factories.group(country="ZZ")

    assert list(refusal.value.message_dict) == ["country"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://user:secret@example.org",
        "http://short.onion",
        "example.org",
        "https://example.org/" + "a" * 10_000,
        "",
    ],
)
def test_code_cannot_store_a_bad_address_either(url):
    with pytest.raises(ValidationError) as refusal:
        factories.group(url=url)

    assert list(refusal.value.message_dict) == ["url"]
    assert Group.objects.count() == 0


def test_a_changed_address_is_checked_and_stored_in_one_form():
    group = factories.group()

    group.url = " HTTPS://Elsewhere.example.org "
    group.save()

    assert Group.objects.get().url == "https://elsewhere.example.org"


def test_a_group_without_a_name_is_refused():
    with pytest.raises(ValidationError) as refusal:
        factories.group(name="")

    assert list(refusal.value.message_dict) == ["name"]


def test_the_database_itself_takes_no_address_but_of_the_web():
    factories.group()

    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.update(url="javascript:alert(1)")


def test_an_unchanged_row_is_not_written_again():
    factories.group(languages=["fr"])

    group = Group.objects.get()
    group.languages = ["fr"]
    group.save()

    assert Group.history.count() == 1


def test_two_people_changing_different_facts_both_keep_their_work():
    factories.group(languages=["fr"])
    one, other = Group.objects.get(), Group.objects.get()

    one.languages = [*one.languages, "ar"]
    one.save()
    other.country = "FR"
    other.save()

    stored = Group.objects.get()
    assert (list(stored.languages), stored.country) == (["ar", "fr"], "FR")


def test_history_keeps_the_facts_and_each_language():
    group = factories.group(languages=["fr"])
    group.description_fr = "Locataires à la même table."
    group.languages = ["fr", "ar"]
    group.save()

    versions = Group.history.order_by("history_id").values_list("description_fr", "languages")
    assert list(versions) == [
        (None, ("fr",)),
        ("Locataires à la même table.", ("ar", "fr")),
    ]


def test_a_reason_delists_a_group_at_once_and_keeps_its_entry():
    group = factories.group()
    before = timezone.now()

    group.delisted_reason = "It asks for papers."
    group.save()

    stored = Group.objects.get()
    assert before <= stored.delisted_at <= timezone.now()
    assert stored.is_live is False
    assert stored.name == "Les Toits"


def test_a_reason_that_is_reworded_leaves_the_date_alone():
    group = factories.delisted()
    date = group.delisted_at

    group.delisted_reason = "It asked for papers."
    group.save()

    assert Group.objects.get().delisted_at == date


def test_a_reason_that_is_emptied_lists_the_group_again():
    factories.delisted()

    group = Group.objects.get()
    group.delisted_reason = ""
    group.save()

    assert Group.objects.get().delisted_at is None


def test_delisting_without_a_reason_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.delisted(delisted_reason="")
    factories.group()
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.update(delisted_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.update(delisted_reason="Why")


def test_a_section_needs_its_name_in_the_language_it_was_written_in():
    with pytest.raises(ValidationError) as refusal:
        Section.objects.create(source_language="fr", name_en="Legal help")

    assert list(refusal.value.message_dict) == ["name_fr"]


def test_the_database_itself_takes_no_section_without_its_source_side():
    factories.section()

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Section).update(name_en=None, source_language="en")


def test_a_section_with_groups_cannot_be_deleted():
    group = factories.group()

    with pytest.raises(models.ProtectedError):
        group.section.delete()


def test_a_group_needs_no_description():
    group = factories.group(description_en=None, source_language="fr")

    text = group.side("en")
    assert (text.description, text.lang, text.is_fallback) == ("", "en", False)


def test_a_description_falls_back_to_the_language_it_was_written_in():
    group = factories.group(
        source_language="fr", description_en=None, description_fr="Locataires à table."
    )

    text = group.side("en")
    assert (text.description, text.lang, text.is_fallback) == ("Locataires à table.", "fr", True)
