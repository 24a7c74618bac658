"""Pictures come into the library, by a person at a browser."""

from __future__ import annotations

import base64
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from pictures.models import Picture

from .pictures import enter, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/pictures/picture/"
REMOVED = "Location, camera and time were removed."


@pytest.fixture
def library(open_page, storages_of_its_own):
    page = enter(open_page())
    page.goto(LIST)
    return page


def noise(folder, name: str):
    """A file that takes its time on the way."""
    path = folder / name
    Image.effect_noise((1200, 800), 100).convert("RGB").save(path, quality=95)
    return path


def line(page, name: str):
    return page.locator(".upload", has_text=name)


def test_several_files_go_at_once_and_each_tells_what_became_of_it(library, tmp_path):
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    files = [photo(tmp_path, "square.jpg"), drawing, photo(tmp_path, "kitchen.png")]

    library.get_by_label("Add pictures").set_input_files(files)

    expect(line(library, "square")).to_contain_text(REMOVED)
    expect(line(library, "drawing.svg")).to_contain_text("SVG drawings are not taken")
    expect(line(library, "kitchen")).to_contain_text("There was nothing hidden in the file.")
    expect(library.get_by_role("status").first).to_have_text("Pictures added: 2 · Not added: 1")
    assert sorted(p.name for p in Picture.objects.all()) == ["kitchen", "square"]

    library.get_by_role("link", name="Show them in the library").click()
    expect(library.locator(".picture-card .picture-name")).to_have_text(["kitchen", "square"])


def test_how_far_a_file_is_can_be_seen(library, tmp_path, watch):
    slow = library.context.new_cdp_session(library)
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    slow.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    library.evaluate(
        """() => {
            window.seen = []
            const look = () => {
                const bar = document.querySelector(".upload progress")
                if (bar) window.seen.push([bar.position, bar.nextSibling.textContent])
            }
            const about = { subtree: true, childList: true, attributes: true }
            new MutationObserver(look).observe(document.querySelector(".uploads"), about)
        }"""
    )

    library.get_by_label("Add pictures").set_input_files(noise(tmp_path, "square.jpg"))

    expect(library.get_by_role("progressbar", name="square.jpg")).to_be_visible()
    expect(line(library, "square")).to_contain_text("There was nothing hidden", timeout=30_000)
    seen = library.evaluate("() => window.seen")
    assert [words for at, words in seen if 0 < at < 1] != []
    assert seen[-1] == [-1, "is being prepared"]
    expect(library.get_by_role("progressbar")).to_have_count(0)
    assert watch.errors == []


def test_files_are_dropped(library, tmp_path):
    data = base64.b64encode(photo(tmp_path, "square.jpg").read_bytes()).decode()
    dropped = library.evaluate_handle(
        """data => {
            const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0))
            const transfer = new DataTransfer()
            transfer.items.add(new File([bytes], "square.jpg", { type: "image/jpeg" }))
            return transfer
        }""",
        data,
    )

    library.dispatch_event(".uploader", "dragover", {"dataTransfer": dropped})
    expect(library.locator(".uploader")).to_have_class(re.compile("dropping"))
    library.dispatch_event(".uploader", "drop", {"dataTransfer": dropped})

    expect(line(library, "square")).to_contain_text(REMOVED)
    expect(library.locator(".uploader")).not_to_have_class(re.compile("dropping"))


def test_a_broken_connection_is_told_and_the_file_goes_again(library, tmp_path):
    library.route("**/upload/", lambda route: route.abort(), times=1)

    library.get_by_label("Add pictures").set_input_files(photo(tmp_path, "square.jpg"))
    expect(line(library, "square.jpg")).to_contain_text("The connection broke off")
    library.get_by_role("button", name="Try again").click()

    expect(line(library, "square")).to_contain_text(REMOVED)


def test_whoever_is_not_logged_in_any_more_is_told(library, tmp_path):
    library.context.clear_cookies(name="sessionid")

    library.get_by_label("Add pictures").set_input_files(photo(tmp_path, "square.jpg"))

    expect(line(library, "square.jpg")).to_contain_text("You are not logged in any more.")


def test_it_works_by_keyboard_alone(library, tmp_path):
    library.get_by_label("Add pictures").focus()
    with library.expect_file_chooser() as chooser:
        library.keyboard.press("Space")
    chooser.value.set_files(photo(tmp_path, "square.jpg"))
    expect(line(library, "square")).to_contain_text(REMOVED)

    library.keyboard.press("Tab")
    expect(library.get_by_role("link", name="square", exact=True)).to_be_focused()
    library.keyboard.press("Enter")

    expect(library.get_by_role("heading", level=1)).to_have_text("square")
    library.get_by_label("They did not agree").focus()
    library.keyboard.press("ArrowUp")
    library.keyboard.press("Tab")
    library.keyboard.type("03082026")
    library.get_by_label("what they agreed to").focus()
    library.keyboard.type("this site")
    library.keyboard.press("Tab")
    library.keyboard.press("Enter")

    expect(library.get_by_text("It may be shown:")).to_be_visible()
    assert Picture.objects.get().may_be_public
