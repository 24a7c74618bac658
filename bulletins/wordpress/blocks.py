"""From a stream of HTML tags to well-formed blocks, paragraphs made where there were none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from bulletins.wordpress.shortcodes import BREAK

_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
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

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLOCK_COMMENT = re.compile(
    r"\s*(?P<end>/?)wp:(?:core/)?(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)"
    r"(?:\s.*?)?(?P<alone>/?)\s*",
    re.DOTALL,
)
_PAGE_BREAK = re.compile(r"\s*(?:more\b.*|nextpage|noteaser)\s*", re.DOTALL)

# An open inline element as it will be written: opening and closing tag. Compared by identity.
_Mark = list[str]


class Blocks:
    """A parser target (lxml): receives tags and text, `close()` gives the HTML."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._out: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._containers: list[str] = []
        self._marks: list[_Mark] = []
        self._lines: list[list[tuple[str, tuple[_Mark, ...]]]] = [[]]
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
            self._void(tag)
            return
        is_container = self._begin_block(tag)
        mark = _mark(tag, attributes)
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
        while self._containers:
            self._end_container()
        return "".join(self._out)

    # Blocks

    def _void(self, tag: str) -> None:
        if tag == "br":
            self._lines.append([])
            self._after_br = True
        elif tag == "hr":
            self._flush()
            self._out.append("<hr>")

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
            if name in _NOTED_BLOCKS:
                self._note(_NOTED_BLOCKS[name])

    def _keep_address(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("src") or attributes.get("data") or ""
        if address.startswith("//"):
            address = f"https:{address}"
        if _ADDRESS.fullmatch(address):
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
        paragraphs: list[list[str]] = [[]]
        for pieces in map(_trimmed, gathered):
            if any(text.strip() for text, _ in pieces):
                paragraphs[-1].append(_written(pieces))
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


def _mark(tag: str, attributes: Mapping[str, str]) -> _Mark | None:
    """How an inline element is written; a block's own language moves to a span inside it."""
    language = "".join(
        f' {name}="{escape(attributes[name])}"' for name in ("lang", "dir") if attributes.get(name)
    )
    if tag == "a" and attributes.get("href"):
        href = escape(attributes["href"].strip())
        hreflang = attributes.get("hreflang")
        other = f' hreflang="{escape(hreflang)}"' if hreflang else ""
        return [f'<a href="{href}"{other}>', "</a>"]
    if tag in _MARKS:
        return [f"<{_MARKS[tag]}>", f"</{_MARKS[tag]}>"]
    return [f"<span{language}>", "</span>"] if language else None


def _trimmed(pieces: list[tuple[str, tuple]]) -> list[tuple[str, tuple]]:
    """A line without spaces at its ends; no-break spaces are text."""
    while pieces and not pieces[0][0].lstrip(" \t"):
        pieces = pieces[1:]
    while pieces and not pieces[-1][0].rstrip(" \t"):
        pieces = pieces[:-1]
    if not pieces:
        return []
    pieces = [(pieces[0][0].lstrip(" \t"), pieces[0][1]), *pieces[1:]]
    return [*pieces[:-1], (pieces[-1][0].rstrip(" \t"), pieces[-1][1])]


def _written(pieces: list[tuple[str, tuple[_Mark, ...]]]) -> str:
    """A line as HTML, with each inline element closed at its end."""
    text = "".join(text for text, _ in pieces)
    linked = any(mark[1] == "</a>" for _, marks in pieces for mark in marks)
    if not linked and _ADDRESS.fullmatch(text):
        return f'<a href="{escape(text)}">{escape(text)}</a>'
    out: list[str] = []
    current: tuple[_Mark, ...] = ()
    for text, marks in [*pieces, ("", ())]:
        shared = 0
        while shared < min(len(current), len(marks)) and current[shared] is marks[shared]:
            shared += 1
        out.extend(mark[1] for mark in reversed(current[shared:]))
        out.extend(mark[0] for mark in marks[shared:])
        out.append(escape(text, quote=False))
        current = marks
    return "".join(out)
