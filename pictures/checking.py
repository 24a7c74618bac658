"""Both storages compared with the database, and brought in step with it.

What a crash may leave behind, and what a moment makes due: a public copy that is missing (of a
bulletin that was scheduled, say), one that nobody may see any more, a private file that belongs to
no picture. A private file that is missing is told; only a backup brings it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from pictures import files, publicity
from pictures.models import EXTENSIONS, Picture

# Only what is named as our files are: others may keep theirs in the same place.
OURS = re.compile(rf"[a-z0-9]{{16,40}}(-[0-9]+)?\.({'|'.join(EXTENSIONS.values())})")
# A file without a row may be one whose row is being written at this very moment.
YOUNG = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; `is_mendable` where a repair sets it right."""

    words: str
    is_mendable: bool = True


def check(*, repair: bool = False) -> Iterator[Finding]:
    """Everything that is not as it should be; with `repair`, mended as it is told."""
    yield from _leftovers(repair)
    yield from _missing_copies(repair)
    yield from _orphans(repair)
    yield from _lost()


def _leftovers(repair: bool) -> Iterator[Finding]:
    """Public files that nobody may see."""
    allowed = {name for p in publicity.public_pictures() for name in p.files}
    for name in sorted(_names(files.public()) - allowed):
        if repair and not _take_back(name):
            continue
        yield Finding(f"{name} is in public storage, and may not be seen")


def _take_back(name: str) -> bool:
    """Delete a public file unless it may be seen by now."""
    with transaction.atomic():
        [picture] = publicity.locked(_picture_of(name)) or [None]
        if picture and name in picture.files and publicity.is_public(picture):
            return False
        files.take_back([name])
    return True


def _picture_of(name: str) -> list[int]:
    key = re.split(r"[-.]", name)[0]
    return list(Picture.objects.filter(key=key).values_list("pk", flat=True))


def _missing_copies(repair: bool) -> Iterator[Finding]:
    """Pictures that may be seen, and are not in public storage as a whole."""
    for picture in publicity.public_pictures():
        sizes = picture.files.items()
        if all(files.is_whole(files.public(), name, size) for name, size in sizes):
            continue
        if not all(files.is_whole(files.private(), name, size) for name, size in sizes):
            continue  # told below: there is nothing to copy
        if repair and publicity.publish(picture.pk) is None:
            continue
        yield Finding(f"picture {picture.pk} may be seen, and is not in public storage")


def _orphans(repair: bool) -> Iterator[Finding]:
    """Private files that belong to no picture, but for those that are just being written."""
    # The files first: one that is added meanwhile is not on the list.
    found = _names(files.private())
    known = {name for p in Picture.objects.there() for name in (p.master, *p.files)}
    for name in sorted(found - known):
        if _is_old(files.private(), name):
            if repair:
                files.private().delete(name)
            yield Finding(f"{name} is in private storage, and belongs to no picture")


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return storage.get_modified_time(name) < timezone.now() - YOUNG
    except FileNotFoundError:
        return False


def _lost() -> Iterator[Finding]:
    for picture in Picture.objects.there().order_by("pk"):
        sizes = picture.files.items()
        gone = [name for name, n in sizes if not files.is_whole(files.private(), name, n)]
        if not files.private().exists(picture.master):
            gone.insert(0, picture.master)
        if gone:
            words = f"picture {picture.pk} has lost {', '.join(gone)}: only a backup has it"
            yield Finding(words, is_mendable=False)


def _names(storage: Storage) -> set[str]:
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept in it
        return set()
    return {name for name in names if OURS.fullmatch(name)}
