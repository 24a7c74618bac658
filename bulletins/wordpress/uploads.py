"""The folder of the old site's uploads: its pictures by name, and nothing outside of it.

What an export says about a file is never used as a path. It gives a name to look for among the
files that are there, and a month that tells two files of one name apart.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

_NAME = re.compile(r"(?P<stem>.+)\.(?P<ending>[a-z0-9]{2,5})", re.DOTALL)
# WordPress makes photo-300x200.jpg and photo-scaled.jpg of photo.jpg, and turns it into
# photo-rotated.jpg: one picture. (What is cut is photo-e1439300000000.jpg: that is another.)
_MADE_OF_IT = re.compile(r"-(?:scaled|rotated|(?P<width>\d{1,5})x\d{1,5})$")
_CUT = re.compile(r"-e\d{10,14}")
_SCHEMES = ("", "http", "https")
_MONTH = re.compile(r"(?:^|/)((?:19|20)\d\d/(?:0[1-9]|1[0-2]))$")


class NotFound(Exception):
    """Why no file is meant by an address, in plain words."""


@dataclass(frozen=True, slots=True)
class Family:
    """What the files that WordPress made of one upload have in common."""

    stem: str
    ending: str

    @classmethod
    def of(cls, name: str) -> Family | None:
        """To which family a file of this name belongs; None for what is no name of a picture."""
        match = _NAME.fullmatch(_known(name))
        return cls(_bare(match["stem"]), match["ending"]) if match else None

    @property
    def uncut(self) -> Family:
        return Family(_bare(_CUT.sub("", self.stem)), self.ending)


@dataclass(frozen=True, slots=True)
class _File:
    folder: str
    name: str

    @property
    def rank(self) -> tuple[int, int]:
        """The upload itself comes first, then what is largest of what was made of it."""
        made = _MADE_OF_IT.search(_known(self.name).rpartition(".")[0])
        if made is None:
            return 0, 0
        return (2, -int(made["width"])) if made["width"] else (1, 0)


def name_of(address: str) -> str:
    """The file's name in an address or a path, "" where there is none."""
    return _path(address).rpartition("/")[2]


def month_of(address: str) -> str:
    """“2015/08” of …/2015/08/photo.jpg, "" where no month stands before the name."""
    return _month(_path(address).rpartition("/")[0])


class Uploads:
    """The files below a folder. Raises NotADirectoryError where there is no such folder."""

    def __init__(self, folder: str | Path):
        self.root = Path(folder).resolve()
        if not self.root.is_dir():
            raise NotADirectoryError(str(folder))
        self._families: dict[Family, list[_File]] = defaultdict(list)
        # Folders that are links are passed over: they may lead anywhere, and in circles.
        for where, _folders, names in os.walk(self.root):
            folder = Path(where).relative_to(self.root).as_posix()
            for name in names:
                if family := Family.of(name):
                    self._families[family].append(_File(folder, name))

    def find(self, address: str, *, in_its_month: bool = False) -> Path:
        """The file that an address of the old site means, the largest that is left of it.

        `in_its_month` is for what may have stood on any site: its month has to agree. Raises
        NotFound.
        """
        family = Family.of(name_of(address))
        found = self._families.get(family, []) if family else []
        if not found:
            raise NotFound(self._why_missing(family))
        folder = _folder(sorted({file.folder for file in found}), month_of(address), in_its_month)
        file = _best([file for file in found if file.folder == folder], name_of(address))
        return self.root / file.folder / file.name

    def open(self, path: Path) -> BinaryIO:
        """A file that `find` gave. Raises NotFound for what is none, or lies outside."""
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(self.root):
                raise NotFound("It is a link that leads out of the folder.")
            number = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise NotFound(f"It cannot be opened: {error.strerror}.") from error
        if not stat.S_ISREG(os.fstat(number).st_mode):
            os.close(number)
            raise NotFound("It is no file.")
        return os.fdopen(number, "rb")

    def _why_missing(self, family: Family | None) -> str:
        if family and family.uncut != family and family.uncut in self._families:
            # Somebody cut it for a reason: what they cut off must not come back.
            return "Only the picture as it was before it was edited is in the folder."
        return "It is not in the folder."


def _folder(folders: list[str], month: str, in_its_month: bool) -> str:
    """Which of the folders that hold such a file is meant. Raises NotFound."""
    of_month = [folder for folder in folders if month and _month(folder) == month]
    of_none = [folder for folder in folders if not _month(folder)]
    # Cameras give the same names again and again: another month is another picture.
    meant = of_month or ([] if in_its_month else of_none if month else folders)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NotFound(f"Several files have this name, in {_named(meant)}.")
    if in_its_month:
        raise NotFound("It stood on another site.")
    raise NotFound(f"Only a file of another month has this name, in {_named(folders)}.")


def _best(files: list[_File], name: str) -> _File:
    """The file of a family, in one folder. Raises NotFound where nothing tells two apart."""
    files = sorted(files, key=lambda file: file.rank)
    best = [file for file in files if file.rank == files[0].rank]
    stem = name.rpartition(".")[0]
    exact = [file for file in best if stem.startswith(file.name.rpartition(".")[0])]
    if len(best) == 1 or len(exact) == 1:
        return (exact or best)[0]
    raise NotFound("Several files have this name, but for large and small letters.")


def _bare(stem: str) -> str:
    while (made := _MADE_OF_IT.search(stem)) and made.start():
        stem = stem[: made.start()]
    return stem


def _known(name: str) -> str:
    # A folder that came by way of a Mac writes é as two characters.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _month(folder: str) -> str:
    match = _MONTH.search(folder)
    return match[1] if match else ""


def _named(folders: list[str]) -> str:
    more = ["…"] if len(folders) > 3 else []
    # What a disk calls a folder need not be text.
    return ", ".join([*folders[:3], *more]).encode("utf-8", "replace").decode()


def _path(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    # A picture may be written out in a text: data:image/png;base64,…
    return unquote(parts.path).replace("\\", "/") if parts.scheme in _SCHEMES else ""
