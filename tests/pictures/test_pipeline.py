"""The acts with the real child process, from an upload to what a reader gets."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import storages
from PIL import Image

from core import images
from pictures import acts
from pictures.models import Consent, Picture
from tests import factories
from tests.pictures.addresses import answers, every
from tests.pictures.factories import figure, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_pipeline")]

REGION = {"shape": "rectangle", "x": 0.25, "y": 0.25, "width": 0.5, "height": 0.5}


def photo() -> bytes:
    """A picture of noise, 1000 pixels wide, that says where it was taken."""
    image = Image.effect_noise((1000, 500), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "Quai 7, by Robin"
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, exif=exif, comment=b"secret place")
    return file.getvalue() + b"secret appended"


def test_an_upload_becomes_a_picture_that_readers_get(stores, commit, client, listed):
    with commit():
        made = acts.add(upload("IMG_1.jpg", photo()))
        acts.set_consent(made.pk, Consent.NOBODY)
        figure(factories.live(), made)

    assert [r["width"] for r in made.renditions] == [480, 960]
    assert answers(client, every(made)) == {200}
    for name in listed("private"):
        with storages["private"].open(name) as file:
            data = file.read()
        assert b"secret" not in data
        assert b"Robin" not in data
    for format in made.formats:
        shown = Image.open(io.BytesIO(client.get(made.address(480, format)).content))
        assert shown.size == (480, 240)


def test_a_mask_covers_what_readers_get(commit, client):
    with commit():
        made = acts.add(upload("IMG_1.jpg", photo()))
        figure(factories.draft(), made)
        made = acts.apply_mask(made.pk, [REGION], all_covered=True)
        document = factories.live()
        figure(document, made)

    for format in made.formats:
        shown = Image.open(io.BytesIO(client.get(made.address(480, format)).content))
        covered = shown.convert("RGB").crop((120, 60, 360, 180))
        assert all(high - low <= 6 for low, high in covered.getextrema())


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', photo()[:999]],
)
def test_a_file_that_is_no_picture_leaves_nothing(stores, listed, content):
    with pytest.raises(images.Refused) as refusal:
        acts.add(upload("picture.jpg", content))

    assert refusal.value.message
    assert (Picture.objects.count(), listed("private"), listed("default")) == (0, [], [])
