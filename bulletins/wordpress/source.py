"""An export file as a guarded stream of XML elements.

An export comes from another server and may be damaged or hostile. Nothing here opens a
network connection, reads a second file or expands an entity, and every refusal says what a
person can do about it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

# All texts are held in memory until they are written, so this is a limit on memory too.
# WordPress itself splits exports long before.
MAX_BYTES = 100_000_000

_HEAD = 64 * 1024
_CODE_BAD_CHARACTER = {9}
_CODE_BAD_ENCODING = {31, 32, 81, 6003}
_CODE_CUT_OFF = {5, 63, 73, 74, 77}
_CODE_TOO_LARGE = {110, 114, 117}

# Word's vertical tab and the form feed stand for a line break; XML 1.0 (2.2, Char) allows no
# other control character below U+0020 than tab, line feed and carriage return.
_TO_LINE_BREAK = bytes.maketrans(b"\x0b\x0c", b"\n\n")
_FORBIDDEN = bytes(set(range(0x20)) - set(b"\t\n\r\x0b\x0c"))


class NotAnExport(ValueError):
    """The file is no WordPress export that can be read. The message is meant for people."""


class _Guarded(io.RawIOBase):
    """Counts bytes and takes out control characters.

    WordPress writes control characters into its exports as they stand in its database, and one
    of them would make the whole file unreadable. In UTF-8 and in the Latin encodings these
    bytes never are part of another character.
    """

    def __init__(self, raw: BinaryIO, max_bytes: int) -> None:
        self._raw = raw
        self._left = max_bytes
        self.control_characters = 0

    def read(self, size: int = -1) -> bytes:
        # An empty answer would mean the end of the file, and so a chunk that held nothing but
        # control characters must not be handed on.
        while chunk := self._raw.read(size if size > 0 else _HEAD):
            self._left -= len(chunk)
            if self._left < 0:
                raise NotAnExport(
                    "This file is too large. Export the site in parts, for instance year by "
                    "year, and import them one after the other."
                )
            clean = chunk.translate(_TO_LINE_BREAK, _FORBIDDEN)
            self.control_characters += len(chunk) - len(clean)
            if clean:
                return clean
        return b""


class Source:
    """The elements directly inside `<channel>` of one export, each dropped after its turn."""

    def __init__(self, path_or_bytes: str | Path | bytes, *, max_bytes: int = MAX_BYTES) -> None:
        self._given = path_or_bytes
        self._max_bytes = max_bytes
        self.control_characters = 0

    def __iter__(self) -> Iterator[etree._Element]:
        """Yield each child of `<channel>`, complete.

        Raises NotAnExport where the file is missing, too large, cut off, damaged, in an unknown
        encoding, something else than RSS, or carries a document type (and with it entities).
        """
        try:
            with self._open() as raw:
                _look_at_head(raw)
                guarded = _Guarded(raw, self._max_bytes)
                yield from _children_of_channel(guarded)
                self.control_characters = guarded.control_characters
        except OSError as error:
            raise NotAnExport(f"The file cannot be opened: {error.strerror}.") from error
        except etree.XMLSyntaxError as error:
            raise NotAnExport(_in_plain_words(error)) from error

    def _open(self) -> BinaryIO:
        if isinstance(self._given, bytes):
            return io.BytesIO(self._given)
        # Opened here and not by libxml2, which would unpack gzip and follow URLs.
        return Path(self._given).open("rb")


def _look_at_head(raw: BinaryIO) -> None:
    """Name the usual mistakes before the parser meets them, and refuse a document type.

    The parser is asked about document types again: this look only spares it from reading one.
    """
    head = raw.read(_HEAD)
    raw.seek(0)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise NotAnExport("This file is empty. Export the site again.")
    if start.startswith((b"\x1f\x8b", b"pk\x03\x04")):
        raise NotAnExport("This file is compressed. Unpack it and import the .xml file inside.")
    if b"\x00" in head[:1024]:
        raise NotAnExport("This file is not text in UTF-8. Save it as UTF-8 or export it again.")
    if start.startswith((b"<!doctype html", b"<html")):
        raise NotAnExport(
            "This is a web page, not an export. The site may have asked you to log in: log in "
            "there, export again, and check that the file ends in .xml."
        )
    prologue = re.split(rb"<[a-z]", start, maxsplit=1)[0]
    if b"<!doctype" in prologue:
        raise NotAnExport(_DOCTYPE)


_DOCTYPE = (
    "This file carries a document type (DOCTYPE), which no WordPress export does, and which can "
    "be used for attacks. It was not read. Export the site again and do not edit the file."
)


def _children_of_channel(stream: _Guarded) -> Iterator[etree._Element]:
    # huge_tree stays off: it would lift libxml2's limits (10 MB for one text, 256 levels, entity
    # growth). A 50 MB export of ordinary posts stays within them.
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    root = channel = None
    for event, element in events:
        if event == "start":
            if root is None:
                root = element
                _check_root(root)
            elif channel is None and element.tag == "channel" and element.getparent() is root:
                channel = element
        elif channel is not None and element.getparent() is channel:
            yield element
            element.clear(keep_tail=False)
            # The element itself must stay until the parser has moved on; those before may go.
            while element.getprevious() is not None:
                del channel[0]


def _check_root(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAnExport(_DOCTYPE)
    if root.tag != "rss":
        raise NotAnExport(
            "This is an XML file, but no WordPress export. In WordPress choose Tools, Export, "
            "All content."
        )


def _in_plain_words(error: etree.XMLSyntaxError) -> str:
    code, line = error.code, (error.position or (0, 0))[0]
    where = f" (line {line})" if line else ""
    if code in _CODE_TOO_LARGE or "too big" in str(error):
        return f"One text in this file is far too large or too deeply nested{where}."
    if code in _CODE_CUT_OFF:
        return f"This file ends too early{where}. Download the export again, whole."
    if code in _CODE_BAD_ENCODING:
        return (
            f"This file is not in the encoding that its first line names{where}. Export the "
            "site again, or save the file as UTF-8."
        )
    if code in _CODE_BAD_CHARACTER:
        return f"This file holds a character that no XML file may hold{where}. Take it out."
    if code == 4:
        return "This is not an XML file. In WordPress choose Tools, Export, All content."
    return f"This file is damaged{where}. Export the site again and do not edit the file."
