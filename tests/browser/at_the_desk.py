"""What hands do at the translators' desk, and who sits there."""

from __future__ import annotations

import re

from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User

from .conftest import log_in, select_words

PASSWORD = "a long enough password"
WORK = (("amina", "Translators (French)"), ("jo", "Translators (French)"), ("morag", "Editors"))


def make_people():
    """Two who translate into French, and an editor."""
    for name, role in WORK:
        person = User.objects.create_user(name, password=PASSWORD, is_staff=role == "Editors")
        person.groups.add(Group.objects.get(name=role))


def enter(page, name: str):
    """Log in; a translator lands on the board, an editor in the admin."""
    log_in(page, name, PASSWORD, lands="/admin/" if name == "morag" else reverse("desk:board"))
    return page


def desk(bulletin, language: str = "fr", act: str = "desk") -> str:
    return reverse(f"desk:{act}", args=[f"bulletins.bulletin-{bulletin.pk}", language])


def row(page, number: int):
    """The row that people call segment `number`."""
    return page.locator(".row").nth(number - 1)


def open_row(page, number: int):
    """Go into the text of a row with a click, and give what is written in: an editor or a text
    area."""
    where = row(page, number)
    if where.get_attribute("data-rich") is None:
        where.locator("textarea").click()
        return where.locator("textarea")
    where.locator(".cell").click()
    editor = where.locator(".ProseMirror")
    expect(editor).to_be_focused()
    return editor


def say(page, area, words: str, link: str = ""):
    """Type into what has the focus: *strong words* with the key for them, [words] as a link."""
    for part in filter(None, re.split(r"(\*[^*]+\*|\[[^\]]+\])", words)):
        if part.startswith("*"):
            page.keyboard.press("Control+b")
            page.keyboard.insert_text(part.strip("*"))
            page.keyboard.press("Control+b")
        elif part.startswith("["):
            page.keyboard.insert_text(part.strip("[]"))
            select_words(page, area, part.strip("[]"))
            page.keyboard.press("Control+k")
            expect(page.locator("dialog[open]")).to_be_visible()
            page.keyboard.insert_text(link)
            page.keyboard.press("Enter")
            expect(page.locator("dialog[open]")).to_have_count(0)
            page.keyboard.press("End")
        else:
            page.keyboard.insert_text(part)


def save(page):
    """Save by key, and wait until the page says so."""
    page.keyboard.press("Control+s")
    expect_saved(page)


def expect_saved(page):
    expect(page.locator("[data-dirty]")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved (\d|noon|midnight)"))


def press(page, button):
    """Press a button that leads to a page."""
    with page.expect_navigation():
        button.click()
