"""Who may read and do what at the desk: roles against addresses, and what comes of it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from bulletins.models import Bulletin
from tests import factories
from tests.accounts import at_the_desk
from tests.accounts.people import VISITORS, superuser
from translations.models import Concept, SideVersion, Subscription

pytestmark = pytest.mark.django_db

INTO = ("fr", "en")
ORIGINAL = {"fr": factories.live, "en": factories.live_french}


def by_role(stranger, nobody, own, other, editors) -> dict:
    """What every visitor gets; `own` and `other` are translators, by the language they write."""
    return {
        "stranger": stranger,
        "person": nobody,
        "staff without a role": nobody,
        "own translator": own,
        "other translator": other,
        "editor": editors,
        "administrator": editors,
        "superuser": editors,
    }


def visitors(into: str) -> dict:
    """VISITORS under the names of `by_role`, where the texts are translated into `into`."""
    names = {"French": "fr", "English": "en"}
    return {
        (
            f"{'own' if names[name.split()[-1]] == into else 'other'} translator"
            if name.startswith("translator")
            else name
        ): make
        for name, make in VISITORS.items()
    }


# Reading ----------------------------------------------------------------------------------------

READERS = by_role(302, 403, 200, 200, 200)
# A script is told where to log in.
READING_SCRIPTS = by_role(401, 403, 200, 200, 200)
ONLY_POSTED = by_role(405, 405, 405, 405, 405)

PAGES = {
    "": READERS,
    "save/": READING_SCRIPTS,
    "preview/": READERS,
    "review/": READERS,
    "versions/": READERS,
    "claim/": ONLY_POSTED,
    "nothing/": by_role(404, 404, 404, 404, 404),
}


def statuses(into: str, address: str, **headers) -> dict[str, int]:
    found = {}
    for name, make in visitors(into).items():
        client, user = Client(headers=headers), make()
        if user:
            client.force_login(user)
        found[name] = client.get(address).status_code
        User.objects.filter(pk=user.pk if user else None).delete()
    return found


@pytest.mark.parametrize("into", INTO)
@pytest.mark.parametrize("page", PAGES)
def test_who_reads_the_pages_of_a_side(into, page):
    address = at_the_desk.address(ORIGINAL[into](), into)

    assert statuses(into, f"{address}{page}") == PAGES[page]


@pytest.mark.parametrize("into", INTO)
@pytest.mark.parametrize(
    ("headers", "expected"),
    [({}, READERS), ({"x-requested-with": "fetch"}, READING_SCRIPTS)],
)
def test_who_reads_what_helps_with_a_row(into, headers, expected):
    document = ORIGINAL[into]()
    key = at_the_desk.keys(document, into)[0]
    address = at_the_desk.address(document, into)

    assert statuses(into, f"{address}row/?key={key}", **headers) == expected


@pytest.mark.parametrize("into", INTO)
@pytest.mark.parametrize("page", ["", "preview/", "review/", "versions/"])
def test_nobody_opens_the_source_as_a_translation(into, page):
    document = ORIGINAL[into]()
    address = at_the_desk.address(document, document.source_language)

    # The original is nobody's to translate: the board says what is.
    assert statuses(into, f"{address}{page}") == by_role(302, 403, 302, 302, 302)


@pytest.mark.parametrize("address", ["/desk/", "/desk/glossary/"])
def test_who_reads_the_board_and_the_glossary(address):
    factories.live(), factories.live_french()

    assert statuses("fr", address) == READERS


# Writing ----------------------------------------------------------------------------------------

# Each answer is its status, then what is not as it was before. 200 is, for a stranger, the login
# page that carries their words, 302 the login.
REFUSED, LOGIN, CARRIED = (403,), (302,), (200,)
PUBLISHED = (302, "draft", "public", "submitted")
# Who writes is on it.
WRITTEN = ("claimed", "draft")


def writers(done: tuple, stranger: tuple = CARRIED) -> dict:
    return by_role(stranger, REFUSED, done, REFUSED, done)


def publishers(done: tuple, own: tuple = REFUSED, stranger: tuple = LOGIN) -> dict:
    return by_role(stranger, REFUSED, own, REFUSED, done)


# A name: what stood there before, where something is posted, what (TEXTS and the button), and what
# everybody gets.
TEXTS = {"texts": "those of the page's form"}
TERM = {"source_term": "eviction", "target_term": "expulsion"}
MAIL = {"on": "1", "email": "somebody@example.org"}
ACTS = {
    "save": ("nothing", "", TEXTS | {"do": "save"}, writers((302, *WRITTEN))),
    "autosave": ("nothing", "save/", "JSON", writers((200, *WRITTEN), stranger=(401,))),
    "submit": ("nothing", "", TEXTS | {"do": "submit"}, writers((302, *WRITTEN, "submitted"))),
    # Whatever button a translator presses, their words are saved.
    "publish at the desk": (
        *("nothing", "", TEXTS | {"do": "publish"}),
        publishers((302, "public"), own=(403, *WRITTEN), stranger=CARRIED),
    ),
    "discard": ("drafted", "", TEXTS | {"do": "discard"}, writers((302, "draft"))),
    "confirm all": ("drafted", "", TEXTS | {"do": "confirm_all"}, writers((302,))),
    "publish": ("submitted", "review/", {"do": "publish"}, publishers(PUBLISHED)),
    "publish anyway": ("submitted", "review/", {"do": "publish_anyway"}, publishers(PUBLISHED)),
    "send back": ("submitted", "review/", {"do": "send_back"}, publishers((400,))),
    "send back with a note": (
        *("submitted", "review/", {"do": "send_back", "note": "The date is wrong."}),
        publishers((302, "note", "submitted"), stranger=CARRIED),
    ),
    "claim": ("nothing", "claim/", {"do": "claim"}, writers((302, "claimed"), stranger=LOGIN)),
    "release": ("nothing", "claim/", {"do": "release"}, writers((302,), stranger=LOGIN)),
    "restore": (
        *("published", "versions/", {"do": "restore", "version": "the last"}),
        writers((302, *WRITTEN), stranger=LOGIN),
    ),
    "add a word": ("nothing", "/desk/glossary/", TERM, writers((302, "words"))),
    "ask for the mail": ("nothing", "/desk/mail/", MAIL, writers((302, "mails"), stranger=LOGIN)),
    "want no mail": (
        *("nothing", "/desk/mail/", {"on": "0"}),
        by_role(LOGIN, REFUSED, (302,), (302,), (302,)),
    ),
}


def prepared(into: str, state: str) -> Bulletin:
    """A text whose side in `into` is as `state` says."""
    document = ORIGINAL[into]()
    if state != "nothing":
        button = {"drafted": "save", "submitted": "submit", "published": "publish"}[state]
        texts, client, helper = at_the_desk.filled(document, into), Client(), superuser("helper")
        client.force_login(helper)
        client.post(at_the_desk.address(document, into), texts | {"do": button})
        helper.delete()
    return document


def sent(document, into: str, fields: dict | str) -> dict:
    """The arguments of a client's post()."""
    texts = at_the_desk.filled(document, into) if fields == "JSON" or "texts" in fields else {}
    if fields == "JSON":
        return {"data": at_the_desk.as_json(texts), "content_type": "application/json"}
    data = {name: value for name, value in fields.items() if name != "texts"}
    data |= {"language": into, "source_language": document.source_language, "target_language": into}
    if "version" in fields:
        data["version"] = SideVersion.objects.filter(object_id=document.pk).latest("pk").pk
    return {"data": data | texts}


def facts(document, into: str) -> dict:
    side = at_the_desk.side(document, into)
    document.refresh_from_db()
    return {
        "draft": at_the_desk.words(side),
        "submitted": side.submitted_at,
        "note": side.note,
        "claimed": side.claimant and side.claimant.pk,
        "public": (document.title_en, document.title_fr, document.body_en, document.body_fr),
        "words": Concept.objects.count(),
        "mails": Subscription.objects.count(),
    }


@pytest.mark.parametrize("into", INTO)
@pytest.mark.parametrize("act", ACTS)
def test_who_does_what(into, act):
    state, where, fields, expected = ACTS[act]
    found = {}
    for name, make in visitors(into).items():
        document, client, user = prepared(into, state), Client(), make()
        if user:
            client.force_login(user)
        address = where if where.startswith("/") else at_the_desk.address(document, into) + where
        posted, before = sent(document, into, fields), facts(document, into)
        response = client.post(address, **posted)
        after = facts(document, into)
        changed = sorted(fact for fact in before if before[fact] != after[fact])
        found[name] = (response.status_code, *changed)
        User.objects.all().delete()
        Concept.objects.all().delete()

    assert found == expected


@pytest.mark.parametrize("into", INTO)
@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("", {"do": "save"}),
        ("save/", {}),
        ("review/", {"do": "publish"}),
        ("claim/", {"do": "claim"}),
    ],
)
def test_nobody_writes_the_source_as_a_translation(into, where, fields):
    document = ORIGINAL[into]()
    source = document.source_language
    before = facts(document, source)
    found = {}
    for name, make in visitors(into).items():
        client, user = Client(), make()
        if user:
            client.force_login(user)
        texts = at_the_desk.filled(document, into) if where == "" else {}
        address = f"{at_the_desk.address(document, source)}{where}"
        found[name] = client.post(address, texts | fields).status_code
        User.objects.filter(pk=user.pk if user else None).delete()

    stranger = {"": 200, "save/": 401}.get(where, 302)
    # With words in it, a page that gives them back; else the board.
    inside = 404 if where in ("", "save/") else 302
    assert found == by_role(stranger, 403, inside, inside, inside)
    assert facts(document, source) == before
