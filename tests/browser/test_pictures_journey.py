"""A photo of two people on its way to readers, and back from them."""

from __future__ import annotations

import re
import urllib.request
from urllib.error import HTTPError

import pytest
from django.conf import settings
from playwright.sync_api import expect

from bulletins.models import Bulletin
from pictures.models import Picture
from tests import factories

from .pictures import FACES, choose, colours, drag, enter, photo, spread
from .test_editor import open_form, text, use
from .test_pictures_mask import inner, place_by_keyboard

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storages_of_its_own"),
]


def got(address: str) -> tuple[int, bytes]:
    """What a reader gets at an address, without a browser or a cookie."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, b""


def test_a_photo_of_people_reaches_readers_masked_and_is_taken_back(
    open_page, live_server, tmp_path, watch
):
    bulletin = factories.draft(body_en="<p>One.</p><p>Two.</p>")
    page = enter(open_page())

    # It comes in.
    page.goto("/admin/pictures/picture/")
    page.get_by_label("Add pictures").set_input_files(photo(tmp_path))
    expect(page.locator(".upload")).to_contain_text("Location, camera and time were removed.")
    picture = Picture.objects.get()
    first = addresses(live_server, picture)
    page.get_by_role("link", name="market square", exact=True).click()
    expect(page.get_by_text("May not be shown yet")).to_be_visible()

    # One face is covered by mouse, the other by keyboard.
    page.get_by_role("link", name="Cover faces and other parts").click()
    expect(page.get_by_role("application")).to_be_visible()
    left, top, width, height = FACES[0]
    drag(page, (left, top), (left + width, top + height))
    page.get_by_role("button", name="Add a region").press("Enter")
    place_by_keyboard(page, 1, FACES[1])
    page.get_by_role("button", name="Cover for ever").press("Enter")
    expect(page.get_by_text("The regions are covered.")).to_be_visible()

    # Somebody says that they agreed.
    page.get_by_label("The people in it agreed").check()
    page.get_by_label("When they agreed").fill("2026-03-08")
    page.get_by_label("What they agreed to").fill("This site.")
    page.get_by_role("button", name="Save what is known").click()
    expect(page.get_by_text("Readers see it as soon as a public text shows it.")).to_be_visible()
    picture.refresh_from_db()
    assert {got(address)[0] for address in first} == {410}
    assert {got(address)[0] for address in addresses(live_server, picture)} == {404}

    # It is placed in the text, described, and published.
    open_form(page, bulletin)
    text(page).get_by_text("One.").click()
    use(page, "Picture")
    choose(page, "market square")
    page.locator("[name=figures-0-alt_en]").fill("Two people on the square.")
    page.locator("[name=_publish]").click()
    expect(page.get_by_text("It is public now:")).to_be_visible()

    # Every file that readers get has nothing under the masks.
    public = addresses(live_server, picture)
    assert len(public) == sum(len(one["files"]) for one in picture.renditions) >= 6
    for address in public:
        status, data = got(address)
        assert status == 200
        for face in FACES:
            assert spread(colours(data, inner(face), "ellipse")) <= 3, address
        assert spread(colours(data, (0, 0, 100, 100))) > 100
    reader = open_page()
    reader.goto(Bulletin.objects.get().address("en"))
    expect(reader.get_by_role("img", name="Two people on the square.")).to_be_visible()

    # Somebody no longer agrees.
    page.goto(f"/admin/pictures/picture/{picture.pk}/change/")
    expect(page.get_by_text("Readers see it", exact=True)).to_be_visible()
    page.get_by_role("link", name="Withdraw").click()
    expect(page.get_by_role("link", name="Kitchen opens")).to_be_visible()
    page.get_by_role("button", name="Withdraw it for ever").click()
    expect(page.get_by_text("It stood in 1 text")).to_be_visible()
    expect(page.get_by_role("link", name="Kitchen opens")).to_be_visible()

    assert {got(address)[0] for address in public} == {410}
    private = [f"/pictures/{name}" for name in names(public)]
    assert {page.request.get(address).status for address in private} == {410}
    assert stored() == []
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Kitchen opens")
    expect(reader.get_by_role("img", name="Two people")).to_have_count(0)
    assert watch.errors == []


def addresses(live_server, picture: Picture) -> list[str]:
    return [f"{live_server.url}/media/{name}" for name in picture.files]


def names(public: list[str]) -> list[str]:
    return [re.sub(r".*/", "", address) for address in public]


def stored() -> list[str]:
    """Every file in both storages."""
    from pathlib import Path

    folders = [Path(settings.STORAGES[n]["OPTIONS"]["location"]) for n in ("default", "private")]
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())
