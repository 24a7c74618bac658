"""How long a picture takes from the bytes of its file to all that is kept and shown of it.

    .venv/bin/python benchmarks/images.py [a photo of your own]

Prints the median of 5 runs of the whole (a process of its own, master, three widths in three
formats) for photos of 12 megapixels with more and less noise, beside a plain resize of the same
file with Pillow in this process (decode, shrink to 1600 pixels, write a JPEG) and beside the
reference operation of `benchmarks/pages.py`; then what AVIF's speeds cost and give. The time of the
processor is that of all threads together: what a machine with one core would need.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

# Before this folder, in which "pages" is not the app.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageChops, ImageDraw

from core import images

ROUNDS = 5
SIZE = (4000, 3000)
REGIONS = [
    images.Region("ellipse", 0.3, 0.3, 0.06, 0.1),
    images.Region("rectangle", 0.6, 0.5, 0.1, 0.05),
]


def main():
    if len(sys.argv) > 1:
        files = {sys.argv[1]: Path(sys.argv[1]).read_bytes()}
    else:
        files = {f"noise of {sigma}": photo(sigma) for sigma in (0, 15, 40)}
    reference = measure(lambda: hashlib.sha256(bytes(8_000_000)).digest())[0]
    print(f"median of {ROUNDS}; reference {1000 * reference:.2f} ms; load {os.getloadavg()[0]:.1f}")
    for name, data in files.items():
        print(f"{name}: {len(data) / 1e6:.1f} MB")
        tell("everything", lambda data=data: images.process(io.BytesIO(data)), reference)
        tell("a plain resize", lambda data=data: plain(data), reference)
        done = images.process(io.BytesIO(data))
        tell("two masks", lambda done=done: images.mask(done.master, REGIONS), reference)
        sizes = " ".join(f"{r.width}.{r.format}:{len(r.data) // 1000}" for r in done.renditions)
        print(f"    kB: master {len(done.master) // 1000}, {sizes}")
    speeds(data)


def tell(name: str, operation: Callable, reference: float):
    wall, processor = measure(operation)
    print(f"    {name:15} {wall:6.2f} s, {wall / reference:6.0f} × reference", end="")
    print(f"   processor {processor:5.2f} s")


def measure(operation: Callable) -> tuple[float, float]:
    """The median of ROUNDS runs after one to warm up: seconds on the wall, and of processors."""
    walls, processors = [], []
    for number in range(ROUNDS + 1):
        begin, spent = time.perf_counter(), processor_time()
        operation()
        if number:
            walls.append(time.perf_counter() - begin)
            processors.append(processor_time() - spent)
    return median(walls), median(processors)


def processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def plain(data: bytes):
    image = Image.open(io.BytesIO(data))
    image.resize((1600, 1200), Image.Resampling.LANCZOS).save(io.BytesIO(), "JPEG", quality=80)


def speeds(data: bytes):
    image = Image.open(io.BytesIO(data)).resize((1600, 1200), Image.Resampling.LANCZOS)
    for speed in (6, 7, 8, 9):
        file = io.BytesIO()

        def write(file=file, speed=speed):
            file.seek(0)
            file.truncate()
            image.save(file, "AVIF", quality=50, speed=speed)

        wall, processor = measure(write)
        size = len(file.getvalue()) // 1000
        print(f"AVIF at speed {speed}: {wall:.2f} s, processor {processor:.2f} s, {size} kB")


def photo(sigma: int) -> bytes:
    """A picture of shapes and lines with so much noise as a camera writes it."""
    chance = random.Random(1)
    width, height = SIZE
    image = Image.frombytes("RGB", (24, 18), chance.randbytes(24 * 18 * 3))
    image = image.resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(200):
        x, y, r = chance.randrange(width), chance.randrange(height), chance.randrange(20, 400)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randbytes(3)))
        end = (chance.randrange(width), chance.randrange(height))
        draw.line((x, y, *end), fill=tuple(chance.randbytes(3)), width=chance.randrange(1, 12))
    noise = Image.merge("RGB", [Image.effect_noise(SIZE, sigma) for _ in range(3)])
    file = io.BytesIO()
    ImageChops.add(image, noise, 1, -128).save(file, "JPEG", quality=90)
    return file.getvalue()


if __name__ == "__main__":
    main()
