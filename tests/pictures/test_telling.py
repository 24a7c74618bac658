"""What is told of a picture, in words."""

from __future__ import annotations

import pytest

from core.images import REMOVED
from pictures import acts, telling
from pictures.models import Picture
from tests.pictures import factories

pytestmark = pytest.mark.django_db


def test_every_thing_that_is_removed_has_a_word():
    assert {*telling.REMOVED, "animation"} == set(REMOVED)


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (["time", "location", "camera"], "Location, camera and time were removed."),
        (["profile"], "Colour profile was removed."),
        (["camera", "animation"], "Camera was removed."),
        ([], "There was nothing hidden in the file."),
        (["animation"], "There was nothing hidden in the file."),
    ],
)
def test_what_was_removed_is_a_sentence(codes, sentence):
    assert telling.removed(codes) == sentence


def test_an_animation_is_said_to_stand_still(monkeypatch):
    from core import images

    made = factories.processed(removed=["camera", "animation"])
    monkeypatch.setattr(images, "process", lambda source: made)

    assert telling.taken_in(factories.picture()) == [
        "Camera was removed.",
        "It was animated: only its first image is kept, and stands still.",
    ]


def test_what_scripts_are_told():
    picture = factories.picture("unknown", name="March")

    assert telling.about(picture) == {
        "pk": picture.pk,
        "name": "March",
        "label": f"{picture.pk} · March",
        "thumbnail": f"/pictures/{picture.key}-480.webp",
        "width": 1000,
        "height": 500,
        "whyNot": picture.why_not(),
        "page": f"/admin/pictures/picture/{picture.pk}/change/",
    }


def test_a_withdrawn_picture_has_no_thumbnail():
    picture = factories.picture()
    acts.withdraw(picture.pk)

    assert telling.thumbnail(Picture.objects.get()) == ""
