"""The page on which regions are covered, as it works without scripts."""

from __future__ import annotations

import pytest
from lxml import html

from core import images
from pictures import acts
from pictures.models import Consent, Picture
from tests import factories
from tests.accounts.people import editor
from tests.pictures.addresses import answers, every
from tests.pictures.factories import FACE, figure, picture

pytestmark = pytest.mark.django_db

ROW = {"shape": "ellipse", "x": "40", "y": "20", "width": "10", "height": "20"}


@pytest.fixture
def edith(client):
    client.force_login(editor())
    return client


def at(made: Picture) -> str:
    return f"/admin/pictures/picture/{made.pk}/mask/"


def send(client, made: Picture, do: str, *rows: dict, **fields):
    data = {name: [row[name] for row in rows] for name in ROW}
    fields = {"key": Picture.objects.get(pk=made.pk).key, **fields}
    return client.post(at(made), {**data, "do": do, **fields})


def rows(response) -> list[dict]:
    """The rows of a page, as a browser would send them."""
    found = html.fromstring(response.text).xpath('//ol[@class="mask-rows"]/li')
    return [
        {"shape": row.xpath(".//option[@selected]/@value")[0]}
        | {field.name: field.get("value", "") for field in row.xpath(".//input")}
        for row in found
    ]


def drawn(response) -> list[tuple]:
    svg = html.fromstring(response.text).xpath('//*[@class="mask-drawing"]/*')
    return [(shape.tag, dict(shape.attrib) | {"class": None}) for shape in svg]


def words(response) -> str:
    [main] = html.fromstring(response.text).xpath("//main")
    return " ".join(main.text_content().split())


# The rows ---------------------------------------------------------------------------------------


def test_the_page_begins_with_no_row_and_says_what_covering_means(edith):
    page = edith.get(at(picture()))

    assert rows(page) == []
    assert "is gone for ever, from every file and every size of this picture" in words(page)


def test_a_row_is_added_and_the_others_stay(edith):
    page = send(edith, picture(), "add", ROW | {"x": "12.5"})

    new = {"shape": "ellipse", "x": "40", "y": "40", "width": "20", "height": "20"}
    assert rows(page) == [ROW | {"x": "12.5"}, new]


def test_a_row_is_taken_away(edith):
    three = [ROW | {"x": str(x)} for x in (1, 2, 3)]

    assert rows(send(edith, picture(), "remove:2", *three)) == [three[0], three[2]]


def test_rows_are_drawn_over_the_picture(edith):
    page = send(edith, picture(), "show", ROW, ROW | {"shape": "rectangle"}, ROW | {"x": "much"})

    assert drawn(page) == [
        ("ellipse", {"class": None, "cx": "45%", "cy": "30%", "rx": "5%", "ry": "10%"}),
        ("rect", {"class": None, "x": "40%", "y": "20%", "width": "10%", "height": "20%"}),
    ]
    assert "Enter a number." in words(page)


def test_nothing_is_covered_before_it_is_asked_for(edith):
    made = picture(Consent.UNKNOWN)

    for do in ("show", "add", "remove:1", "", "nonsense", "remove:x"):
        send(edith, made, do, ROW, all_covered="on")

    made.refresh_from_db()
    assert (made.masks, made.faces_masked) == ([], False)


# Covered ----------------------------------------------------------------------------------------


def test_regions_are_covered(edith):
    made = picture(Consent.UNKNOWN)

    response = send(edith, made, "apply", ROW, ROW | {"shape": "rectangle"}, all_covered="on")

    made.refresh_from_db()
    assert response["Location"] == f"/admin/pictures/picture/{made.pk}/change/"
    assert made.masks == [FACE, FACE | {"shape": "rectangle"}]
    assert made.may_be_public
    assert "The regions are covered." in edith.get(response["Location"]).text


def test_old_addresses_are_gone(edith, client, commit):
    made = picture()
    with commit():
        figure(factories.live(), made)
    addresses = [*every(made), *every(made, is_private=True)]

    with commit():
        send(edith, made, "apply", ROW, all_covered="on")

    assert answers(client, addresses) == {410}
    assert answers(client, every(Picture.objects.get())) == {200}


def test_while_somebody_can_be_recognised_it_may_not_be_shown(edith):
    made = picture(Consent.UNKNOWN)

    response = send(edith, made, "apply", ROW)

    made.refresh_from_db()
    assert (len(made.masks), made.may_be_public) == (1, False)
    assert "Nobody has said that the people" in edith.get(response["Location"]).text


def test_what_is_covered_already_may_be_called_enough(edith):
    made = picture(Consent.UNKNOWN)
    acts.apply_mask(made.pk, [FACE], all_covered=False)
    assert "1 region is covered already" in words(edith.get(at(made)))

    send(edith, made, "apply", all_covered="on")

    made.refresh_from_db()
    assert (made.masks, made.faces_masked) == ([FACE], True)


# Refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (None, "Draw at least one region to cover."),
        ({"x": "120"}, "One of the regions has a number that makes no sense."),
        ({"width": "0"}, "One of the regions has a number that makes no sense."),
        ({"height": "nan"}, "One of the regions has a number that makes no sense."),
        ({"y": ""}, "One of the regions has a number that makes no sense."),
    ],
)
def test_what_makes_no_region_is_told(edith, row, error):
    made = picture(Consent.UNKNOWN)
    sent = [ROW, ROW | row] if row else []

    page = send(edith, made, "apply", *sent, all_covered="on")

    made.refresh_from_db()
    assert f"Nothing has been covered yet. {error}" in words(page)
    assert len(rows(page)) == len(sent)
    assert (made.masks, made.faces_masked) == ([], False)


def test_a_shape_that_there_is_not_is_told(edith):
    page = send(edith, picture(), "apply", ROW | {"shape": "star"})

    assert "Select a valid choice." in words(page)
    assert not Picture.objects.get().masks


def test_an_old_page_covers_nothing(edith):
    made = picture()
    old = made.key
    acts.apply_mask(made.pk, [FACE], all_covered=False)

    page = send(edith, made, "apply", ROW, all_covered="on", key=old)

    made.refresh_from_db()
    assert "Somebody else has masked this picture meanwhile." in words(page)
    assert rows(page) == [ROW]
    assert (made.masks, made.faces_masked) == ([FACE], False)


def test_too_many_regions_are_told(edith):
    made = picture()

    page = send(edith, made, "apply", *[ROW] * 201)

    assert "These are more than 200 regions." in words(page)
    assert not Picture.objects.get().masks


def test_a_picture_that_cannot_be_masked_is_told(edith, monkeypatch):
    def mask(master, regions):
        raise images.Refused("mask")

    made = picture()
    monkeypatch.setattr(images, "mask", mask)

    assert "This picture could not be masked." in words(send(edith, made, "apply", ROW))


def test_what_was_withdrawn_leads_to_its_page(edith):
    made = picture()
    acts.withdraw(made.pk)

    assert edith.get(at(made))["Location"] == f"/admin/pictures/picture/{made.pk}/change/"
    assert edith.post(at(made), {"do": "apply"}).status_code == 302
