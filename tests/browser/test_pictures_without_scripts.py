"""Everything about pictures with scripts switched off."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pictures import acts
from pictures.models import Picture
from tests import factories
from tests.pictures.factories import in_text

from .pictures import FACES, colours, enter, photo, spread

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storages_of_its_own"),
]


@pytest.fixture
def page(open_page):
    return enter(open_page(java_script_enabled=False))


@pytest.fixture
def picture(tmp_path) -> Picture:
    with photo(tmp_path).open("rb") as file:
        return acts.add(file, name="market square")


def test_several_files_come_in_and_a_refused_one_is_named(page, tmp_path):
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    page.goto("/admin/pictures/picture/")

    page.get_by_label("Add pictures").set_input_files(
        [photo(tmp_path, "square.jpg"), drawing, photo(tmp_path, "kitchen.png")]
    )
    page.get_by_role("button", name="Upload").click()

    told = page.locator(".messagelist li")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("square: It is in the library now. Location, camera")
    expect(told.nth(1)).to_contain_text("drawing.svg: SVG drawings are not taken")
    expect(page.locator(".picture-card")).to_have_count(2)


def test_a_face_is_covered_with_numbers(page, picture):
    page.goto(reverse("admin:pictures_picture_mask", args=[picture.pk]))
    expect(page.get_by_text("Draw over what")).to_be_hidden()

    for number, (left, top, width, height) in enumerate(FACES):
        page.get_by_role("button", name="Add a region").click()
        row = page.locator(".mask-row").nth(number)
        row.get_by_label("Left").fill(str(left))
        row.get_by_label("Top").fill(str(top))
        row.get_by_label("Width").fill(str(width))
        row.get_by_label("Height").fill(str(height))
    page.get_by_role("button", name="Show it on the picture").click()
    expect(page.locator("ellipse.mask-shape")).to_have_count(2)
    page.locator(".mask-row").first.get_by_label("Left").press("Enter")
    expect(page.locator(".mask-row")).to_have_count(2)
    page.get_by_label("All recognisable people are covered").check()
    page.get_by_role("button", name="Cover for ever").click()

    expect(page.get_by_text("The regions are covered.")).to_be_visible()
    picture.refresh_from_db()
    assert picture.may_be_public
    for name in picture.files:
        data = page.request.get(f"/pictures/{name}").body()
        assert [spread(colours(data, face, "ellipse")) <= 3 for face in FACES] == [True, True]


def test_a_file_comes_with_the_bulletin_and_stands_in_its_text(page, tmp_path):
    bulletin = factories.draft(body_en="<p>One.</p>")
    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    row = page.locator("#figures-0")
    row.get_by_label("Or a new picture from this device").set_input_files(photo(tmp_path))
    row.get_by_label("Where it stands").select_option(label="In the text")
    row.get_by_label("Description (English)").fill("A square")

    page.get_by_role("button", name="Save draft").click()

    square = bulletin.figures.get().picture
    expect(page.get_by_text(f"a line [picture {square.pk}]")).to_be_visible()
    expect(page.locator("#figures-0 img")).to_be_visible()
    page.locator("[name=body_en]").fill(f"<p>One.</p><p>[picture {square.pk}]</p><p>Two.</p>")
    page.get_by_role("button", name="Save draft").click()

    bulletin.refresh_from_db()
    assert bulletin.body_en == f"<p>One.</p>{in_text(square)}<p>Two.</p>"


def test_a_form_that_is_refused_keeps_the_file(page, tmp_path):
    bulletin = factories.draft(body_en=None)
    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    page.locator("[name=figures-0-upload]").set_input_files(photo(tmp_path))

    page.get_by_role("button", name="Publish").click()

    square = Picture.objects.get()
    expect(page.locator("[name=figures-0-picture]")).to_have_value(f"{square.pk} · market square")
    expect(page.locator("#figures-0 img")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    assert [one.picture for one in bulletin.figures.all()] == [square]


def test_consent_is_said_and_the_picture_is_withdrawn(page, picture):
    page.goto(reverse("admin:pictures_picture_change", args=[picture.pk]))
    expect(page.get_by_label("When they agreed")).to_be_hidden()

    page.get_by_label("The people in it agreed").check()
    page.get_by_label("When they agreed").fill("2026-03-08")
    page.get_by_label("What they agreed to").fill("This site.")
    page.get_by_role("button", name="Save what is known").click()
    expect(page.get_by_text("It may be shown:")).to_be_visible()
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw it for ever").click()

    expect(page.get_by_text("Nothing is left of this picture.")).to_be_visible()
