"""The process in which a picture is decoded: it can open no file, reach no network, and ends soon.

Decoders are the part of a program that strangers' bytes break. Here they run with one file, given
as standard input, and with nothing worth taking. Run by `core.imaging.runner`, with the job as JSON
in the only argument; answers on standard output.
"""

from __future__ import annotations

import codecs
import concurrent.futures.thread  # noqa: F401  (see `_shut_in`: nothing can be imported later)
import json
import os
import resource
import signal
import sys
import warnings
from contextlib import suppress
from pathlib import Path

# Started by its path and in isolated mode, this file must say itself where it belongs.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import (  # noqa: F401
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from core.imaging import masks, masters, pixels, renditions
from core.imaging.terms import HEIC, Limits, Region, Unfit

STDIN, STDOUT = 0, 1


def main(job: dict) -> None:
    limits = Limits(**job["limits"])
    if job["format"] == HEIC:
        _learn_heic()
    _shut_in(limits)
    try:
        data = _everything(limits)
        facts, files = _mask(job, data, limits) if job["regions"] else _process(job, data, limits)
    except Unfit as unfit:
        _answer({"unfit": unfit.code, "facts": unfit.facts}, [])
    except MemoryError:
        _answer({"unfit": "memory", "facts": {}}, [])
    else:
        _answer(facts, files)


def _learn_heic() -> None:
    # Without it, Pillow knows no such format, and `_process` says so.
    with suppress(ImportError):
        import pillow_heif

        options = pillow_heif.options
        options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
        options.DECODE_THREADS = renditions.THREADS
        pillow_heif.register_heif_opener()


def _shut_in(limits: Limits) -> None:
    """From here on: so much memory and time, and no new file, socket or program."""
    for name in ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        codecs.lookup(name)
    Image.preinit()
    AvifImagePlugin.DEFAULT_MAX_THREADS = renditions.THREADS
    warnings.simplefilter("ignore")
    # Where the machine runs out of memory, this process is ended, and not the site.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    # At its first limit of time a process is told why it is ended, at the second it is not.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    for kind, most in (
        (resource.RLIMIT_AS, limits.addresses),
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_FSIZE, limits.answer_size),
        # A core dump would be the camera's file on the disk.
        (resource.RLIMIT_CORE, 0),
        # No number is left for anything that is opened; what is open stays open.
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # Should the server be gone, nobody else would end this.
    signal.alarm(limits.seconds + 5)


def _everything(limits: Limits) -> bytes:
    os.lseek(STDIN, 0, os.SEEK_SET)
    with open(STDIN, "rb", buffering=0, closefd=False) as file:
        data = file.read(limits.file_size + 1)
    if len(data) > limits.file_size:
        raise Unfit("file_size", megabytes=limits.file_size // 1_000_000)
    return data


def _process(job: dict, data: bytes, limits: Limits) -> tuple[dict, list[bytes]]:
    name = job["format"]
    if name not in Image.OPEN:
        raise Unfit("heic")
    clean = pixels.read(data, name, limits)
    del data
    return _made(clean.image, name, clean.removed, ())


def _mask(job: dict, data: bytes, limits: Limits) -> tuple[dict, list[bytes]]:
    regions = [Region(**region) for region in job["regions"]]
    name = job["format"]
    clean = pixels.read(data, name, limits)
    covered = masks.cover(clean.image, regions, grow=2)
    return _made(covered, name, [], regions)


def _made(image: Image.Image, source: str, removed: list, regions: list) -> tuple[dict, list]:
    master, master_format = masters.encode(image, source)
    made = renditions.make(image, regions)
    facts = {
        "width": image.width,
        "height": image.height,
        "has_alpha": image.mode == "RGBA",
        "master_format": master_format,
        "removed": removed,
        "renditions": [[one.width, one.height, one.format] for one in made],
    }
    return facts, [master, *(one.data for one in made)]


def _answer(facts: dict, files: list[bytes]) -> None:
    """The length of the facts in four bytes, the facts as JSON, the files one after the other."""
    head = json.dumps({**facts, "sizes": [len(file) for file in files]}).encode()
    for part in (len(head).to_bytes(4), head, *files):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(STDOUT, rest) :]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    # Without tidying up: memory that is given back piece by piece costs time.
    os._exit(0)
