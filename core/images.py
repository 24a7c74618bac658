"""Pictures made harmless: from any file to new ones that hold nothing but the pixels meant.

Knows no storage and no model. The file is decoded in a process of its own (`core.imaging`), and
what comes back was encoded anew: none of the file's own bytes is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import BinaryIO

from core.imaging import formats, runner
from core.imaging.refusals import Refused
from core.imaging.terms import REMOVED, Limits, Processed, Region, Rendition, Unfit

__all__ = ["REMOVED", "Limits", "Processed", "Refused", "Region", "Rendition", "mask", "process"]

REGIONS_MOST = 200
_CHUNK = 1 << 20


def process(source: BinaryIO | int, *, limits: Limits | None = None) -> Processed:
    """A file as it came from a camera or a browser, made into what is kept and what is shown.

    `source` is an open file or its number; it is read from its beginning, and left open at any
    place. What has no number is copied into memory first.

    Raises Refused, with a sentence that says what to do instead.
    """
    return _made(source, [], limits or Limits())


def mask(master: bytes, regions: Iterable[Region], *, limits: Limits | None = None) -> Processed:
    """A master that `process` or `mask` gave, with the regions covered, in it and everywhere.

    The regions are *all* that must be covered, those of earlier masks as well: they are solid in
    the master already, but only what is named here is kept so by the codecs of the renditions.

    Raises ValueError for no region or too many, Refused where the picture cannot be masked.
    """
    regions = list(regions)
    if not 0 < len(regions) <= REGIONS_MOST:
        raise ValueError(f"{len(regions)} regions")
    with runner.unnamed_file() as file:
        file.write(master)
        file.flush()
        return _made(file, regions, limits or Limits())


def _made(source: BinaryIO | int, regions: list[Region], limits: Limits) -> Processed:
    try:
        # An upload that was too large holds nothing but the reason.
        if unfit := getattr(source, "unfit", None):
            raise unfit
        number = _number(source)
        if number is None:
            with runner.unnamed_file() as copy:
                _copy(source, copy, limits)
                return _of_file(copy.fileno(), regions, limits)
        return _of_file(number, regions, limits)
    except Unfit as unfit:
        raise Refused.because(unfit) from unfit


def _of_file(file: int, regions: list[Region], limits: Limits) -> Processed:
    _check_size(os.fstat(file).st_size, limits)
    name = formats.sniff(os.pread(file, formats.HEAD, 0))
    return runner.run(file, name, regions, limits)


def _number(source: BinaryIO | int) -> int | None:
    """The number of an open file, whose bytes the child can read itself."""
    if isinstance(source, int):
        return source
    try:
        number = source.fileno()
    except (AttributeError, OSError):
        return None
    # What was written into it may still be on the way.
    if source.writable():
        source.flush()
    return number


def _copy(source: BinaryIO, copy: BinaryIO, limits: Limits) -> None:
    source.seek(0)
    while chunk := source.read(_CHUNK):
        copy.write(chunk)
        _check_size(copy.tell(), limits)
    copy.flush()


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_size:
        raise Unfit("file_size", megabytes=limits.file_size // 1_000_000)
