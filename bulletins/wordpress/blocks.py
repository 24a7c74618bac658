"""From a stream of HTML tags to well-formed blocks, paragraphs made where there were none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bulletins.wordpress.images import InText
from bulletins.wordpress.lines import (
    ADDRESS,
    Line,
    Mark,
    is_linked,
    mark_of,
    plain,
    trimmed,
    written,
)
from bulletins.wordpress.shortcodes import BREAK, CAPTION, CAPTION_END
from pictures.models import Place

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_CONTAINERS = {*_LISTS, *_CELLS, "li", "blockquote", "table", "tr"}
# fmt: off
_BLOCKS = {
    "address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "legend", "main",
    "nav", "p", "pre", "section", "summary", "tbody", "tfoot", "thead",
}
# fmt: on
_ADDRESSED = {"iframe", "object", "embed", "video", "audio"}
_DROPPED = _ADDRESSED | {
    *("script", "noscript", "template", "style", "title", "datalist"),
    *("input", "select", "textarea", "button", "svg", "math", "canvas"),
}
_NOTED_BLOCKS = {"gallery": "gallery", "file": "file"}
_SILENT_BLOCKS = {"more", "nextpage", "separator", "spacer"}
# Deeper than any text goes; what follows would have to walk the nesting.
_MAX_DEPTH = 12

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLOCK_COMMENT = re.compile(
    r"\s*(?P<end>/?)wp:(?:core/)?(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)"
    r"(?:\s.*?)?(?P<alone>/?)\s*",
    re.DOTALL,
)
_PAGE_BREAK = re.compile(r"\s*(?:more\b.*|nextpage|noteaser)\s*", re.DOTALL)


class Blocks:
    """A parser target (lxml): receives tags and text, `close()` gives the HTML.

    `note` is told what could not be carried, `pictures` are asked for each picture.
    """

    def __init__(self, note: Callable[[str], None], pictures: InText) -> None:
        self._note = note
        self._pictures = pictures
        self._out: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._containers: list[str] = []
        self._marks: list[Mark] = []
        self._lines: list[Line] = [[]]
        self._leaf = "p"
        self._dropping = 0
        self._pre = 0
        self._inside_blocks = 0
        self._after_br = False

    # What the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dropping:
            self._dropping += 1
            return
        if tag in ("html", "body"):
            return
        if tag in _DROPPED or "wp-block-file__button" in attributes.get("class", ""):
            self._dropping = 1
            if tag in _ADDRESSED:
                self._keep_address(attributes)
            return
        if tag in ("br", "hr", "img"):
            self._void(tag, attributes)
            return
        is_container = self._begin_block(tag)
        mark = mark_of(tag, attributes)
        if mark:
            self._marks.append(mark)
        self._open.append((tag, is_container, bool(mark)))

    def end(self, tag: str) -> None:
        if self._dropping:
            self._dropping -= 1
            return
        if not self._open or self._open[-1][0] != tag:
            return
        _, is_container, has_mark = self._open.pop()
        if tag == "q":
            self.data('"')
        if tag in _BLOCKS or tag in _HEADINGS or tag in _CONTAINERS:
            self._flush()
            self._leaf = "p"
        if tag == "pre":
            self._pre -= 1
        if tag == "figure":
            self._pictures.end_figure()
        elif tag == "figcaption":
            self._pictures.end_caption()
        if has_mark:
            self._marks.pop()
        if is_container:
            self._end_container()

    def data(self, text: str) -> None:
        if self._dropping:
            return
        if self._inside_blocks and not self._pre:
            text = _BLANK_LINE.sub("\0", text).replace("\n", " ").replace("\0", "\n\n")
        first, *rest = text.split("\n")
        self._add(first)
        for line in rest:
            # WordPress writes <br /> at the end of a line: one break, not two.
            if not self._after_br:
                self._lines.append([])
            self._after_br = False
            self._add(line)

    def comment(self, text: str) -> None:
        if f"<!--{text}-->" in (CAPTION, CAPTION_END):
            self._flush()
            if f"<!--{text}-->" == CAPTION:
                self._pictures.begin_figure(is_caption=True)
            else:
                self._pictures.end_figure()
        if self._dropping:
            return
        if f"<!--{text}-->" == BREAK or _PAGE_BREAK.fullmatch(text):
            self._flush()
        elif block := _BLOCK_COMMENT.fullmatch(text):
            self._flush()
            self._block_comment(block["name"], bool(block["end"]), bool(block["alone"]))

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions are no text."""

    def close(self) -> str:
        self._flush()
        if words := self._pictures.unfinished():
            self.data(words)
            self._flush()
        while self._containers:
            self._end_container()
        return "".join(self._out)

    # Blocks

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._lines.append([])
            self._after_br = True
        elif tag == "hr":
            self._flush()
            self._out.append("<hr>")
        elif shown := self._pictures.take(attributes):
            if shown.place == Place.TEXT:
                self._flush()
                self._out.append(shown.html)
            self._pictures.stands(shown)

    def _begin_block(self, tag: str) -> bool:
        """Open what the tag opens; whether a container was written that must be closed."""
        if tag == "q":
            self.data('"')
        if tag == "pre":
            self._flush()
            self._pre += 1
        elif tag in _HEADINGS:
            self._flush()
            self._leaf = tag
        elif tag in _CONTAINERS:
            self._flush()
            return self._begin_container(tag)
        elif tag in _BLOCKS:
            self._flush()
            if tag == "figure":
                self._pictures.begin_figure()
            elif tag == "figcaption":
                self._pictures.begin_caption()
        return False

    def _begin_container(self, tag: str) -> bool:
        inner = self._containers[-1] if self._containers else ""
        # A stray list item is a paragraph.
        if len(self._containers) >= _MAX_DEPTH or (tag == "li" and inner not in _LISTS):
            return False
        self._containers.append(tag)
        self._out.append(f"<{tag}>")
        return True

    def _end_container(self) -> None:
        tag = self._containers.pop()
        if self._out[-1] == f"<{tag}>":
            self._out.pop()
        else:
            self._out.append(f"</{tag}>")

    def _block_comment(self, name: str, is_end: bool, is_alone: bool) -> None:
        if is_alone:
            if name not in _SILENT_BLOCKS:
                self._note("reusable block" if name == "block" else f"block “{name}”")
        elif name != "freeform":
            self._inside_blocks = max(0, self._inside_blocks + (-1 if is_end else 1))
            if name == "gallery" and is_end:
                self._pictures.end_gallery()
            elif name == "gallery":
                self._pictures.begin_gallery()
            if name in _NOTED_BLOCKS and not (name == "gallery" and self._pictures.are_told):
                self._note(_NOTED_BLOCKS[name])

    def _keep_address(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("src") or attributes.get("data") or ""
        if address.startswith("//"):
            address = f"https:{address}"
        if ADDRESS.fullmatch(address):
            self._flush()
            self._add(address)
            self._flush()

    # Lines

    def _add(self, text: str) -> None:
        if text.strip(" \t"):
            self._after_br = False
        if text:
            self._lines[-1].append((text, tuple(self._marks)))

    def _flush(self) -> None:
        """Write the lines that have gathered: blank ones part paragraphs, others are breaks."""
        gathered, self._lines, self._after_br = self._lines, [[]], False
        if self._pictures.is_caption:
            if any(map(is_linked, gathered)):
                self._note("link of a caption")
            self._pictures.say("\n".join(map(plain, gathered)))
            return
        paragraphs: list[list[str]] = [[]]
        for pieces in map(trimmed, gathered):
            if any(text.strip() for text, _ in pieces):
                paragraphs[-1].append(written(pieces))
            elif self._leaf == "p":
                paragraphs.append([])
        for lines in filter(None, paragraphs):
            inner = self._containers[-1] if self._containers else ""
            block = "<br>".join(lines)
            if inner in _CELLS:
                self._out += [block] if self._out[-1] == f"<{inner}>" else ["<br>", block]
                continue
            block = f"<{self._leaf}>{block}</{self._leaf}>"
            self._out.append(f"<li>{block}</li>" if inner in _LISTS else block)
