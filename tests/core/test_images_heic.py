from __future__ import annotations

import importlib.util
import io

import pytest
from PIL import Image

from core import images
from tests.core.image_files import noise, phone_exif, saved, scene

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)
HAS_HEIC = importlib.util.find_spec("pillow_heif") is not None
needs_heic = pytest.mark.skipif(
    not HAS_HEIC, reason="pip install --require-hashes -r requirements-heic.txt"
)


@pytest.mark.skipif(HAS_HEIC, reason="HEIC can be read here")
def test_without_the_extra_an_editor_is_told_what_to_do():
    with pytest.raises(images.Refused) as refused:
        images.process(io.BytesIO(HEIC))

    assert refused.value.code == "heic"
    assert "Most Compatible" in refused.value.message
    assert "requirements-heic.txt" in refused.value.message


@pytest.fixture
def heic():
    import pillow_heif

    pillow_heif.register_heif_opener()
    return lambda image, **options: saved(image, "HEIF", **options)


@needs_heic
def test_a_photo_of_a_phone_is_read_and_cleaned(heic):
    done = images.process(io.BytesIO(heic(scene(1000, 700), exif=phone_exif(), quality=90)))

    assert (done.width, done.height, done.master_format) == (1000, 700, "jpeg")
    assert done.removed == ["location", "camera", "time"]
    master = Image.open(io.BytesIO(done.master)).resize((1, 1), Image.Resampling.BOX)
    assert master.getpixel((0, 0)) == pytest.approx(
        scene(1000, 700).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)), abs=3
    )


@needs_heic
@pytest.mark.parametrize("cut", [40, 500, -200])
def test_a_damaged_photo_is_refused(heic, cut):
    with pytest.raises(images.Refused) as refused:
        images.process(io.BytesIO(heic(noise(200, 150))[:cut]))

    assert refused.value.code == "broken"


@needs_heic
def test_the_largest_photo_stays_within_its_memory(heic, tmp_path):
    from tests.core import image_peaks

    side = int(images.Limits().pixels["HEIF"] ** 0.5)
    path = tmp_path / "large.heic"
    path.write_bytes(heic(Image.new("RGB", (side, side), (200, 30, 60)), quality=50))

    told = image_peaks.of(path)

    assert told["code"] == "taken"
    assert told["child"] < 400
