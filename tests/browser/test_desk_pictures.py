"""A picture between the paragraphs, at the desk in a browser."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe
from playwright.sync_api import expect

from bulletins.models import Bulletin
from tests import factories
from translations import embeds
from translations.desk import drafts, views
from translations.models import Side

from .at_the_desk import desk, enter, expect_saved, make_people, open_row, press, row, say
from .looking import WIDE, cut_off, sticking_out, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURE = '<img src="ref:leaflets.leaflet/7">'
EN = f"<p>One: the border.</p>{PICTURE}<p>Two: the night.</p>"
FR = f"<p>Un : la frontière.</p>{PICTURE}<p>Deux : la nuit.</p>"
PHONE = {"width": 375, "height": 740}
# One red pixel, as large as a photo.
SHOWN = (
    '<figure><img alt="A red wall" width="640" height="480" src="data:image/gif;base64,'
    'R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="></figure>'
)


@pytest.fixture(autouse=True)
def leaflets(monkeypatch):
    """Leaflets are pictures here."""
    monkeypatch.setattr(embeds, "kinds", {})
    embeds.register("leaflets.leaflet", lambda side, pk: mark_safe(SHOWN))


@pytest.fixture
def bulletin():
    make_people()
    return factories.live_pair(body_en=EN, body_fr=FR)


def draft(bulletin) -> str:
    side = Side.objects.of(bulletin).get(language="fr")
    return drafts.texts(side.draft)[":body"]


def test_one_goes_past_it_and_never_writes_in_it(bulletin, open_page, watch):
    page = enter(open_page(), "amina")
    page.goto(desk(bulletin))
    picture = row(page, 3)
    expect(picture.get_by_alt_text("A red wall")).to_have_count(2)

    open_row(page, 2)
    page.keyboard.press("Control+Enter")
    expect(picture.locator(".row-number")).to_be_focused()
    expect(page.locator("#position")).to_have_text("3 of 4")
    # Nothing is copied into it, whatever is pressed.
    page.keyboard.press("Alt+c")
    page.keyboard.press("Control+Enter")
    editor = row(page, 4).locator(".ProseMirror")
    expect(editor).to_be_focused()
    say(page, editor, " Et.")
    page.keyboard.press("Control+s")
    expect_saved(page)

    assert draft(bulletin) == FR.replace("nuit.", "nuit. Et.")
    expect(page.locator(".ProseMirror")).to_have_count(1)
    assert watch.errors == []


def test_it_is_left_out_and_comes_back_while_one_looks(bulletin, open_page, watch):
    page = enter(open_page(), "amina")
    page.goto(desk(bulletin))
    picture = row(page, 3)
    picture.locator(".row-number").click()
    picture.get_by_text("More").click()
    box = picture.get_by_label("Left out on purpose")

    box.check()
    expect(picture.locator(".mark")).to_have_text("left out on purpose")
    expect_saved(page)
    assert draft(bulletin) == FR.replace(PICTURE, "")
    box.uncheck()
    expect(picture.locator(".mark")).to_have_text("picture, carried over")
    expect_saved(page)

    assert draft(bulletin) == FR
    assert watch.errors == []


def test_what_comes_with_the_original_is_published_from_the_untouched_desk(
    bulletin, open_page, watch
):
    bulletin.body_en += PICTURE.replace("7", "8")
    bulletin.save()
    page = enter(open_page(), "morag")
    page.goto(desk(bulletin))
    expect(row(page, 5).locator(".mark")).to_have_text("new picture")

    press(page, page.get_by_role("button", name="Publish"))

    body = Bulletin.objects.get(pk=bulletin.pk).body_fr
    assert body == FR + PICTURE.replace("7", "8")
    assert watch.errors == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_its_row_is_accessible(bulletin, open_page, watch, size):
    page = enter(open_page(viewport=size), "amina")
    page.goto(f"{desk(bulletin)}#{row_anchor(bulletin)}")
    picture = row(page, 3)
    expect(picture.get_by_text("More")).to_be_visible()
    picture.get_by_text("More").click()
    picture.get_by_label("Left out on purpose").check()
    expect_saved(page)

    assert [*violations(page), *sticking_out(page), *cut_off(page)] == []
    assert watch.errors == []


def row_anchor(bulletin) -> str:
    opened = views.open_side(bulletin, "fr")
    return next(f"row-{shown.key}" for shown in opened.shown(":body") if shown.picture)
