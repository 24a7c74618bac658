from __future__ import annotations

import pytest
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory

from core import kept

FORM = "/admin/bulletins/bulletin/7/change/?_changelist_filters=q%3Dport"
DESK = "/desk/bulletins.bulletin-7/fr/"


def posted(address: str = FORM, **fields):
    return RequestFactory().post(address, fields)


def test_a_text_is_sealed_with_where_it_belongs():
    text = kept.unseal(kept.seal(posted(title_en="Port", topics=["1", "2"])))

    assert text == {
        "action": FORM,
        "fields": [["title_en", "Port"], ["topics", "1"], ["topics", "2"]],
    }


def test_what_belongs_to_the_old_request_is_left_out():
    request = posted(
        csrfmiddlewaretoken="t", _restore="1", _save="x", _publish="x", title_en="Port"
    )

    assert kept.unseal(kept.seal(request))["fields"] == [["title_en", "Port"]]


def test_of_the_desks_buttons_none_is_carried():
    request = posted(DESK, **{"do": "publish", "saw": "a1", "text-k1": "Le port"})

    assert kept.unseal(kept.seal(request)) == {
        "action": DESK,
        "fields": [["saw", "a1"], ["text-k1", "Le port"]],
    }


def test_letters_of_every_kind_come_back_as_they_were():
    words = "« Où\xa0? »\r\n\t<b>&amp;</b> العربية 🎈"

    assert kept.unseal(kept.seal(posted(body_fr=words)))["fields"] == [["body_fr", words]]


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-2], lambda s: "x" + s, lambda s: s + "é", lambda s: ""]
)
def test_a_text_that_was_tampered_with_is_none(spoil):
    assert kept.unseal(spoil(kept.seal(posted(title_en="Port")))) is None


@pytest.mark.parametrize(
    "action",
    [
        "/",
        "/accounts/logout/",
        "//host/admin/",
        "https://host/admin/",
        "/admin/../",
        "/administrate/",
        "/desk/",
        "/desk/bulletins.bulletin-7/fr/claim/",
        "/desk/bulletins.bulletin-7/fr/save/",
        "/desk/bulletins.bulletin-7/fr/versions/",
        "/desk/mail/",
        "/desk/bulletins.bulletin-7/../",
        "/desk/bulletins.bulletin-7/%2e%2e/",
        "/desk/%2e%2e/admin/",
        "/desk//fr/",
        "//desk/bulletins.bulletin-7/fr/",
        "https://host/desk/bulletins.bulletin-7/fr/",
        "/desk\\..\\accounts/logout/",
        "/desk/..\\accounts/logout/",
    ],
)
def test_a_text_that_belongs_to_no_form_is_none(action):
    sealed = signing.dumps({"action": action, "fields": []}, salt=kept.SALT, compress=True)

    assert kept.unseal(sealed) is None


def test_a_seal_of_another_kind_is_none():
    assert kept.unseal(signing.dumps({"action": FORM, "fields": []}, salt="sessions")) is None


@pytest.mark.parametrize(
    "address",
    [
        "/admin/bulletins/bulletin/../../../accounts/logout/change/",
        "/desk/../accounts/",
        "/desk/bulletins.bulletin-7/fr/versions/",
    ],
)
def test_a_text_is_not_given_back_to_an_address_that_is_no_form(address):
    text = kept.posted(posted(address))

    with pytest.raises(SuspiciousOperation):
        kept.give_back(RequestFactory().get("/"), text)
