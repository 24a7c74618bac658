"""What is written at the desk is not lost to a login that has ended, nor to a stale token."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from lxml import html

from core import kept
from tests import factories
from tests.accounts import at_the_desk
from tests.accounts.people import PASSWORD, editor, log_in, person, translator
from translations.models import Concept

pytestmark = pytest.mark.django_db

OWN, FOREIGN = {"origin": "http://testserver"}, {"origin": "https://evil.example"}
GIVEN_BACK = "Put my text back into the draft"


@pytest.fixture
def visitor():
    """A client that is checked for tokens, as a browser is."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def text():
    """A text in English whose French side is wanting."""
    return factories.live()


@pytest.fixture
def side(text):
    """The desk's address of that side."""
    return at_the_desk.address(text, "fr")


@pytest.fixture
def written(text):
    """What somebody has written there."""
    return at_the_desk.filled(text, "fr")


def fields(response, form: int = -1) -> dict[str, str]:
    """What the page's form would send. A browser drops the line break before an area's text."""
    values = html.fromstring(response.text).forms[form].form_values()
    return {name: value.removeprefix("\n") for name, value in values}


def token(visitor) -> str:
    return fields(visitor.get("/accounts/login/"))["csrfmiddlewaretoken"]


def keeping(page) -> dict[str, str]:
    return {name: fields(page)[name] for name in ("kept", "csrfmiddlewaretoken")}


def token_of(page) -> str:
    return fields(page, form=0)["csrfmiddlewaretoken"]


# Without a login --------------------------------------------------------------------------------


def test_the_login_page_carries_what_was_written_at_the_desk(visitor, side, written):
    page = visitor.post(side, written | {"do": "save", "csrfmiddlewaretoken": token(visitor)})

    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Your text is kept" in page.text
    sealed = kept.unseal(fields(page)["kept"])
    assert (sealed["action"], dict(sealed["fields"])) == (side, written)


@pytest.mark.parametrize("do", ["save", "submit", "publish", "discard"])
def test_what_was_written_is_given_back_and_saved_and_nothing_more_is_done(
    visitor, side, text, written, do
):
    editor()
    page = visitor.post(side, written | {"do": do, "csrfmiddlewaretoken": token(visitor)})

    page = log_in(visitor, "edith", **keeping(page))
    assert GIVEN_BACK in page.text
    assert "no-store" in page["Cache-Control"]
    back = fields(page, form=0)
    assert back.pop("csrfmiddlewaretoken") != ""
    assert back == {**written, "do": "save"}
    assert at_the_desk.side(text, "fr").draft is None

    response = visitor.post(side, back | {"csrfmiddlewaretoken": token_of(page)})

    saved = at_the_desk.side(text, "fr")
    assert (response.status_code, response["Location"].split("#")[0]) == (302, side)
    assert "Words 0" in json.dumps(saved.draft)
    text.refresh_from_db()
    assert (saved.submitted_at, text.title_fr) == (None, None)


def test_what_somebody_else_wrote_meanwhile_is_kept_beside_it(visitor, side, text, written):
    translator(), editor()
    page = visitor.post(side, written | {"csrfmiddlewaretoken": token(visitor)})
    others = {n: f"Theirs: {v}" if n.startswith("text-") else v for n, v in written.items()}
    elsewhere = Client()
    elsewhere.login(username="edith", password=PASSWORD)
    elsewhere.post(side, others | {"do": "save"})

    page = log_in(visitor, "tariq", **keeping(page))
    visitor.post(side, fields(page, form=0))

    rows = at_the_desk.side(text, "fr").draft["rows"][":title"]
    assert [(row["text"], [other["text"] for other in row["others"]]) for row in rows] == [
        ("Theirs: Words 0", ["Words 0"])
    ]


def test_the_page_that_gives_back_shows_all_words_to_be_copied(visitor, side, written):
    translator()
    page = visitor.post(side, written | {"csrfmiddlewaretoken": token(visitor)})

    page = log_in(visitor, "tariq", **keeping(page))

    [area] = html.fromstring(page.text).xpath("//textarea[@readonly]")
    words = [value for name, value in written.items() if name.startswith("text-")]
    assert area.text.strip() == "\n\n".join(words)
    assert area.get("lang") == "fr"


def test_somebody_who_may_not_translate_is_refused_at_the_end(visitor, side, text, written):
    person()
    page = visitor.post(side, written | {"csrfmiddlewaretoken": token(visitor)})
    page = log_in(visitor, "robin", **keeping(page))

    response = visitor.post(side, fields(page, form=0))

    assert (response.status_code, at_the_desk.side(text, "fr").draft) == (403, None)


def test_a_script_in_the_text_stands_in_no_page_as_a_script(visitor, side, written):
    translator()
    evil = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    written |= {name: evil for name in written if name.startswith("text-")}
    page = visitor.post(side, written | {"csrfmiddlewaretoken": token(visitor)})
    back = log_in(visitor, "tariq", **keeping(page))

    for answer in (page, back):
        assert html.fromstring(answer.text).xpath("//script | //img") == []


@pytest.mark.parametrize("what", ["claim", "review", "versions"])
def test_an_act_at_the_desk_is_not_carried(visitor, side, what):
    address = f"{side}{what}/"
    sent = {"do": "publish", "version": "1", "csrfmiddlewaretoken": token(visitor)}

    response = visitor.post(address, sent)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


TERM = {
    "source_language": "en",
    "target_language": "fr",
    "source_term": "eviction",
    "target_term": "expulsion",
    "note": "Not « éviction ».",
}


def test_a_word_for_the_glossary_is_shown_to_be_copied_and_not_added(visitor, text):
    translator()
    page = visitor.post("/desk/glossary/", TERM | {"csrfmiddlewaretoken": token(visitor)})
    assert "Your text is kept" in page.text

    page = log_in(visitor, "tariq", **keeping(page))

    [area] = html.fromstring(page.text).xpath("//textarea")
    assert area.text.strip() == "eviction\n\nexpulsion\n\nNot « éviction »."
    assert html.fromstring(page.text).xpath("//a[@href='/desk/glossary/']") != []
    assert Concept.objects.count() == 0


@pytest.mark.parametrize("do", ["send_back", "publish", "publish_anyway"])
def test_a_note_to_a_translator_is_shown_to_be_copied_and_nothing_is_done(visitor, side, text, do):
    editor()
    address, note = f"{side}review/", "The date is wrong."
    sent = {"saw": "", "note": note, "do": do, "csrfmiddlewaretoken": token(visitor)}
    page = log_in(visitor, "edith", **keeping(visitor.post(address, sent)))

    [area] = html.fromstring(page.text).xpath("//textarea")
    assert area.text.strip() == note
    assert html.fromstring(page.text).xpath(f"//a[@href='{address}']") != []
    text.refresh_from_db()
    assert (at_the_desk.side(text, "fr").note, text.title_fr) == ("", None)


def test_a_note_with_a_stale_token_is_shown_to_be_copied(visitor, side, text):
    visitor.force_login(editor())

    page = visitor.post(f"{side}review/", {"note": "Wrong.", "do": "send_back"}, headers=OWN)

    assert (page.status_code, "Wrong." in page.text) == (200, True)


def test_three_hundred_paragraphs_come_back(visitor, side, text):
    """More fields than Django lets through unless it is told."""
    translator()
    names = ("part", "seen", "was", "text")
    written = {f"{name}-k{row}": f"{name} {row}" for row in range(300) for name in names}
    page = visitor.post(side, written | {"csrfmiddlewaretoken": token(visitor)})

    page = log_in(visitor, "tariq", **keeping(page))

    back = fields(page, form=0)
    assert {name: back[name] for name in written} == written


# With a stale token -----------------------------------------------------------------------------


def test_a_stale_token_gives_the_text_back(visitor, side, text, written):
    visitor.force_login(translator())

    sent = written | {"do": "submit", "csrfmiddlewaretoken": "stale"}
    page = visitor.post(side, sent, headers=OWN)

    assert (page.status_code, GIVEN_BACK in page.text) == (200, True)
    back = fields(page, form=0)
    assert back.pop("csrfmiddlewaretoken") != ""
    assert back == {**written, "do": "save"}
    assert at_the_desk.side(text, "fr").draft is None


@pytest.mark.parametrize("headers", [FOREIGN, {"origin": "null"}, {}])
def test_a_form_of_another_site_is_refused_and_its_text_not_shown(visitor, side, headers):
    visitor.force_login(translator())

    response = visitor.post(side, {"text-k1": "Le port"}, headers=headers)

    assert response.status_code == 403
    assert "This form is too old" in response.text
    assert "Le port" not in response.text


@pytest.mark.parametrize(
    ("what", "headers"),
    [
        ("save/", {}),
        ("save/", {"accept": "*/*"}),
        ("", {"accept": "application/json"}),
        ("", {"accept": "application/json, text/plain, */*"}),
    ],
)
@pytest.mark.parametrize("origin", [OWN, FOREIGN])
def test_a_script_with_a_stale_token_is_told_so(visitor, side, what, headers, origin):
    visitor.force_login(translator())

    response = visitor.post(f"{side}{what}", {"text-k1": "Le port"}, headers=headers | origin)

    answer = response.json()
    assert (response.status_code, sorted(answer), answer["csrf"]) == (403, ["csrf", "error"], True)


def test_a_script_that_sends_json_is_answered_in_json(visitor, side):
    visitor.force_login(translator())

    response = visitor.post(side, "{}", content_type="application/json")

    assert (response.status_code, response.json()["csrf"]) == (403, True)


FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("accept", [FIREFOX, "*/*", "text/html, application/json;q=0.9"])
def test_a_form_is_answered_with_a_page(visitor, side, accept):
    visitor.force_login(translator())

    response = visitor.post(side, {"text-k1": "x"}, headers={**FOREIGN, "accept": accept})

    assert (response.status_code, response["Content-Type"]) == (403, "text/html; charset=utf-8")
