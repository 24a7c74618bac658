"""The donation page, and the code that a banking app scans."""

from __future__ import annotations

import io
from datetime import date

import pytest
import zxingcpp
from django.test import Client
from lxml import html
from PIL import Image

from donations.details import change_details
from donations.views import origins
from tests import factories as pages
from tests.donations.factories import GB_IBAN, IBAN, OTHER_IBAN, euro, sterling

pytestmark = pytest.mark.django_db

# The menu with the site's identity, the accounts.
PAGE = 2


def page(client, language="en"):
    response = client.get(f"/{language}/donate/")
    assert response.status_code == 200
    return html.fromstring(response.text)


def shown(tree) -> list[str]:
    return [card.get("id") for card in tree.xpath("//article[@class='account']")]


def texts(tree, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in tree.xpath(path)]


def answers(tree) -> list[tuple[str, str]]:
    return [(a.text_content(), a.get("href")) for a in tree.xpath("//*[@class='origins-list']//a")]


def test_every_active_account_stands_there_in_order(client):
    last, first = euro(position=2), sterling(position=1)
    euro(position=0, is_active=False, iban=OTHER_IBAN)

    tree = page(client)

    assert shown(tree) == [f"sterling-{first.pk}", f"euro-{last.pk}"]
    assert "FR76 3000" not in tree.text_content()


def test_the_numbers_are_shown_in_groups_and_copied_without(client):
    euro(bic="PSSTFRPP", reference="Don Quai", bank="Caisse des Marées")
    sterling(iban=GB_IBAN)

    tree = page(client)

    numbers = tree.xpath("//bdi[@data-copy]")
    assert [(n.get("data-copy"), n.text_content()) for n in numbers] == [
        ("Quai Ouvert", "Quai Ouvert"),
        (IBAN, "FR14 2004 1010 0505 0001 3M02 606"),
        ("PSSTFRPP", "PSSTFRPP"),
        ("Don Quai", "Don Quai"),
        ("Quai Ouvert", "Quai Ouvert"),
        (GB_IBAN, "GB29 NWBK 6016 1331 9268 19"),
        ("60-16-13", "60-16-13"),
        ("31926819", "31926819"),
    ]
    assert {n.get("dir") for n in numbers} == {"ltr"}


def test_it_answers_from_where_one_pays(client):
    franc, pound = euro(bic="PSSTFRPP"), sterling()

    assert answers(page(client)) == [
        ("The euro area, Switzerland and other SEPA countries", f"#euro-{franc.pk}"),
        ("The United Kingdom", f"#sterling-{pound.pk}"),
        ("Elsewhere", f"#euro-{franc.pk}"),
    ]


def test_it_offers_no_answer_that_no_account_serves(client):
    pound = sterling()

    assert answers(page(client)) == [("The United Kingdom", f"#sterling-{pound.pk}")]


def test_a_sterling_account_with_iban_and_bic_serves_the_rest_of_the_world():
    pound = sterling(iban=GB_IBAN, bic="NWBKGB2L")

    assert [(o["code"], o["url"]) for o in origins([pound])] == [
        ("sterling", f"#sterling-{pound.pk}"),
        ("elsewhere", f"#sterling-{pound.pk}"),
    ]


def test_of_several_accounts_the_first_that_serves_is_the_answer():
    plain, swift = euro(), euro(iban=OTHER_IBAN, bic="PSSTFRPP")

    assert [(o["code"], o["url"]) for o in origins([plain, swift])] == [
        ("euro", f"#euro-{plain.pk}"),
        ("elsewhere", f"#euro-{swift.pk}"),
    ]


def test_a_euro_account_outside_sepa_serves_by_swift_alone_and_has_no_code(client):
    turkish = euro(iban="TR330006100519786457841326", bic="TCZBTR2A")

    tree = page(client)

    assert answers(tree) == [("Elsewhere", f"#euro-{turkish.pk}")]
    assert tree.xpath("//main//img") == []
    assert client.get(f"/en/donate/qr/{turkish.pk}.png").status_code == 404


def test_without_an_account_it_says_so(client):
    euro(is_active=False)

    tree = page(client)

    assert texts(tree, "//main//*[@class='empty']") == [
        "There is no account to pay into at the moment."
    ]
    assert "FR14" not in tree.text_content()
    assert origins([]) == []


def test_the_day_of_confirmation_stands_there(client):
    euro(confirmed_on=date(2026, 5, 5))

    assert texts(page(client), "//*[@class='account-confirmed']") == [
        "Details confirmed on 5 May 2026"
    ]


def test_a_note_is_read_in_the_readers_language(client):
    euro(note_en="For repairs.", note_fr="Pour les réparations.")

    for language, note in (("en", "For repairs."), ("fr", "Pour les réparations.")):
        tree = page(client, language)
        assert texts(tree, "//*[@class='account-note']") == [note]
        assert tree.xpath("//*[@class='account-note']/@lang") == []


def test_a_note_in_another_language_is_marked(client):
    euro(source_language="fr", note_fr="Pour les réparations.")

    tree = page(client)

    [note] = tree.xpath("//*[@class='account-note']")
    assert (note.text_content(), note.get("lang"), note.get("dir")) == (
        "Pour les réparations.",
        "fr",
        "ltr",
    )
    assert texts(tree, "//*[@class='language-mark']") == ["in French"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("accounts", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_account_as_for_three(
    client, django_assert_num_queries, accounts, language
):
    pages.identity()
    for number in range(accounts):
        (sterling if number % 2 else euro)(note_en="For repairs.", position=number)

    with django_assert_num_queries(PAGE):
        tree = page(client, language)

    assert len(shown(tree)) == accounts


def test_page_and_code_set_no_cookie(client):
    account = euro()

    for path in ("/en/donate/", "/fr/donate/", f"/en/donate/qr/{account.pk}.png"):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


# The code ---------------------------------------------------------------------------------------


def read(response) -> str:
    image = Image.open(io.BytesIO(response.content))
    assert image.format == "PNG"
    return zxingcpp.read_barcode(image).text


def test_the_code_on_the_page_says_what_stands_beside_it(client):
    euro(iban=OTHER_IBAN)
    account = euro(bic="PSSTFRPP", reference="Don Quai", position=1)

    for language in ("en", "fr"):
        [_first, address] = page(client, language).xpath("//main//img/@src")
        assert address == f"/{language}/donate/qr/{account.pk}.png"
        response = client.get(address)
        assert response["Content-Type"] == "image/png"
        assert read(response) == (
            f"BCD\n002\n1\nSCT\nPSSTFRPP\nQuai Ouvert\n{IBAN}\n\n\n\nDon Quai"
        )


def test_a_hidden_account_has_no_code(client):
    assert client.get(f"/en/donate/qr/{euro(is_active=False).pk}.png").status_code == 404


def test_a_sterling_account_has_no_code(client):
    account = sterling(iban=GB_IBAN, bic="NWBKGB2L")

    assert page(client).xpath("//main//img") == []
    assert client.get(f"/en/donate/qr/{account.pk}.png").status_code == 404


@pytest.mark.parametrize("key", ["0", "999", "9" * 40, "x"])
def test_an_account_that_is_not_there_has_no_code(client, key):
    euro()

    assert client.get(f"/en/donate/qr/{key}.png").status_code == 404


def test_a_code_is_sent_again_only_when_the_details_have_changed(client):
    account = euro()
    address = f"/en/donate/qr/{account.pk}.png"
    etag = client.get(address)["ETag"]

    assert Client(headers={"if-none-match": etag}).get(address).status_code == 304

    change_details(account, {"iban": OTHER_IBAN})
    fresh = Client(headers={"if-none-match": etag}).get(address)
    assert fresh.status_code == 200
    assert read(fresh).splitlines()[6] == OTHER_IBAN


def test_the_code_is_asked_about_each_time(client):
    """A browser that shows yesterday's code would send the money to yesterday's account."""
    response = client.get(f"/en/donate/qr/{euro().pk}.png")

    assert response["Cache-Control"] == "public, no-cache"
