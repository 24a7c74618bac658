"""Pictures in a bulletin's form: its rows, and the editor of its text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core import html
from pictures import acts
from pictures.models import Picture
from tests import factories
from tests.pictures.factories import figure, in_text

from .pictures import choose, enter, photo
from .test_editor import SAVE, open_form, replace, text, tool, touch, use

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storages_of_its_own"),
]


@pytest.fixture
def page(open_page, watch):
    page = enter(open_page())
    yield page
    assert watch.errors == []


@pytest.fixture
def make(tmp_path):
    def make(name: str) -> Picture:
        with photo(tmp_path).open("rb") as file:
            return acts.add(file, name=name)

    return make


def rows(page):
    return page.locator(".figure-row:not(.empty-form)")


def save(page):
    """Save; what the page warns of is no error."""
    with page.expect_navigation():
        page.locator(SAVE).click()
    expect(page.locator(".messagelist li").last).to_be_visible()
    expect(page.locator(".errornote, .messagelist .error")).to_have_count(0)


# The rows ---------------------------------------------------------------------------------------


def test_without_pictures_there_is_no_row_and_nothing_has_changed(page):
    open_form(page, factories.draft())

    expect(rows(page)).to_have_count(0)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == []


def test_a_picture_of_the_library_is_chosen(page, make):
    make("kitchen"), make("market square")
    bulletin = factories.draft()
    open_form(page, bulletin)

    page.get_by_role("button", name="Add another Picture").click()
    dialog = page.get_by_role("dialog", name="Choose or upload a picture")
    expect(dialog.get_by_label("Search")).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("Pictures shown: 2")
    page.keyboard.type("square")
    expect(dialog.get_by_role("status")).to_have_text("Pictures shown: 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    button = rows(page).get_by_role("button", name="Picture: Choose another picture")
    expect(button).to_be_focused()
    expect(rows(page).get_by_text("Nobody has said that")).to_be_visible()
    expect(rows(page).locator("img")).to_have_js_property("complete", True)
    page.locator("[name=figures-0-alt_en]").fill("A square")
    page.locator("[name=figures-0-place]").select_option(label="Above the text")
    save(page)

    [shown] = bulletin.figures.all()
    assert (shown.picture.name, shown.alt_en, shown.place) == ("market square", "A square", "lead")


def test_a_new_picture_is_uploaded_in_the_dialog(page, tmp_path):
    bulletin = factories.draft()
    open_form(page, bulletin)

    page.get_by_role("button", name="Add another Picture").click()
    page.get_by_role("dialog").get_by_label("A new picture").set_input_files(photo(tmp_path))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(rows(page).locator(".inline_label")).to_have_text("market square")
    save(page)

    assert [shown.picture.name for shown in bulletin.figures.all()] == ["market square"]
    assert Picture.objects.count() == 1


def test_going_back_leaves_no_row(page, make):
    open_form(page, factories.draft())
    page.get_by_role("button", name="Add another Picture").click()
    expect(page.get_by_role("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(rows(page)).to_have_count(0)
    expect(page.locator("[name=figures-TOTAL_FORMS]")).to_have_value("0")


def test_a_picture_that_stands_here_is_not_added_twice(page, make):
    bulletin, square = factories.draft(), make("market square")
    figure(bulletin, square)
    open_form(page, bulletin)

    page.get_by_role("button", name="Add another Picture").click()
    choose(page, "market square")

    expect(rows(page)).to_have_count(1)
    expect(rows(page).get_by_role("button", name="Picture:")).to_be_focused()


def test_rows_are_numbered_anew_when_one_goes(page, make):
    make("kitchen"), make("market square")
    bulletin = factories.draft()
    open_form(page, bulletin)
    for name in ("kitchen", "market square"):
        page.get_by_role("button", name="Add another Picture").click()
        choose(page, name)
    rows(page).first.get_by_role("button", name="Remove").click()
    save(page)

    assert [shown.picture.name for shown in bulletin.figures.all()] == ["market square"]


def test_what_was_said_in_another_window_is_seen(page, make):
    bulletin, square = factories.draft(), make("market square")
    figure(bulletin, square)
    open_form(page, bulletin)
    expect(rows(page).get_by_text("Nobody has said that")).to_be_visible()

    acts.set_consent(square.pk, "nobody")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    expect(rows(page).get_by_text("It may be shown.")).to_be_visible()


def test_an_error_leads_to_the_button(page, make):
    bulletin, square = factories.draft(), make("market square")
    figure(bulletin, square)
    open_form(page, bulletin)

    page.locator("[name=_publish]").click()
    page.locator(".told-errors").get_by_role("link", name="Picture").click()

    button = rows(page).get_by_role("button", name="Picture: Choose another picture")
    expect(button).to_be_focused()
    expect(button).to_have_accessible_description(re.compile("Nobody has said that"))


def to_the_end_of(page, words: str):
    """Put the caret behind a paragraph. The editor hears of it a moment after the browser."""
    text(page).get_by_text(words).click()
    page.keyboard.press("End")
    behind = """([area, words]) => {
        const { $from, empty } = area.editor.state.selection
        const { textContent, content } = $from.parent
        return empty && textContent === words && $from.parentOffset === content.size
    }"""
    page.wait_for_function(behind, arg=[text(page).element_handle(), words])


# In the text ------------------------------------------------------------------------------------


def test_a_text_with_pictures_comes_out_as_it_went_in(page, make):
    first, second = make("kitchen"), make("market square")
    body = (
        f"{in_text(first)}<p>One.</p><ul><li><p>two</p></li></ul>{in_text(second)}{in_text(first)}"
        f"<blockquote><p>three</p></blockquote><hr>{in_text(second)}"
    )
    assert html.canonical(body) == body
    bulletin = factories.draft(body_en=body)
    open_form(page, bulletin)

    # Where there is a paragraph, and not after it: a picture stands at the end.
    text(page).get_by_text("One.").click()
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == body
    assert bulletin.history.count() == 1


def test_a_picture_is_placed_in_the_text_and_gets_its_row(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en="<p>One.</p><p>Two.</p>")
    open_form(page, bulletin)
    text(page).get_by_text("One.").click()

    use(page, "Picture")
    choose(page, "market square")
    expect(text(page)).to_be_focused()
    expect(text(page).locator("figure")).to_contain_text("market square")
    expect(text(page).locator("figure img")).to_be_visible()
    page.keyboard.type("More. ")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p>{in_text(square)}<p>More. Two.</p>"
    assert [(one.picture, one.place) for one in bulletin.figures.all()] == [(square, "text")]


def test_it_stands_after_the_list_in_which_the_caret_is(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en="<ul><li><p>one</p></li><li><p>two</p></li></ul>")
    open_form(page, bulletin)
    text(page).get_by_text("one").click()

    use(page, "Picture")
    choose(page, "market square")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<ul><li><p>one</p></li><li><p>two</p></li></ul>{in_text(square)}"


def test_the_pictures_of_the_text_come_first_and_keep_their_row(page, make):
    make("kitchen")
    square = make("market square")
    bulletin = factories.draft()
    figure(bulletin, square, place="lead")
    open_form(page, bulletin)
    replace(page, "One.")

    use(page, "Picture")
    here = page.get_by_role("dialog").locator("section", has_text="Pictures of this text")
    expect(here.locator(".picture-name")).to_have_text(["market square"])
    here.get_by_role("button").click()
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p>{in_text(square)}"
    assert [one.place for one in bulletin.figures.all()] == ["lead"]


def test_it_is_selected_and_deleted_by_keyboard(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en=f"<p>One.</p>{in_text(square)}<p>Two.</p>")
    figure(bulletin, square, place="text")
    open_form(page, bulletin)
    to_the_end_of(page, "One.")

    page.keyboard.press("ArrowDown")
    expect(text(page).locator("figure")).to_have_class(re.compile("ProseMirror-selectednode"))
    page.keyboard.press("Delete")
    expect(text(page).locator("figure")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(text(page).locator("figure")).to_have_count(1)
    page.keyboard.press("Control+y")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == "<p>One.</p><p>Two.</p>"


def test_typing_while_it_is_selected_does_not_lose_it(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en=f"<p>One.</p>{in_text(square)}<p>Two.</p>")
    open_form(page, bulletin)
    text(page).locator("figure").click()

    page.keyboard.type("Below.")
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p>{in_text(square)}<p>Below.</p><p>Two.</p>"


def test_it_is_moved_by_cut_and_paste(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en=f"{in_text(square)}<p>One.</p><p>Two.</p>")
    open_form(page, bulletin)
    text(page).locator("figure").click()

    page.keyboard.press("Control+x")
    expect(text(page).locator("figure")).to_have_count(0)
    to_the_end_of(page, "One.")
    page.keyboard.press("Control+v")
    expect(text(page).locator("figure")).to_have_count(1)
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p>{in_text(square)}<p>Two.</p>"


def test_it_is_moved_by_mouse(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en=f"{in_text(square)}<p>One.</p><p>Two.</p>")
    open_form(page, bulletin)
    picture, last = text(page).locator("figure"), text(page).get_by_text("Two.")

    box = last.bounding_box()
    picture.drag_to(last, target_position={"x": box["width"] - 5, "y": box["height"] / 2})
    save(page)

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p><p>Two.</p>{in_text(square)}"


def test_a_picture_without_a_row_says_that_nobody_sees_it(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en=f"<p>One.</p>{in_text(square)}")
    open_form(page, bulletin)
    note = text(page).get_by_text("It does not stand among the pictures below")
    expect(note).to_be_visible()

    page.get_by_role("button", name="Add another Picture").click()
    choose(page, "market square")

    expect(note).to_have_count(0)


def test_pictures_from_elsewhere_are_not_taken_over_and_ours_are(page, make):
    square = make("market square")
    bulletin = factories.draft(body_en="<p>One.</p>")
    open_form(page, bulletin)
    text(page).click()
    page.keyboard.press("Control+End")

    for address in ("https://example.org/x.jpg", f"ref:pictures.picture/{square.pk}"):
        text(page).evaluate(
            """(area, address) => {
                const data = new DataTransfer()
                data.setData("text/html", `<p>pasted</p><img src="${address}"><p>more</p>`)
                const about = { clipboardData: data, bubbles: true, cancelable: true }
                area.dispatchEvent(new ClipboardEvent("paste", about))
            }""",
            address,
        )
    save(page)

    bulletin.refresh_from_db()
    pasted = "<p>One.pasted</p><p>morepasted</p>"
    assert bulletin.body_en == f"{pasted}{in_text(square)}<p>more</p>"


def test_where_no_pictures_belong_there_is_no_tool(page):
    factories.identity()
    page.goto("/admin/pages/identity/")
    bar = page.get_by_role("toolbar").first
    expect(bar.get_by_role("button", name="Bold")).to_be_visible()

    expect(bar.get_by_role("button", name="Picture")).to_have_count(0)


def test_the_other_language_keeps_its_own_place(page, make):
    square = make("market square")
    bulletin = factories.draft(
        body_en=f"<p>One.</p>{in_text(square)}", title_fr="Un", body_fr="<p>Un.</p>"
    )
    figure(bulletin, square, place="text")
    open_form(page, bulletin)
    expect(tool(page, "Picture", "French")).to_be_visible()

    touch(page, "French")
    save(page)

    bulletin.refresh_from_db()
    assert (bulletin.body_en, bulletin.body_fr) == (f"<p>One.</p>{in_text(square)}", "<p>Un.</p>")
