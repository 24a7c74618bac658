"""Every page of pictures: WCAG 2.2 AA by axe, light and dark, wide and 320 pixels narrow."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pictures import acts
from pictures.models import Picture
from tests import factories
from tests.pictures.factories import figure, in_text

from .looking import NARROW, WIDE, cut_off, sticking_out, violations
from .pictures import enter, photo
from .test_editor import open_form, text, use

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storages_of_its_own"),
]
LIST = "/admin/pictures/picture/"


@pytest.fixture(params=["en", "fr"])
def page(open_page, request):
    return enter(open_page(locale=request.param), language=request.param)


@pytest.fixture
def picture(tmp_path) -> Picture:
    with photo(tmp_path).open("rb") as file:
        return acts.add(file, name="market square")


def problems(page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        for size in (WIDE, NARROW):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            where = f"{scheme}, {size['width']} px"
            found += [f"{where}: {line}" for line in violations(page)]
            found += [f"{where}, too wide: {line}" for line in sticking_out(page)]
            found += [f"{where}, cut off: {line}" for line in cut_off(page)]
    return found


def test_the_library_is_accessible(page, picture, tmp_path):
    figure(factories.draft(), picture)
    acts.withdraw(picture.pk)
    with photo(tmp_path).open("rb") as file:
        acts.add(file, name="kitchen")
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for query in ("", "?standing=withdrawn", "?q=nothing"):
        page.goto(LIST + query)
        assert problems(page) == []

    page.locator("#uploader-files").set_input_files([drawing, photo(tmp_path, "square.jpg")])
    expect(page.locator(".upload-done, .upload-refused")).to_have_count(2)
    assert problems(page) == []


def test_the_page_of_a_picture_is_accessible(page, picture):
    figure(factories.draft(), picture)
    for act in ("change", "withdraw", "delete", "history"):
        page.goto(f"{LIST}{picture.pk}/{act}/")
        assert problems(page) == []

    page.goto(f"{LIST}{picture.pk}/change/")
    page.locator("[value=agreed]").check()
    page.locator(".consent [type=submit]").click()
    expect(page.locator(".consent .errorlist")).to_have_count(2)
    assert problems(page) == []
    acts.withdraw(picture.pk)
    page.goto(f"{LIST}{picture.pk}/change/")
    assert problems(page) == []
    page.goto(f"{LIST}add/")
    assert problems(page) == []


def test_covering_is_accessible(page, picture):
    page.goto(f"{LIST}{picture.pk}/mask/")
    assert problems(page) == []

    for _ in range(2):
        page.locator("[name=do][value=add]").click()
    expect(page.locator(".mask-region")).to_have_count(2)
    assert problems(page) == []
    page.locator("[name=x]").first.fill("200")
    page.locator("[name=do][value=apply]").click()
    expect(page.locator(".told-errors")).to_be_visible()
    assert problems(page) == []


def test_a_form_with_pictures_and_its_dialog_are_accessible(open_page, picture):
    page = enter(open_page())
    bulletin = factories.draft(body_en=f"<p>One.</p>{in_text(picture)}<p>Two.</p>")
    figure(bulletin, picture, place="text")
    open_form(page, bulletin)
    expect(text(page).locator("figure img")).to_be_visible()
    assert problems(page) == []

    page.set_viewport_size(WIDE)
    text(page).get_by_text("One.").click()
    use(page, "Picture")
    expect(page.get_by_role("dialog").locator(".picker-one")).to_have_count(2)
    assert problems(page) == []


def test_a_form_without_scripts_fits_a_telephone(open_page):
    page = enter(open_page(java_script_enabled=False, viewport=NARROW))
    page.goto(reverse("admin:bulletins_bulletin_add"))

    expect(page.locator("#figures-0")).to_be_visible()
    assert sticking_out(page) == []
