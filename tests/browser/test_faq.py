"""Answering a mail with a link to an answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["faq", "faq-bulletin"])
def test_the_address_of_an_answer_is_copied_whole(site, new_context, kind):
    context = new_context(base_url=site.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.path(kind, "en"))
    entry = page.locator(".faq-entry").nth(1)

    entry.get_by_role("button", name=re.compile("^Copy the link")).click()

    expect(page.locator("[data-copy-status]")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.url}{site.path(kind, 'en')}#{entry.get_attribute('id')}"
    page.goto(copied)
    expect(page.locator(".faq-entry:target")).to_have_count(1)


def test_where_a_page_may_not_copy_there_is_the_link_alone(site, new_context):
    context = new_context(base_url=site.url)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    page.goto(site.path("faq", "fr"))

    expect(page.locator(".permalink a").first).to_be_visible()
    expect(page.locator(".permalink button")).to_have_count(0)


def test_an_answer_is_reached_by_keyboard_from_its_link(site, new_context):
    page = new_context(base_url=site.url).new_page()
    page.goto(site.path("faq", "en"))
    link = page.locator(".permalink a").first
    link.focus()

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/en/faq/#q\d+$"))
    expect(page.locator(".faq-entry:target")).to_contain_text("Link to this answer")
