"""Regions are drawn over a picture by mouse, finger and keyboard, and covered."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pictures import acts
from pictures.models import Picture

from .pictures import FACES, colours, drag, enter, numbers, photo, spread

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storages_of_its_own"),
]


@pytest.fixture
def picture(tmp_path) -> Picture:
    with photo(tmp_path).open("rb") as file:
        return acts.add(file, name="market square")


def address(picture) -> str:
    return reverse("admin:pictures_picture_mask", args=[picture.pk])


@pytest.fixture
def page(open_page, picture, watch):
    page = enter(open_page())
    page.goto(address(picture))
    expect(page.get_by_role("application", name="The picture, with the regions")).to_be_visible()
    yield page
    assert watch.errors == []


def region(page, number: int):
    return page.get_by_role("button", name=re.compile(f"^Region {number}:"))


def test_a_region_is_drawn_moved_and_resized_by_mouse(page):
    drag(page, (20, 30), (30, 50))
    assert numbers(page, 0) == pytest.approx({"x": 20, "y": 30, "width": 10, "height": 20}, abs=0.5)
    expect(region(page, 1)).to_be_focused()

    drag(page, (25, 40), (55, 45))
    assert numbers(page, 0) == pytest.approx({"x": 50, "y": 35, "width": 10, "height": 20}, abs=0.5)

    drag(page, (60, 55), (70, 75))
    assert numbers(page, 0) == pytest.approx({"x": 50, "y": 35, "width": 20, "height": 40}, abs=0.5)
    expect(page.locator(".mask-row")).to_have_count(1)
    expect(page.locator(".mask-row [name=shape]")).to_have_value("ellipse")


def test_a_click_draws_nothing_and_a_rectangle_is_a_rectangle(page):
    drag(page, (20, 30), (20, 30))
    expect(page.get_by_text("None yet.")).to_be_visible()

    page.get_by_label("Rectangle").check()
    drag(page, (30, 50), (20, 30))

    assert numbers(page, 0) == pytest.approx({"x": 20, "y": 30, "width": 10, "height": 20}, abs=0.5)
    expect(page.locator(".mask-row [name=shape]")).to_have_value("rectangle")
    expect(page.locator("rect.mask-shape")).to_have_count(1)


def test_a_region_keeps_inside_the_picture(page):
    drag(page, (20, 30), (30, 50))
    drag(page, (25, 40), (1, 1))

    assert numbers(page, 0)["x"] == 0
    assert numbers(page, 0)["y"] == 0


def test_a_finger_draws(open_page, picture, watch):
    page = enter(open_page(has_touch=True, viewport={"width": 375, "height": 740}))
    page.goto(address(picture))
    drawing = page.locator(".mask-drawing")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *at):
        points = [
            {"x": box["x"] + box["width"] * x / 100, "y": box["y"] + box["height"] * y / 100}
            for x, y in at
        ]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = page.evaluate("() => scrollY")
    touch("touchStart", (20, 30))
    touch("touchMove", (25, 40))
    touch("touchMove", (30, 50))
    touch("touchEnd")

    assert numbers(page, 0) == pytest.approx({"x": 20, "y": 30, "width": 10, "height": 20}, abs=1.5)
    assert page.evaluate("() => scrollY") == before
    assert watch.errors == []


def test_a_region_is_added_moved_resized_and_removed_by_keyboard(page):
    page.get_by_role("button", name="Add a region").focus()
    page.keyboard.press("Enter")
    expect(region(page, 1)).to_be_focused()
    assert numbers(page, 0) == {"x": 30, "y": 30, "width": 20, "height": 20}

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert numbers(page, 0) == {"x": 31, "y": 28.9, "width": 21, "height": 19}
    expect(region(page, 1)).to_have_accessible_name(
        "Region 1: Ellipse, 31 % from the left, 28.9 % from the top, 21 % wide, 19 % high"
    )
    expect(page.locator("#mask-told")).to_have_text(re.compile("28.9 % from the top"))

    page.get_by_role("button", name="Add a region").press("Enter")
    expect(region(page, 2)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(region(page, 1)).to_be_focused()
    page.keyboard.press("Delete")
    expect(region(page, 1)).to_be_focused()
    expect(page.locator(".mask-row")).to_have_count(1)
    assert numbers(page, 0) == {"x": 35, "y": 35, "width": 20, "height": 20}

    page.keyboard.press("Enter")
    expect(page.locator("[name=x]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Remove (Region 1)")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add a region")).to_be_focused()
    expect(page.get_by_text("None yet.")).to_be_visible()


def test_the_numbers_move_the_drawing(page):
    page.get_by_role("button", name="Add a region").click()

    page.locator("[name=x]").fill("50")
    page.locator("[name=width]").fill("25")

    drawn = page.locator(".mask-edge").bounding_box()
    whole = page.locator(".mask-drawing").bounding_box()
    assert (drawn["x"] - whole["x"]) / whole["width"] == pytest.approx(0.5, abs=0.01)
    assert drawn["width"] / whole["width"] == pytest.approx(0.25, abs=0.02)


def test_one_face_by_mouse_another_by_keyboard_then_nothing_is_left_of_either(page, picture):
    (left, top, width, height), other = FACES
    drag(page, (left, top), (left + width, top + height))
    page.get_by_role("button", name="Add a region").press("Enter")
    place_by_keyboard(page, 1, other)
    page.get_by_label("All recognisable people are covered").check()
    page.get_by_role("button", name="Cover for ever").click()

    expect(page.get_by_text("The regions are covered.")).to_be_visible()
    expect(page.get_by_text("2 regions, for good.")).to_be_visible()
    picture.refresh_from_db()
    assert picture.may_be_public
    for name in picture.files:
        answer = page.request.get(f"/pictures/{name}")
        assert answer.status == 200
        for face in FACES:
            assert spread(colours(answer.body(), inner(face), "ellipse")) <= 3, name
        assert spread(colours(answer.body(), (0, 0, 100, 100))) > 100


def test_leaving_with_regions_that_are_not_covered_is_asked_about(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    drag(page, (20, 30), (30, 50))

    page.get_by_role("link", name="No, go back").click()
    expect(page.get_by_role("heading", name="market square")).to_be_visible()

    assert asked == ["beforeunload"]


def inner(face: tuple) -> tuple:
    """The region without the rounding of a pixel that a mouse has."""
    left, top, width, height = face
    return left + 0.3, top + 0.3, width - 0.6, height - 0.6


def place_by_keyboard(page, row: int, wanted: tuple):
    """Move a region by whole per cents to where it belongs, and make it as large."""
    now = numbers(page, row)
    left, top, width, height = wanted
    steps = [
        ("Shift+ArrowLeft", "Shift+ArrowRight", width - now["width"]),
        ("Shift+ArrowUp", "Shift+ArrowDown", height - now["height"]),
        ("ArrowLeft", "ArrowRight", left - now["x"]),
        ("ArrowUp", "ArrowDown", top - now["y"]),
    ]
    for less, more, distance in steps:
        for _ in range(abs(round(distance))):
            page.keyboard.press(more if distance > 0 else less)
    assert tuple(numbers(page, row).values()) == wanted
