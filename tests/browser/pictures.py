"""What the browser's tests of pictures share: files with people in them, and where those are."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from accounts.models import User

from .conftest import log_in

PASSWORD = "a long enough password"
WIDTH, HEIGHT = 1200, 800
# Where the two faces are, in per cent: left, top, width, height.
FACES = ((20, 30, 10, 20), (60, 30, 10, 20))


def photo(folder: Path, name: str = "market square.jpg", **kept) -> Path:
    """A photo of two people, which says where it was taken."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (190, 205, 220))
    draw = ImageDraw.Draw(image)
    for number in range(0, WIDTH, 40):
        draw.rectangle([number, 500, number + 19, HEIGHT], fill=(90, 140, 110))
    for left, top, width, height in FACES:
        box = [left * WIDTH / 100, top * HEIGHT / 100]
        box += [(left + width) * WIDTH / 100, (top + height) * HEIGHT / 100]
        draw.ellipse(box, fill=(224, 172, 140))
        draw.rectangle([box[0], box[3], box[2], HEIGHT], fill=(160, 30, 60))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Camera", "2026:03:08 12:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / name
    kept = {"exif": exif} if path.suffix == ".jpg" else {}
    image.save(path, quality=90, **kept) if kept else image.save(path)
    return path


def enter(page, name: str = "morag", language: str = "en"):
    """Log in as somebody who may do everything, and land in the admin."""
    User.objects.create_superuser(name, password=PASSWORD, language=language)
    log_in(page, name, PASSWORD)
    return page


def drag(page, start: tuple, end: tuple):
    """Draw with the mouse over the picture, from one place to another, both in per cent."""
    box = page.locator(".mask-drawing").bounding_box()

    def place(at):
        return box["x"] + box["width"] * at[0] / 100, box["y"] + box["height"] * at[1] / 100

    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*place(start))
    page.mouse.down()
    page.mouse.move(*place(middle))
    page.mouse.move(*place(end))
    page.mouse.up()


def numbers(page, row: int) -> dict[str, float]:
    """What the numbers of one region say: x, y, width, height."""
    found = page.locator(".mask-row").nth(row)
    names = ("x", "y", "width", "height")
    return {name: float(found.locator(f"[name={name}]").input_value()) for name in names}


def colours(data: bytes, region: tuple, shape: str = "rectangle") -> set[tuple]:
    """The colours that stand in a region (left, top, width, height in per cent) of a picture."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    left, top, width, height = region
    found = set()
    for y in range(image.height):
        for x in range(image.width):
            across = ((x + 0.5) * 100 / image.width - left) / width
            down = ((y + 0.5) * 100 / image.height - top) / height
            inside = 0 <= across <= 1 and 0 <= down <= 1
            if shape == "ellipse":
                inside = (across - 0.5) ** 2 + (down - 0.5) ** 2 <= 0.25
            if inside:
                found.add(image.getpixel((x, y)))
    return found


def spread(found: set[tuple]) -> int:
    """How far the colours of a place are from one another, in the channel that differs most."""
    return max(max(channel) - min(channel) for channel in zip(*found, strict=True))


def choose(page, name: str):
    """Take a picture of the library in the open dialog."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.locator("section", has_text="From the library").get_by_role(
        "button", name=name
    ).first.click()
    expect(dialog).to_have_count(0)
