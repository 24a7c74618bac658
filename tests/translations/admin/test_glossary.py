"""The glossary in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.translations.glossary_helpers import concept, stored
from translations.models import Concept

pytestmark = pytest.mark.django_db


LIST = "/admin/translations/concept/"


def posted(*lines, **fields) -> dict:
    data = {"terms-TOTAL_FORMS": len(lines), "terms-INITIAL_FORMS": 0, "note": "", **fields}
    for number, (language, text) in enumerate(lines):
        data |= {f"terms-{number}-language": language, f"terms-{number}-text": text}
    return data


def test_an_editor_adds_an_entry(admin_client):
    data = posted(("en", "safe  house"), ("fr", "maison sûre"), note="Ours.")

    response = admin_client.post(f"{LIST}add/", data)

    assert (response.status_code, response.url) == (302, LIST)
    assert stored() == [("en", "safe house", False), ("fr", "maison sûre", False)]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "Please submit at least 1 form."),
        ([("en", "…")], "Write a word."),
        ([("", "squat")], "This field is required."),
        ([("xx", "squat")], "Select a valid choice. xx is not one of the available choices."),
        ([("en", "squat")] * 2, "Please correct the duplicate data for language and text"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(admin_client, lines, message):
    response = admin_client.post(f"{LIST}add/", posted(*lines))

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Concept.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_admins_list_takes_the_same_queries(admin_client, number, django_assert_num_queries):
    for each in range(number):
        concept(en=f"word {each}", fr=["mot", "-parole"])
    admin_client.get(LIST)

    # session, user, menu, identity; two counts, entries, their terms
    with django_assert_num_queries(8):
        page = admin_client.get(LIST).content.decode()

    assert page.count('<span lang="fr">parole</span>') == number
    assert "word 0 / mot" in page


def test_an_entry_without_terms_has_a_name():
    assert str(concept()) == "without a term"
    assert str(concept(note="Nameless.")) == "Nameless."
    assert str(Concept()) == "without a term"


def test_an_entry_is_shown_by_its_names(admin_client):
    made = concept(fr="squat", en="squatted house")

    page = admin_client.get(reverse("admin:translations_concept_change", args=[made.pk]))

    assert page.status_code == 200
    assert "<h1>squatted house / squat</h1>" in page.content.decode()
