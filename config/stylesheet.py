"""One stylesheet for readers, several for those who write it.

`css/site.css` is the parts of `static/css`, one after the other: one request on the reader's side,
and still a file for each layer on ours.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import Error
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
# The order of the layers: what comes later wins.
PARTS = ("tokens", "base", "layout", "components", "utilities", "print")


class StylesheetFinder(BaseFinder):
    """Serves the joined stylesheet to `{% static %}`'s development view and to collectstatic."""

    def check(self, **kwargs) -> list[Error]:
        """One error for each part that is not there."""
        return [
            Error(f"A part of the stylesheet is missing: {path}.", id="config.E001")
            for path in parts()
            if not path.is_file()
        ]

    def find(self, path, find_all=False, **kwargs):
        """The joined stylesheet's path when it is asked for, else []; a list with `find_all`.

        The signature, with `all` until Django 6.1 drops it, is BaseFinder's.
        """
        if kwargs:
            find_all = self._check_deprecated_find_param(find_all=find_all, **kwargs)
        if path != NAME:
            return []
        found = str(join())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """The joined stylesheet, as (path in storage, storage)."""
        path = join()
        storage = FileSystemStorage(location=path.parent)
        # collectstatic writes to prefix/path.
        storage.prefix = os.path.dirname(NAME)
        yield path.name, storage


def parts() -> list[Path]:
    """The files of the stylesheet's parts, in order."""
    return [Path(settings.STATICFILES_DIRS[0]) / "css" / f"{name}.css" for name in PARTS]


def join() -> Path:
    """Write the joined stylesheet if a part has changed, and give its path.

    Raises FileNotFoundError for a part that is not there.
    """
    joined = "\n".join(path.read_text("utf-8").rstrip("\n") + "\n" for path in parts())
    target = Path(settings.DATA_DIR) / "cache" / "site.css"
    # An unchanged file keeps its time, by which collectstatic decides what to copy.
    if not target.exists() or target.read_text("utf-8") != joined:
        write(target, joined)
    return target


def write(target: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it meanwhile gets the old one or the new one."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".site-", suffix=".css")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
