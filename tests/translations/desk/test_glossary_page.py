"""The glossary at the desk: added to, and changed by whoever added."""

from __future__ import annotations

import pytest
from lxml import html

from tests.translations.desk.desk_helpers import person, told
from tests.translations.glossary_helpers import stored
from translations import glossary
from translations.models import Concept, Term

pytestmark = pytest.mark.django_db

PAGE = "/desk/glossary/"
PAIR = {"source_language": "en", "target_language": "fr"}


def tree(response):
    return html.fromstring(response.content)


def change_links(client) -> list[str]:
    """The entries that this person is offered to change."""
    page = tree(client.get(f"{PAGE}?from=en&to=fr"))
    return page.xpath("//table//a[starts-with(normalize-space(), 'Change')]/@href")


def entry(concept) -> str:
    return f"{PAGE}{concept.pk}/?from=en&to=fr"


def fields(client, concept) -> dict[str, str]:
    """What a browser posts of the page of an entry."""
    [form] = tree(client.get(entry(concept))).xpath("//form[@class='glossary-add']")
    return {name: value.removeprefix("\n") for name, value in form.form_values()}


def test_what_is_wrong_is_said_at_the_top_and_has_the_focus(client, amina):
    data = PAIR | {"source_term": "squat", "target_term": "", "note": "Ours."}
    response = client.post(PAGE, data)

    page = tree(response)
    [link] = page.xpath("//*[@role='alert']//a")
    [field] = page.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")
    assert (response.status_code, link.text) == (400, "French")
    assert (field.get("name"), field.get("autofocus") is not None) == ("target_term", True)
    assert page.xpath("string(//textarea[@name='note'])").strip() == "Ours."


def test_a_name_that_stays_as_it_is_is_no_forbidden_word_as_well(client, amina):
    data = PAIR | {"source_term": "Quai Ouvert", "target_term": "x"}
    response = client.post(PAGE, data | {"leave_as_is": "on", "forbidden": "on"})

    [alert] = tree(response).xpath("//*[@role='alert']")
    assert "Choose one of the two" in alert.text_content()
    assert stored() == []


def test_who_added_a_word_is_offered_to_change_it_and_nobody_else(client, amina):
    client.post(PAGE, PAIR | {"source_term": "squat", "target_term": "occupassion"})
    glossary.add("en", "border", "fr", "frontière", by=person("bo"))
    glossary.add("en", "night", "fr", "nuit")

    mine = Term.objects.get(text="squat").concept
    assert change_links(client) == [f"/desk/glossary/{mine.pk}/?from=en&to=fr"]


def test_a_word_is_mended(client, amina):
    made = glossary.add("en", "squat", "fr", "occupassion", note="Ours.", by=amina)
    wrong = Term.objects.get(text="occupassion").pk
    data = fields(client, made) | {f"text-{wrong}": "occupation", "note": "Ours, always."}
    response = client.post(entry(made), data, follow=True)

    assert (told(response), response.redirect_chain) == (
        ["Saved."],
        [("/desk/glossary/?from=en&to=fr", 302)],
    )
    assert stored() == [("en", "squat", False), ("fr", "occupation", False)]
    assert Concept.objects.get().note == "Ours, always."


def test_a_word_is_taken_out(client, amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)
    out = Term.objects.get(text="occupation").pk
    client.post(entry(made), fields(client, made) | {f"out-{out}": "on"})

    assert stored() == [("en", "squat", False), ("fr", "lieu occupé", False)]


def test_what_does_not_fit_is_said_at_the_top_of_the_entry(client, amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    key = Term.objects.get(text="occupation").pk
    response = client.post(entry(made), fields(client, made) | {f"text-{key}": ""})

    [link] = tree(response).xpath("//*[@role='alert']//a")
    assert (response.status_code, link.get("href")) == (400, f"#id_text-{key}")
    assert stored() == [("en", "squat", False), ("fr", "occupation", False)]


def test_of_anothers_entry_only_ones_own_word_stands_there(client, amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=person("bo"))
    glossary.add("en", "squat", "fr", "lieu occupé", by=amina)
    key = Term.objects.get(text="lieu occupé").pk

    names = set(fields(client, made)) - {"from", "to", "csrfmiddlewaretoken"}
    assert names == {f"text-{key}"}


def test_an_entry_of_somebody_else_is_refused(client, amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=person("bo"))

    assert client.get(entry(made)).status_code == 403
    assert client.post(entry(made), {"note": "Mine."}).status_code == 403


@pytest.mark.parametrize("number", ["0", "999", "9" * 30])
def test_an_entry_that_is_none_is_not_found(client, amina, number):
    assert client.get(f"{PAGE}{number}/").status_code == 404


def test_an_entry_that_was_taken_out_meanwhile_is_said_to_be(client, amina):
    made = glossary.add("en", "squat", "fr", "occupation", by=amina)
    data, address = fields(client, made), entry(made)
    Concept.objects.all().delete()

    assert told(client.post(address, data, follow=True)) == [
        "Somebody has taken this out of the glossary."
    ]


def test_a_stranger_is_sent_to_the_login(client):
    made = glossary.add("en", "squat", "fr", "occupation")

    assert client.get(entry(made)).url.startswith("/accounts/login/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_entry_and_for_three(
    client, amina, number, django_assert_num_queries
):
    for each in range(number):
        glossary.add("en", f"word {each}", "fr", "mot", by=amina)
    client.get(PAGE)

    # session, person, identity and menu, their rights twice, terms
    with django_assert_num_queries(7):
        client.get(PAGE)
