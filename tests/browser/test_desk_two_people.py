"""Two people write on one side at the same time; a connection is lost, a server is killed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.translations.killable import killable
from translations.models import Side

from .at_the_desk import desk, enter, expect_saved, make_people, open_row, row, save, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "<p>The kitchen opens.</p><p>Bring a bowl.</p><p>Bring a friend.</p>"
# The title is segment 1; a bulletin without a summary has none.
BOTH, JO, AMINA = 2, 3, 4


def test_both_texts_survive_and_are_shown_when_one_was_offline(open_page, watch):
    make_people()
    bulletin = factories.live(body_en=BODY)
    amina, jo = enter(open_page(), "amina"), enter(open_page(), "jo")
    for page in (amina, jo):
        page.goto(desk(bulletin))

    write(amina, BOTH, "La cuisine ")
    amina.context.set_offline(True)
    amina.keyboard.insert_text("ouvre.")
    amina.keyboard.press("Control+s")
    expect(amina.locator("#saved")).to_have_text(re.compile("^Not saved: no connection"))
    write(amina, AMINA, "Venez à deux.")
    write(jo, BOTH, "On ouvre la cuisine.")
    write(jo, JO, "Prenez un bol.")
    save(jo)
    amina.context.set_offline(False)

    expect_saved(amina)
    expect(row(amina, BOTH).locator(".mark")).to_have_text("two texts")
    expect(row(amina, BOTH).locator(".other-text")).to_have_text("On ouvre la cuisine.")
    expect(row(amina, BOTH).locator(".cell")).to_have_text("La cuisine ouvre.")
    jo.goto(desk(bulletin))
    assert cells(jo) == ["", "On ouvre la cuisine.", "Prenez un bol.", "Venez à deux."]
    expect(row(jo, BOTH).locator(".other")).to_contain_text("amina wrote here too")
    expect(row(jo, BOTH).locator(".other-text")).to_have_text("La cuisine ouvre.")
    assert drafted(bulletin) == [
        ("<p>On ouvre la cuisine.</p>", ["<p>La cuisine ouvre.</p>"]),
        ("<p>Prenez un bol.</p>", []),
        ("<p>Venez à deux.</p>", []),
    ]
    # A browser says so itself when it has no connection; nothing else went wrong.
    assert [error for error in watch.errors if "ERR_INTERNET_DISCONNECTED" not in error] == []


def test_a_page_goes_on_when_its_server_was_killed(new_context, watch):
    make_people()
    bulletin = factories.live(body_en=BODY)
    with killable() as server:
        page = watch.on(new_context(base_url=server.url, locale="en")).new_page()
        enter(page, "amina").goto(desk(bulletin))
        write(page, BOTH, "La cuisine ")
        save(page)

        server.kill()
        page.keyboard.insert_text("ouvre.")
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_have_text(re.compile("^Not saved: no connection"))
        write(page, JO, "Prenez un bol.")
        # A button would lead to the browser's own page, and the words would be gone.
        page.get_by_role("button", name="Send for review").click()
        expect(row(page, JO)).to_contain_text("Prenez un bol.")
        server.start()

        # It tries again by itself.
        expect(page.locator("#saved")).to_have_text(re.compile("^Saved"), timeout=30_000)
        expect_saved(page)
        page.goto(desk(bulletin))
        assert cells(page) == ["", "La cuisine ouvre.", "Prenez un bol.", ""]
    assert drafted(bulletin) == [
        ("<p>La cuisine ouvre.</p>", []),
        ("<p>Prenez un bol.</p>", []),
        ("", []),
    ]
    assert [error for error in watch.errors if "ERR_CONNECTION_RE" not in error] == []


def write(page, number: int, words: str):
    say(page, open_row(page, number), words)


def cells(page) -> list[str]:
    """What stands in the target column: the title's text area, then the cells."""
    title = row(page, 1).locator("textarea").input_value()
    return [title, *page.locator(".row .cell").all_inner_texts()]


def drafted(bulletin) -> list[tuple[str, list[str]]]:
    """(text, other texts) of each row of the text, as stored."""
    rows = Side.objects.of(bulletin).get(language="fr").draft["rows"][":body"]
    return [(one["text"], [other["text"] for other in one["others"]]) for one in rows]
