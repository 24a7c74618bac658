"""What a page of the desk does at a press, and after a login in another window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bulletins.models import Bulletin
from tests import factories
from translations.acts import sources
from translations.models import Side

from .at_the_desk import desk, enter, expect_saved, make_people, open_row, row, save, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page):
    """A short text at the desk, so that what stands below moves when an editor opens or closes."""
    make_people()
    bulletin = factories.live(body_en="<p>The kitchen opens at 17:00.</p>")
    page = enter(open_page(), "amina")
    page.goto(desk(bulletin))
    return page


def test_the_first_press_on_a_button_below_an_open_editor_counts(page):
    row(page, 1).locator("textarea").fill("La cuisine")
    say(page, open_row(page, 2), "La cuisine ouvre.")

    # As a hand does it: where the button stands now, wherever it goes meanwhile.
    box = page.get_by_role("button", name="Send for review").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with page.expect_navigation():
        page.mouse.down()
        page.wait_for_timeout(100)
        page.mouse.up()

    assert Side.objects.get(language="fr").submitted_at is not None


def test_an_editor_closes_when_somebody_presses_elsewhere(page):
    say(page, open_row(page, 2), "La cuisine ouvre.")

    row(page, 1).locator("textarea").click()

    expect(row(page, 2).locator(".ProseMirror")).to_have_count(0)
    expect(row(page, 2).locator(".cell")).to_have_text("La cuisine ouvre.")
    expect(row(page, 1).locator("textarea")).to_be_focused()


def test_the_page_goes_on_saving_after_a_login_in_another_window(page):
    say(page, open_row(page, 2), "La cuisine ")
    save(page)
    other = page.context.new_page()
    page.context.clear_cookies()
    enter(other, "amina")

    say(page, row(page, 2).locator(".ProseMirror"), "ouvre.")
    page.keyboard.press("Control+s")

    expect_saved(page)
    rows = Side.objects.get(language="fr").draft["rows"][":body"]
    assert [one["text"] for one in rows] == ["<p>La cuisine ouvre.</p>"]


def test_enter_in_a_reason_leaves_the_problem_for_that_reason(page):
    say(page, open_row(page, 2), "La cuisine ouvre à 18 h.")
    save(page)
    complaint = row(page, 2).locator(".problem")
    complaint.locator("summary").click()
    complaint.get_by_label("Reason").fill("On vient plus tard.")

    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(row(page, 2).locator(".problem-left")).to_contain_text("On vient plus tard.")


def test_the_original_is_not_copied_over_a_translation(page):
    say(page, open_row(page, 2), "La cuisine ouvre.")

    page.keyboard.press("Alt+c")

    expect(page.locator("#desk-said")).to_contain_text("There is a translation already")
    expect(row(page, 2).locator(".ProseMirror")).to_have_text("La cuisine ouvre.")


def test_words_for_what_is_the_original_meanwhile_stay_on_the_page(page):
    pair = factories.live_pair()
    page.goto(desk(pair))
    sources.swap_source(Bulletin, pair.pk, "fr")

    say(page, open_row(page, 2), " Enfin !")
    page.get_by_role("button", name="Send for review").click()

    expect(page.locator("#saved")).to_contain_text("This is the original now")
    expect(page.locator("#saved")).to_contain_text("Nothing was sent")
    expect(row(page, 2)).to_contain_text("Nous ouvrons la cuisine. Enfin !")


def test_a_text_of_which_words_would_be_lost_is_not_said_to_be_saved(page):
    """No editor writes such a text: here somebody's script or an extension did."""
    broken = '<p>Ici, <a href="https://x.example/>la cuisine</a>.</p>'
    row(page, 2).locator("textarea").evaluate(
        """(area, text) => {
            area.value = text
            area.dispatchEvent(new Event("input", { bubbles: true }))
        }""",
        broken,
    )
    page.keyboard.press("Control+s")

    expect(page.locator("#saved")).to_contain_text("Not saved: Words would be lost")
    expect(row(page, 2)).to_have_attribute("data-dirty", "")
    with page.expect_navigation():
        page.get_by_role("button", name="Send for review").click()

    # It stands there to be mended, in the place of the closed cell.
    area = row(page, 2).locator("textarea")
    expect(area).to_be_visible()
    expect(area).to_have_value(broken)
    expect(row(page, 2).locator(".cell")).to_be_hidden()
    area.fill("<p>Ici, la cuisine.</p>")
    save(page)
    assert Side.objects.get(language="fr").draft["rows"][":body"][0]["text"] == (
        "<p>Ici, la cuisine.</p>"
    )
