"""The sample's drawings: prints in three colours, the same each time."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pictures.sample.drawings import DRAWINGS
from pictures.sample.drawings.press import INK, PAPER, PRINT, SPOT


def colour(name: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(name[1:]))


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_a_print_in_ink_and_the_spot_colour_on_paper(name):
    image = Image.open(io.BytesIO(DRAWINGS[name]()))

    assert (image.format, image.size) == ("PNG", PRINT)
    pixels = image.convert("RGB").getcolors(1 << 24)
    share = {what: count / (image.width * image.height) for count, what in pixels}
    assert share[colour(INK)] > 0.15
    assert share[colour(PAPER)] > 0.01
    assert share[colour(SPOT)] > 0.01
    # The rest is where one meets another.
    assert sum(share[colour(each)] for each in (INK, PAPER, SPOT)) > 0.5


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_the_same_each_time(name):
    assert DRAWINGS[name]() == DRAWINGS[name]()
