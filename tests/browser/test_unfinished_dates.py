"""A day or time of which a part is missing: a browser would send it as an empty one, silently."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from bulletins.models import Bulletin, Kind
from tests import factories

from .conftest import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"
WORDS = "This day or time is not complete. Fill in all of it, or empty the field."
PUBLISHED, STARTS = "#id_published_at", "#id_starts_at"
SAVE, PUBLISH, DRAFT = "[name=_continue]", "[name=_publish]", "[name=_draft]"


@pytest.fixture
def page(new_context, live_server, watch):
    User.objects.create_superuser("morag", password=PASSWORD, language="en")
    page = watch.on(new_context(base_url=live_server.url, locale="en")).new_page()
    page.set_default_timeout(15_000)
    log_in(page, "morag", PASSWORD)
    yield page
    assert watch.errors == []


def open_form(page, bulletin):
    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    expect(page.locator(".prose-editor").first).to_be_visible()


def take_a_part_out(page, field: str, parts: int = 1):
    """With Backspace, part by part, as a hand on the keyboard does."""
    page.locator(field).click(position={"x": 30, "y": 12})
    for _part in range(parts):
        page.keyboard.press("Backspace")
        page.keyboard.press("ArrowRight")


def is_told(page, field: str):
    """In words beside the field, which has the cursor, for eyes and ears."""
    expect(page.locator(field)).to_be_focused()
    expect(page.locator(field)).to_have_accessible_description(re.compile(re.escape(WORDS)))
    expect(page.locator(field)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"{field}_unfinished")).to_be_in_viewport()


@pytest.mark.parametrize("ahead", [timedelta(hours=-1), timedelta(days=2)])
def test_what_readers_have_or_wait_for_stays_when_its_date_is_half_typed(page, ahead):
    bulletin = factories.live(ago=-ahead)
    open_form(page, bulletin)
    take_a_part_out(page, PUBLISHED)

    page.locator(SAVE).click()

    is_told(page, PUBLISHED)
    bulletin.refresh_from_db()
    assert bulletin.is_committed
    assert bulletin.history.count() == 1


def test_a_call_out_does_not_lose_its_start(page):
    start = timezone.now() + timedelta(days=9)
    bulletin = factories.live(kind=Kind.CALLOUT, starts_at=start)
    open_form(page, bulletin)
    take_a_part_out(page, STARTS)

    page.locator("#id_title_en").press("Enter")

    is_told(page, STARTS)
    assert Bulletin.objects.get().starts_at == start


@pytest.mark.parametrize("button", [PUBLISH, DRAFT])
def test_a_draft_with_a_half_typed_date_is_neither_published_nor_saved_without_it(page, button):
    open_form(page, factories.draft())
    page.locator(PUBLISHED).click(position={"x": 30, "y": 12})
    page.keyboard.type("12")

    page.locator(button).click()

    is_told(page, PUBLISHED)
    assert Bulletin.objects.get().history.count() == 1


def test_once_it_is_whole_the_words_go_and_it_is_saved(page):
    bulletin = factories.live()
    open_form(page, bulletin)
    take_a_part_out(page, PUBLISHED)
    page.locator(SAVE).click()
    is_told(page, PUBLISHED)

    page.locator(PUBLISHED).fill("2026-07-14T18:30")
    expect(page.locator(f"{PUBLISHED}_unfinished")).to_have_count(0)
    expect(page.locator(".errors")).to_have_count(0)
    expect(page.locator(PUBLISHED)).not_to_have_attribute("aria-invalid", "true")
    page.locator(SAVE).click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(PUBLISHED)).to_have_value("2026-07-14T18:30")


def test_what_is_half_typed_stays_in_sight_whatever_kind_is_chosen(page):
    open_form(page, factories.draft(kind=Kind.CALLOUT))
    page.locator(STARTS).click(position={"x": 30, "y": 12})
    page.keyboard.type("12")
    page.locator("#id_kind").select_option("update")

    page.locator(DRAFT).click()

    is_told(page, STARTS)


def test_whoever_leaves_is_still_asked_about_what_is_not_saved(page):
    open_form(page, factories.live())
    page.locator("#id_title_en").fill("An hour of work")
    take_a_part_out(page, PUBLISHED)
    page.locator(SAVE).click()
    is_told(page, PUBLISHED)

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")

    assert asked == ["beforeunload"]
