"""Social cards: what a head says of them, who gets one, and what is left of them."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from lxml import html
from PIL import Image

from bulletins.models import Bulletin
from pages.models import Identity
from pictures import acts, files
from pictures.models import Consent, Place, file_name
from tests import factories
from tests.pictures.factories import figure, in_text, picture
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db

EN = "/en/bulletins/kitchen-opens/"
FR = "/fr/bulletins/la-cuisine-ouvre/"


@pytest.fixture(autouse=True)
def identity():
    return factories.identity(tagline_en="News from a port")


@pytest.fixture
def head(client):
    """What a page tells other sites: property → content."""

    def head(path: str = EN) -> dict[str, str]:
        tree = html.fromstring(client.get(path).content)
        found = tree.xpath("//head/meta[@property or starts-with(@name, 'twitter:')]")
        return {e.get("property") or e.get("name"): e.get("content") for e in found}

    return head


@pytest.fixture
def kept():
    """The names of the cards in public storage."""

    def kept() -> list[str]:
        storage = storages["default"]
        try:
            folders, _names = storage.listdir("cards")
        except FileNotFoundError:
            return []
        return sorted(n for folder in folders for n in storage.listdir(f"cards/{folder}")[1])

    return kept


@pytest.fixture
def card(client, head):
    """The answer at the address of the card that a page names."""
    return lambda path=EN: client.get(head(path)["og:image"].removeprefix("http://testserver"))


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def shown_on_card(document, consent=Consent.NOBODY, **fields):
    """A picture that is chosen for the card, as one colour that can be found again."""
    shown = picture(consent)
    out = io.BytesIO()
    Image.new("RGB", (960, 640), (0, 90, 200)).save(out, "JPEG", quality=95)
    name = file_name(shown.key, 960, "jpeg")
    files.private().delete(name)
    files.private().save(name, io.BytesIO(out.getvalue()))
    figure(document, shown, show_on_card=True, **fields)
    return shown


def is_blue(data: bytes) -> bool:
    red, _green, blue = drawn(data).convert("RGB").getpixel((1100, 100))
    return blue > 150 and red < 50


# What the head says -----------------------------------------------------------------------------


def test_the_head_of_a_bulletin_says_what_other_sites_ask_for(head):
    factories.live_pair(summary_en="Soup & bread.", summary_fr="Soupe.")

    said = head()

    image = said.pop("og:image")
    assert re.fullmatch(rf"http://testserver{EN}card\.png\?[0-9a-f]{{16}}", image)
    # `tests/pages/test_heads.py` tells of languages and dates.
    beside = ("og:locale", "article:")
    assert {name: value for name, value in said.items() if not name.startswith(beside)} == {
        "og:site_name": "Quai Ouvert",
        "og:title": "Kitchen opens",
        "og:description": "Soup & bread.",
        "og:type": "article",
        "og:url": f"http://testserver{EN}",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Kitchen opens · Quai Ouvert",
        "twitter:card": "summary_large_image",
    }


def test_each_side_has_a_card_of_its_own(head):
    factories.live_pair()

    english, french = head(), head(FR)

    assert french["og:title"] == "La cuisine ouvre"
    assert french["og:image"].startswith(f"http://testserver{FR}card.png?")
    assert french["og:image"].split("?")[1] != english["og:image"].split("?")[1]


def test_a_text_that_falls_back_brings_the_card_of_the_side_that_is_there(head, card):
    factories.live_french()

    said = head("/en/bulletins/la-cuisine-ouvre/")

    assert said["og:image"].startswith(f"http://testserver{FR}card.png?")
    assert card("/en/bulletins/la-cuisine-ouvre/").status_code == 200


@pytest.mark.parametrize(
    ("path", "title", "kind"),
    [
        ("/en/", "Quai Ouvert", "website"),
        ("/en/bulletins/", "Bulletins", "website"),
        ("/en/faq/", "Questions and answers", "website"),
        ("/en/donate/", "Donate", "website"),
        ("/en/links/", "Links", "website"),
        ("/en/pages/about-us/", "About us", "article"),
    ],
)
def test_every_page_of_readers_has_a_card(head, card, path, title, kind):
    factories.page()

    said = head(path)

    assert (said["og:title"], said["og:type"]) == (title, kind)
    assert said["og:description"] == ("Who we are." if kind == "article" else "News from a port")
    assert drawn(card(path).content).size == (1200, 630)


@pytest.mark.parametrize("path", ["/en/nothing/", "/accounts/login/", "/en/bulletins/kitchen/"])
def test_other_pages_have_none(client, head, path):
    assert head(path) == {}


def test_a_site_without_a_name_has_none(client, head):
    Identity.objects.all().delete()

    assert head("/en/") == {}
    assert client.get("/en/pages/card.png").status_code == 404


def test_a_preview_has_none(admin_client):
    document = factories.draft()

    answer = admin_client.get(f"/admin/bulletins/bulletin/{document.pk}/preview/en/")

    assert answer.status_code == 200
    assert "og:" not in answer.text


def test_another_title_or_name_is_another_address(head, identity):
    document = factories.live()
    seen = {head()["og:image"]}
    document.title_en = "Kitchen closes"
    document.save()
    seen.add(head()["og:image"])
    identity.name_en = "Open Quay"
    identity.save()
    seen.add(head()["og:image"])

    assert len(seen) == 3


# The card itself --------------------------------------------------------------------------------


def test_a_card_is_an_image_for_everybody_and_for_a_day(card):
    factories.live()

    answer = card()

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not answer.cookies
    assert drawn(answer.content).size == (1200, 630)
    assert len(answer.content) < 60_000


def test_whoever_has_it_is_not_sent_it_again(client, card):
    factories.live()
    answer = card()

    again = client.get(f"{EN}card.png", headers={"if-none-match": answer["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_it_is_drawn_once(stores, card, kept, monkeypatch):
    factories.live()
    first = card().content
    assert len(kept()) == 1
    monkeypatch.setattr("core.cards.card", lambda *args, **options: pytest.fail("drawn again"))

    assert card().content == first


def test_half_a_card_in_storage_is_drawn_again(card, kept):
    document = factories.live()
    whole = card().content
    [name] = kept()
    path = f"cards/bulletins.bulletin-{document.pk}/{name}"
    storages["default"].delete(path)
    storages["default"].save(path, io.BytesIO(whole[:500]))

    assert card().content == whole
    assert kept() == [name]


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=1)])
def test_a_draft_has_no_card_whatever_is_guessed(client, kept, published_at):
    factories.draft(published_at=published_at)

    for path in (f"{EN}card.png", f"{EN}card.jpg", f"{FR}card.png", f"{EN}card.svg"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "kitchen" not in answer.text.lower().replace(path, "")
    assert kept() == []


def test_a_side_that_is_not_there_has_none(client):
    factories.live()

    assert client.get(f"{EN}card.png").status_code == 200
    assert client.get("/fr/bulletins/kitchen-opens/card.png").status_code == 404


def test_another_slug_leads_to_no_card(client):
    document = factories.live_pair()
    document.slug_en = "soup"
    document.save()

    for path in (f"{EN}card.png", "/en/bulletins/la-cuisine-ouvre/card.png"):
        assert client.get(path).status_code == 404
    assert client.get("/en/bulletins/soup/card.png").status_code == 200


def test_what_was_taken_back_leaves_no_card_behind(stores, client, card, kept):
    document = factories.live_pair()
    assert [card(path).status_code for path in (EN, FR)] == [200, 200]
    assert len(kept()) == 2

    publishing.unpublish(Bulletin, document.pk)

    assert kept() == []
    assert [client.get(f"{path}card.png").status_code for path in (EN, FR)] == [404, 404]


def test_a_side_that_was_taken_back_leaves_no_card_behind(client, card, kept):
    document = factories.live_pair()
    card(FR)

    withdrawing.withdraw(Bulletin, document.pk, "fr")

    assert kept() == []
    assert client.get(f"{FR}card.png").status_code == 404
    assert client.get(f"{EN}card.png").status_code == 200


def test_a_bulletin_that_is_deleted_leaves_no_card_behind(card, kept):
    document = factories.live_pair()
    card()

    document.delete()

    assert kept() == []


def test_who_takes_it_back_while_it_is_drawn_leaves_nothing_behind(client, kept, monkeypatch):
    document = factories.live()

    def card(*args, **options):
        publishing.unpublish(Bulletin, document.pk)
        return b"card"

    monkeypatch.setattr("core.cards.card", card)

    assert client.get(f"{EN}card.png").status_code == 404
    assert kept() == []


# With a picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [Place.LEAD, Place.GALLERY])
def test_a_picture_that_was_chosen_stands_on_the_card(card, head, place):
    shown_on_card(factories.live(), place=place)

    answer = card()

    assert answer["Content-Type"] == head()["og:image:type"] == "image/jpeg"
    assert head()["og:image:alt"] == "Kitchen opens · Quai Ouvert · People on a bridge."
    assert is_blue(answer.content)


def test_a_picture_in_the_text_only_where_it_stands_in_it(card, head):
    document = factories.live()
    shown = shown_on_card(document, place=Place.TEXT)
    assert head()["og:image:type"] == "image/png"

    document.body_en = f"<p>We open.</p>{in_text(shown)}"
    document.save()

    assert is_blue(card().content)


def test_no_picture_that_nobody_chose_stands_on_a_card(card, head):
    figure(factories.live(), picture(), place=Place.LEAD)

    assert head()["og:image:type"] == "image/png"
    assert card()["Content-Type"] == "image/png"


def test_no_copy_of_a_picture_is_kept(stores, card, kept):
    shown_on_card(factories.live(), place=Place.LEAD)

    assert is_blue(card().content)
    assert kept() == []


@pytest.mark.parametrize("stop", ["unknown", "withdrawn"])
def test_a_picture_that_may_not_be_seen_leaves_the_card_at_once(client, card, head, stop):
    shown = shown_on_card(factories.live(), place=Place.LEAD)
    before = head()["og:image"].removeprefix("http://testserver")
    assert is_blue(client.get(before).content)

    if stop == "unknown":
        acts.set_consent(shown.pk, Consent.UNKNOWN)
    else:
        acts.withdraw(shown.pk)

    assert client.get(before).status_code == 404
    assert card()["Content-Type"] == "image/png"


def test_a_picture_whose_file_is_lost_gives_no_card_rather_than_an_error(client, head):
    shown = shown_on_card(factories.live(), place=Place.LEAD)
    address = head()["og:image"].removeprefix("http://testserver")
    for name in shown.files:
        files.private().delete(name)

    assert client.get(address).status_code == 404


# What it costs ----------------------------------------------------------------------------------


def test_a_card_asks_for_little(client, django_assert_num_queries):
    for number in range(3):
        figure(factories.live(title_en=f"No. {number}"), picture(), place=Place.LEAD)
    client.get("/en/bulletins/no-0/card.png")

    with django_assert_num_queries(3):
        assert client.get("/en/bulletins/no-0/card.png").status_code == 200
