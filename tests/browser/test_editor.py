"""The rich-text editor: what it makes, what it leaves alone, and how it is worked by keyboard."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from bulletins.models import Bulletin
from core import html
from core.addresses import SCHEMES
from tests import factories

from .conftest import log_in, select_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"
SAVE = "[name=_continue], [name=_draft]"
EVERYTHING = (
    "<h2>Où en est-on\u202f?</h2>"
    "<p>« attaqué·e\u00a0» &lt;b&gt; &amp; 3 &gt; 2, “quotes” and 'quotes' \"too\"<br>"
    "a new line</p>"
    "<h3>Le <em>port</em></h3>"
    "<ul><li><p>one</p><ol><li><p>inside</p><ul><li><p>deeper</p></li></ul></li>"
    "<li><p>again</p><p>a second paragraph</p></li></ol></li><li><p>two</p></li></ul>"
    "<ol><li><p>first</p></li></ol>"
    "<blockquote><p>They said <strong>no</strong>.</p><p>We say yes.</p>"
    "<ul><li><p>listed</p></li></ul></blockquote>"
    "<hr>"
    "<p><strong>bold <em>both</em></strong> <em>italic</em></p>"
    '<p><a href="https://example.org/?a=1&amp;b=2" hreflang="fr">out</a> '
    '<a href="mailto:box@example.org">mail</a> <a href="tel:+33199004712">call</a> '
    '<a href="ref:{model}/{pk}#q1">here</a> <a href="ref:{model}/999999">gone</a> '
    '<a href="ref:view.donations/donate">give</a> <a href="/static/x.pdf">a file</a> '
    '<a href="#top">up</a></p>'
    '<p><a href="https://example.org/"><strong>strong <em>link '
    '<span lang="ar" dir="rtl">هذا البيت بيتنا</span></em></strong></a> '
    'and <span lang="pt-BR">nossa casa</span>.</p>'
)


@pytest.fixture
def page(new_context, live_server, watch):
    """A page of somebody who is logged in; every test ends with an empty console."""
    User.objects.create_superuser("morag", password=PASSWORD, language="en")
    page = watch.on(new_context(base_url=live_server.url, locale="en")).new_page()
    page.set_default_timeout(15_000)
    log_in(page, "morag", PASSWORD)
    yield page
    assert watch.errors == []


# What it leaves alone ----------------------------------------------------------------------------


def test_a_touched_text_comes_out_as_it_went_in(page):
    other = factories.live_pair(title_fr="L’autre", title_en="The other")
    body = EVERYTHING.replace("{model}/{pk}", f"bulletins.bulletin/{other.pk}")
    body = body.replace("{model}", "bulletins.bulletin")
    assert html.canonical(body) == body
    bulletin = factories.draft(source_language="fr", title_fr="Tout", body_fr=body, body_en=body)
    open_form(page, bulletin)

    for language in ("French", "English"):
        touch(page, language)
    save(page)

    bulletin.refresh_from_db()
    assert (bulletin.body_fr, bulletin.body_en) == (body, body)
    assert bulletin.history.count() == 1


def test_an_emptied_text_is_no_text(page):
    bulletin = factories.draft()
    open_form(page, bulletin)

    text(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en is None


def test_what_the_editor_can_make_is_what_is_stored(page):
    open_form(page, factories.draft())

    # What the schema writes, asked of the schema itself.
    made = text(page).evaluate(
        """area => {
            const { nodes, marks } = area.editor.schema
            const found = {}
            const add = ([tag, attributes]) => (found[tag] = attributes)
            for (const [name, type] of Object.entries({ ...nodes, ...marks })) {
                const levels = name === "heading" ? [2, 3] : [null]
                for (const level of levels) {
                    if (!type.spec.toDOM) continue
                    const attributes = level ? { level } : null
                    const one = type.create(attributes)
                    add([type.spec.toDOM(one)[0], Object.keys(type.spec.attrs ?? {})])
                }
            }
            return found
        }"""
    )

    # A heading's level is its tag; how a list is numbered is not kept (core.html).
    made |= {"h2": [], "h3": [], "ol": []}
    assert {tag: sorted(names) for tag, names in made.items()} == {
        tag: sorted(names) for tag, names in html.ALLOWED.items()
    }


def test_the_editor_links_to_the_addresses_that_are_stored(page):
    open_form(page, factories.draft())
    asked = [*(f"{scheme}:x" for scheme in SCHEMES), "/x", "#x", "javascript:x", "data:x", "ftp:x"]

    allowed = text(page).evaluate(
        """(area, asked) => {
            const found = area.editor.extensionManager.extensions
            const { options } = found.find(({ name }) => name === "link")
            return asked.filter((address) => options.isAllowedUri(address, options))
        }""",
        asked,
    )

    assert allowed == [*(f"{scheme}:x" for scheme in SCHEMES), "/x", "#x"]


def test_words_with_dots_do_not_turn_into_links(page):
    bulletin = factories.draft(source_language="fr")
    open_form(page, bulletin)

    replace(page, "Les salarié.es et tou.te.s les autres.com ", "French")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_fr == "<p>Les salarié.es et tou.te.s les autres.com</p>"


def test_the_editor_stands_on_the_site_as_it_is_served(site, working, new_context, watch):
    context = new_context(base_url=site.url, locale="en", storage_state=working["en"])
    page = watch.on(context).new_page()

    page.goto(site.world["admin"]["form"])

    for language in ("French", "English"):
        expect(tool(page, "Phrase in another language", language)).to_be_visible()
    ours = re.compile(r"/(dialog|words|toolbar)[.\w]*\.js$")
    modules = [url for url in watch.requests if ours.search(url)]
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", url) for url in modules)
    assert len(modules) == 3
    assert watch.errors == []


# What it makes -----------------------------------------------------------------------------------


def test_the_tools_make_headings_lists_and_emphasis_by_keyboard(page):
    bulletin = factories.draft()
    open_form(page, bulletin)

    replace(page, "Plan")
    use(page, "Heading")
    page.keyboard.press("Enter")
    use(page, "List")
    use(page, "Bold")
    page.keyboard.type("bread")
    use(page, "Bold")
    page.keyboard.type(" and")
    page.keyboard.press("Enter")
    page.keyboard.type("rye")
    use(page, "One level in")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == (
        "<h2>Plan</h2>"
        "<ul><li><p><strong>bread</strong> and</p><ul><li><p>rye</p></li></ul></li></ul>"
    )


def test_a_phrase_gets_its_language_and_its_direction(page):
    bulletin = factories.draft()
    open_form(page, bulletin)

    replace(page, "They said بيتنا")
    select_words(page, text(page), "بيتنا")
    use(page, "Phrase in another language")
    page.get_by_label("Language of this phrase").select_option("ar")
    page.get_by_role("button", name="Apply").press("Enter")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == '<p>They said <span lang="ar" dir="rtl">بيتنا</span></p>'


def test_a_phrase_may_be_in_any_language_and_is_unmarked_again(page):
    bulletin = factories.draft(body_en='<p>We say <span lang="fr">bonjour</span></p>')
    open_form(page, bulletin)
    text(page).locator("span").click()

    use(page, "Phrase in another language")
    page.get_by_label("Language of this phrase").select_option("other")
    page.get_by_role("button", name="Apply").press("Enter")
    code = page.get_by_label("Code of another language")
    expect(page.get_by_role("alert").filter(has_text="no language code")).to_be_visible()
    expect(code).to_be_focused()
    code.fill("pt-BR")
    page.keyboard.press("Enter")
    expect(text(page).locator("span")).to_have_attribute("lang", "pt-BR")

    use(page, "Phrase in another language")
    page.get_by_role("button", name="Remove").click()
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == "<p>We say bonjour</p>"


def test_a_link_is_made_by_keyboard_and_a_wrong_address_is_told(page):
    bulletin = factories.draft()
    open_form(page, bulletin)

    replace(page, "the plan")
    select_words(page, text(page), "plan")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Link")
    address = dialog.get_by_label("Address")
    expect(address).to_be_focused()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert").filter(has_text="cannot be used")).to_be_visible()
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("example.org/plan")
    page.keyboard.press("Tab")
    page.keyboard.type("fr")
    page.keyboard.press("Enter")
    expect(text(page)).to_be_focused()
    save(page)

    bulletin.refresh_from_db()
    link = '<a href="https://example.org/plan" hreflang="fr">plan</a>'
    assert bulletin.body_en == f"<p>the {link}</p>"


def test_escape_closes_a_dialog_and_changes_nothing(page):
    bulletin = factories.draft(body_en='<p><a href="https://example.org/">words</a></p>')
    open_form(page, bulletin)
    text(page).locator("a").click()

    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(text(page)).to_be_focused()
    expect(text(page).locator("a")).to_have_attribute("href", "https://example.org/")


# How it is worked --------------------------------------------------------------------------------


def test_an_editing_area_says_its_language_its_name_and_its_help(page):
    open_form(page, factories.draft())
    area = text(page, "French")

    for name, value in {
        "lang": "fr",
        "dir": "ltr",
        "spellcheck": "true",
        "role": "textbox",
        "aria-multiline": "true",
        "aria-labelledby": "id_body_fr_label",
    }.items():
        expect(area).to_have_attribute(name, value)
    expect(area).to_have_accessible_description(re.compile("Escape leads from the text"))


def test_an_error_belongs_to_its_editing_area(page):
    open_form(page, factories.live(title_en="A title"))

    text(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator(SAVE).click()

    expect(text(page)).to_have_attribute("aria-invalid", "true")
    expect(text(page)).to_have_accessible_description(re.compile("“Text” is missing in English"))


def test_the_tools_are_one_stop_for_tab_and_arrows_move_inside(page):
    open_form(page, factories.draft())
    text(page).click()

    page.keyboard.press("Escape")
    expect(tool(page, "Plain text")).to_be_focused()
    expect(tool(page, "Plain text")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Heading", exact=True)).to_be_focused()
    page.keyboard.press("End")
    expect(tool(page, "Redo")).to_be_focused()
    expect(tool(page, "Redo")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Plain text")).to_be_focused()
    page.keyboard.press("Tab")
    expect(text(page)).to_be_focused()


def test_tab_leaves_a_list(page):
    bulletin = factories.draft(body_en="<ul><li><p>one</p></li><li><p>two</p></li></ul>")
    open_form(page, bulletin)
    text(page).get_by_text("two").click()

    page.keyboard.press("Tab")

    expect(text(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "Plain text")).to_be_focused()


def test_what_has_the_focus_is_not_under_the_save_bar(page):
    open_form(page, factories.faq(entries=3))
    covered = []

    for _ in range(60):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """() => {
                const one = document.activeElement
                const bar = document.querySelector(".submit-row")
                if (bar.contains(one) || one === document.body) return []
                const [top, under] = [one, bar].map((e) => e.getBoundingClientRect().top)
                return top >= under ? [one.outerHTML.slice(0, 90)] : []
            }"""
        )

    assert covered == []


def test_another_question_comes_with_editors_that_know_their_language(page):
    bulletin = factories.faq(entries=1)
    open_form(page, bulletin)

    page.get_by_role("button", name="Add another Question").click()
    page.locator("[name=entries-1-question_en]").fill("And then?")
    answer = page.locator("#entries-1 .field-answer_en [role=textbox]")
    expect(answer).to_have_attribute("lang", "en")
    answer.click()
    page.keyboard.type("We go on.")
    save(page)

    added = bulletin.entries.get(question_en="And then?")
    assert added.answer_en == "<p>We go on.</p>"


# Nothing is lost by leaving ----------------------------------------------------------------------


def test_leaving_with_unsaved_words_is_asked_about(page):
    open_form(page, factories.draft())
    replace(page, "New words.")

    assert asks_before_leaving(page)


@pytest.mark.parametrize("name", ["title_en", "pinned"])
def test_leaving_with_another_change_is_asked_about(page, name):
    open_form(page, factories.draft())
    field = page.locator(f"[name={name}]")
    field.fill("Another") if name == "title_en" else field.check()

    assert asks_before_leaving(page)


def test_leaving_a_form_that_was_only_touched_is_not_asked_about(page):
    open_form(page, factories.draft(body_en="<p>Some&nbsp;words.</p><ul><li>one</li></ul>"))
    touch(page, "English")

    assert not asks_before_leaving(page)


def test_a_draft_that_could_not_be_published_can_still_be_published(page):
    bulletin = factories.draft(body_en=None)
    open_form(page, bulletin)
    page.locator("[name=_publish]").click()
    expect(page.locator(".told-errors")).to_be_visible()

    replace(page, "Now there is a text.")
    page.locator("[name=_publish]").click()
    expect(page.get_by_text("It is public now:")).to_be_visible()

    bulletin.refresh_from_db()
    assert bulletin.is_live


def test_leaving_after_a_refused_save_is_asked_about(page):
    open_form(page, factories.live())
    page.locator("[name=title_en]").fill("")
    page.locator(SAVE).click()
    expect(page.locator(".told-errors")).to_be_visible()
    page.locator("[name=title_en]").click()

    assert asks_before_leaving(page)


# What hands do -----------------------------------------------------------------------------------


def open_form(page, bulletin: Bulletin):
    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    # The editors come after the page, and the textareas under them have the same names.
    for language in ("French", "English"):
        expect(tool(page, "Bold", language)).to_be_visible()
        expect(text(page, language)).to_be_visible()


def text(page, language: str = "English"):
    return page.get_by_role("textbox", name=f"Text ({language})")


def tool(page, name: str, language: str = "English", *, exact: bool = False):
    bar = page.get_by_role("toolbar", name=f"Text tools: Text ({language})")
    return bar.get_by_role("button", name=name, exact=exact)


def use(page, name: str):
    """Go from the text to a tool and press it, by keyboard."""
    page.keyboard.press("Escape")
    wanted = tool(page, name, exact=True)
    page.keyboard.press("Home")
    for _ in range(20):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def touch(page, language: str):
    """Type a character and take it back."""
    text(page, language).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")


def replace(page, words: str, language: str = "English"):
    text(page, language).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def save(page):
    with page.expect_navigation():
        page.locator(SAVE).click()
    expect(page.locator(".messagelist li")).to_be_visible()
    expect(page.locator(".errornote, .messagelist .error")).to_have_count(0)


def asks_before_leaving(page) -> bool:
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto(reverse("admin:index"))
    return asked == ["beforeunload"]
