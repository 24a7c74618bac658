"""The whole way through the desk with scripts switched off, and with the keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from translations.models import Side
from translations.status import Public

from .at_the_desk import desk, enter, expect_saved, make_people, press, row
from .test_journey import press as press_by_key
from .test_journey import tab_to
from .test_journey import write as write_by_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FRENCH = "<p>Rendez-vous à 18 h.</p><ul><li><p>Prenez un bol.</p></li></ul>"
REASON = "En France, on vient plus tard."


@pytest.fixture
def bulletin():
    """An English text with an hour in it, and a line that was translated before."""
    make_people()
    factories.live_pair(body_en="<p>Bring a bowl.</p>", body_fr="<p>Prenez un bol.</p>")
    return factories.live(
        title_en="Soup", body_en="<p>We meet at 17:00.</p><ul><li><p>Bring a bowl.</p></li></ul>"
    )


def test_a_text_is_translated_and_published_without_scripts(bulletin, open_page, watch):
    page = enter(open_page(java_script_enabled=False), "amina")
    press(page, page.get_by_role("link", name="French: Soup"))
    row(page, 1).locator("textarea").fill("La soupe")
    row(page, 2).locator("textarea").fill("Rendez-vous à 18 h.")
    press(page, page.get_by_role("button", name="Save").last)
    row(page, 3).locator("summary").first.click()
    press(page, row(page, 3).get_by_role("link", name="Suggestions and terms"))
    suggestion = page.locator(".suggestion-target").inner_text()
    press(page, page.get_by_role("link", name="Back to the desk"))
    row(page, 3).locator("textarea").fill(suggestion)
    complaint = row(page, 2).locator(".problem")
    complaint.locator("summary").click()
    complaint.get_by_label("Reason").fill(REASON)
    # The button takes along what was typed elsewhere.
    press(page, complaint.get_by_role("button", name="Leave it"))
    expect(row(page, 2).locator(".problem-left")).to_contain_text(REASON)
    expect(page.locator("#progress-words")).to_have_text("3 of 3 done")
    press(page, page.get_by_role("button", name="Send for review"))

    page = enter(open_page(java_script_enabled=False), "morag")
    page.goto(reverse("desk:board"))
    press(
        page, page.get_by_role("region", name="Ready to publish").get_by_role("link", name="Soup")
    )
    press(page, page.get_by_role("button", name="Publish", exact=True))
    assert readers_text(bulletin) == FRENCH

    make_outdated(bulletin)
    page.goto(desk(bulletin))
    press(page, page.get_by_role("button", name="Still correct", exact=True))
    assert french(bulletin).status.public == Public.CURRENT
    assert watch.errors == []


def test_a_text_is_translated_and_published_by_keyboard(bulletin, open_page, watch):
    page = enter(open_page(), "amina")
    keys = page.keyboard
    press_by_key(page, page.get_by_role("link", name="French: Soup"))
    write_by_key(page, row(page, 1).locator("textarea"), "La soupe")
    keys.press("Control+Enter")
    expect(row(page, 2).locator(".ProseMirror")).to_be_focused()
    keys.type("Rendez-vous à 18 h.")
    keys.press("Control+Enter")
    expect(row(page, 3).locator(".suggestion")).to_be_visible()
    keys.press("Alt+1")
    expect(row(page, 3).locator("li")).to_have_text("Prenez un bol.")
    keys.press("Control+s")
    expect_saved(page)
    keys.press("Alt+ArrowUp")
    complaint = row(page, 2).locator(".problem")
    tab_to(page, complaint.locator("summary"))
    keys.press("Enter")
    write_by_key(page, complaint.get_by_label("Reason"), REASON)
    press_by_key(page, complaint.get_by_role("button", name="Leave it"))
    expect(row(page, 2).locator(".problem-left")).to_contain_text(REASON)
    press_by_key(page, page.get_by_role("button", name="Send for review"))

    page = enter(open_page(), "morag")
    page.goto(reverse("desk:board"))
    ready = page.get_by_role("region", name="Ready to publish")
    press_by_key(page, ready.get_by_role("link", name="Soup"))
    press_by_key(page, page.get_by_role("button", name="Publish", exact=True))
    assert readers_text(bulletin) == FRENCH

    make_outdated(bulletin)
    page.goto(desk(bulletin))
    press_by_key(page, page.get_by_role("button", name="Still correct", exact=True))
    assert french(bulletin).status.public == Public.CURRENT
    assert watch.errors == []


def make_outdated(bulletin):
    bulletin.refresh_from_db()
    bulletin.body_en = bulletin.body_en.replace("a bowl", "your bowl")
    bulletin.save()
    assert french(bulletin).status.public == Public.OUTDATED


def readers_text(bulletin) -> str:
    bulletin.refresh_from_db()
    return bulletin.body_fr


def french(bulletin) -> Side:
    return Side.objects.of(bulletin).get(language="fr")
