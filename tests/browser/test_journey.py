"""A text is written, published, read and translated as people do it; no word of theirs is lost."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from bulletins.models import Bulletin
from tests import factories

from .conftest import log_in, select_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"
NOTICE = "This text is not available in English yet."


@pytest.fixture
def editor():
    person = User.objects.create_user("morag", password=PASSWORD, is_staff=True)
    person.groups.add(Group.objects.get(name="Editors"))
    return person


@pytest.fixture
def logged_in(open_page, editor):
    def page():
        page = open_page()
        log_in(page, editor.username, PASSWORD)
        return page

    return page


# With the keyboard alone -------------------------------------------------------------------------


def test_a_call_out_is_written_published_read_and_translated_by_keyboard(open_page, editor, watch):
    factories.identity()
    page = open_page()
    page.goto("/accounts/login/")
    write(page, page.locator("[name=login]"), editor.username)
    write(page, page.locator("[name=password]"), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")

    follow(page, page.locator("a[href$='/bulletins/bulletin/add/']").first)
    choose(page, page.locator("[name=kind]"), "callout")
    choose(page, page.locator("[name=source_language]"), "fr")
    write(page, page.locator("[name=title_fr]"), "Toutes et tous au port !")
    write_french_text(page)
    press(page, page.locator("[name=_publish]"))
    page.wait_for_url(re.compile(r"/change/$"))

    bulletin = Bulletin.objects.get()
    assert bulletin.body_fr == (
        "<p>Venez <strong>nombreuses</strong> demain.</p>"
        "<ul><li><p>des gants</p></li><li><p>du pain</p></li></ul>"
        '<p>Voir <a href="https://example.org/plan">le plan</a></p>'
    )
    assert bulletin.sides() == ["fr"]

    page.goto("/fr/")
    follow(page, page.get_by_role("link", name="Toutes et tous au port !"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Toutes et tous au port\u202f!")
    expect(page.locator("article strong", has_text="nombreuses")).to_be_visible()
    expect(page.locator("article li")).to_contain_text(["des gants", "du pain"])
    expect(page.get_by_role("link", name="le plan")).to_have_attribute(
        "href", "https://example.org/plan"
    )

    page.goto("/en/")
    follow(page, page.get_by_role("link", name="Toutes et tous au port !"))
    expect(page).to_have_url(re.compile("/en/bulletins/toutes-et-tous-au-port/$"))
    expect(page.get_by_text(NOTICE)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("article", has_text="nombreuses")).to_have_attribute("lang", "fr")

    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    write(page, page.locator("[name=title_en]"), "Everybody to the port!")
    write(page, text(page, "English"), "Come tomorrow.")
    press(page, page.locator("[name=_continue]"))
    page.wait_for_load_state()

    page.goto("/en/bulletins/toutes-et-tous-au-port/")
    expect(page).to_have_url(re.compile("/en/bulletins/everybody-to-the-port/$"))
    expect(page.get_by_text(NOTICE)).to_have_count(0)
    expect(page.locator("article")).to_contain_text("Come tomorrow.")
    follow(page, page.get_by_role("navigation", name="Languages").get_by_role("link").nth(1))
    expect(page).to_have_url(re.compile("/fr/bulletins/toutes-et-tous-au-port/$"))
    expect(page.locator("article")).to_contain_text("Venez nombreuses demain.")
    follow(page, page.locator(".switcher").get_by_role("link").nth(0))
    expect(page).to_have_url(re.compile("/en/bulletins/everybody-to-the-port/$"))
    assert watch.errors == []


def write_french_text(page):
    """Bold, a list and a link, by the keys that every editor has for them."""
    write(page, text(page, "French"), "Venez ")
    keys = page.keyboard
    keys.press("Control+b")
    keys.type("nombreuses")
    keys.press("Control+b")
    keys.type(" demain.")
    keys.press("Enter")
    keys.type("- des gants")
    keys.press("Enter")
    keys.type("du pain")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("Voir le plan")
    select_words(page, text(page, "French"), "le plan")
    keys.press("Control+k")
    expect(page.locator("dialog[open]")).to_be_visible()
    keys.type("https://example.org/plan")
    keys.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


# Two people at once ------------------------------------------------------------------------------


def test_two_people_change_two_languages_and_no_word_is_lost(logged_in, watch):
    address = change(factories.live_pair())
    first, second = logged_in(), logged_in()
    first.goto(address)
    second.goto(address)

    replace(first, "English", "We open on Monday.")
    save(first)
    replace(second, "French", "Nous ouvrons lundi.")
    save(second)

    bulletin = Bulletin.objects.get()
    assert bulletin.body_en == "<p>We open on Monday.</p>"
    assert bulletin.body_fr == "<p>Nous ouvrons lundi.</p>"
    assert watch.errors == []


def test_the_second_change_to_one_language_is_refused_and_shown_beside_the_first(logged_in, watch):
    address = change(factories.live_pair())
    first, second = logged_in(), logged_in()
    first.goto(address)
    second.goto(address)

    replace(first, "English", "We open on Monday.")
    save(first)
    replace(second, "English", "We open on Tuesday.")
    save(second)

    assert Bulletin.objects.get().body_en == "<p>We open on Monday.</p>"
    expect(second.locator(".errorlist").get_by_text("Somebody else changed this")).to_be_visible()
    expect(second.locator("blockquote ins")).to_have_text("Monday")
    expect(second.locator("blockquote del")).to_have_text("Tuesday")
    expect(text(second, "English")).to_have_text("We open on Tuesday.")

    replace(second, "English", "We open on Monday and Tuesday.")
    save(second)
    assert Bulletin.objects.get().body_en == "<p>We open on Monday and Tuesday.</p>"
    assert watch.errors == []


def test_a_text_comes_back_after_the_login_ended_while_it_was_written(logged_in, editor, watch):
    bulletin = factories.live_pair()
    page = logged_in()
    page.goto(change(bulletin))
    replace(page, "French", "Un long texte, écrit sans regarder l’heure.")

    Session.objects.all().delete()
    page.locator("[name=_continue]").first.click()
    expect(page.locator("[name=password]")).to_be_visible()
    page.locator("[name=login]").fill(editor.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_role("button", name="Put my text back into the form").click()

    expect(text(page, "French")).to_have_text("Un long texte, écrit sans regarder l’heure.")
    assert Bulletin.objects.get().body_fr == factories.FR["body_fr"]
    page.locator("[name=_continue]").first.click()
    page.wait_for_load_state()
    assert Bulletin.objects.get().body_fr == "<p>Un long texte, écrit sans regarder l’heure.</p>"
    assert watch.errors == []


# What hands do -----------------------------------------------------------------------------------


def change(bulletin) -> str:
    return reverse("admin:bulletins_bulletin_change", args=[bulletin.pk])


def text(page, language: str):
    """The rich-text editor of a language, by the name that a screen reader says."""
    return page.get_by_role("textbox", name=f"Text ({language})")


def replace(page, language: str, words: str):
    area = text(page, language)
    area.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def save(page):
    with page.expect_navigation():
        page.locator("[name=_continue]").first.click()


def tab_to(page, wanted):
    """Press Tab until `wanted` has the focus."""
    wanted.wait_for()
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def write(page, field, words: str):
    tab_to(page, field)
    page.keyboard.type(words)


def press(page, button):
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


follow = press


def choose(page, select, value: str):
    """Choose from a list by typing what it says, as one does."""
    tab_to(page, select)
    page.keyboard.type(select.locator(f"option[value={value}]").inner_text())
    expect(select).to_have_value(value)
