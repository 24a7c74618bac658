"""Any HTML → canonical block HTML."""

from __future__ import annotations

from collections.abc import Callable

import nh3

from core.addresses import SCHEMES, safe_href, safe_src
from core.inline import Mark, Run, paragraphs, split_lines, written
from core.markup import (
    ALLOWED,
    BREAK,
    LEAVES,
    MARKS,
    PICTURE,
    READABLE,
    RULE,
    SPACES,
    clean_characters,
    language_tag,
    opening_tag,
    tokens,
)

MAX_NESTING = 16  # lists, their items and quotations inside one another

_SAME = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "pre": "p"}
# fmt: off
_BOUNDARIES = {
    "address", "article", "aside", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
    "legend", "main", "menu", "nav", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr",
}
# These go with everything inside them; other elements that we do not know leave their words.
_VANISH = {
    "applet", "audio", "button", "canvas", "datalist", "embed", "frameset", "iframe", "math",
    "meter", "noembed", "noframes", "noscript", "object", "optgroup", "option", "progress",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
}
# fmt: on


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value that an attribute is let through with: no picture but one of our own."""
    return safe_src(value) if tag == PICTURE and name == "src" else value


# The parser of a browser (html5ever): what it gives back is balanced and escaped.
_PARSER = nh3.Cleaner(
    tags={*ALLOWED, *_SAME, *_BOUNDARIES},
    attributes={
        **{tag: set(names) for tag, names in ALLOWED.items() if names},
        # A phrase in another language is often marked on these: <i lang="fr">.
        **{tag: {"lang", "dir"} for tag in ("b", "strong", "i", "em")},
        "a": {*ALLOWED["a"], "lang", "dir"},
    },
    clean_content_tags=_VANISH,
    attribute_filter=_attribute,
    link_rel=None,
    url_schemes=set(SCHEMES),
)


def canonical(html: str | None, *, resolve_link: Callable[[str], str] | None = None) -> str:
    """Bring any HTML (an editor's, pasted, imported, plain text) into canonical form.

    `resolve_link` is given every link's address and returns the one to store, for example a
    reference to one of our own pages. Returns "" where nothing remains to be read or seen. Never
    raises for what the text contains; canonical text comes back byte for byte.
    """
    source = clean_characters(html or "")
    if not READABLE.search(source):
        return ""
    writer = _Writer(resolve_link)
    for closing, tag, attributes, text in tokens(_PARSER.clean(source)):
        if text:
            writer.text(clean_characters(text))
        elif closing:
            writer.end(tag)
        else:
            writer.start(tag, attributes)
    return writer.finish()


class _Writer:
    """Takes the events of a parsed document in order and can write nothing but canonical HTML.

    No tree is built: a document may nest ten thousand elements, and every walk over a tree would
    have to be guarded against it.
    """

    def __init__(self, resolve_link: Callable[[str], str] | None) -> None:
        self.resolve_link = resolve_link
        self.out: list[str] = []
        self.readable = False
        # Lists, items and quotations: as the document stands, and as written so far. They are
        # written with their first paragraph, so that empty ones never are. Compared by identity.
        self.wanted: list[list[str]] = []
        self.written: list[list[str]] = []
        self.open: list[tuple[str, list]] = []  # elements of the source, each with what it changed
        self.leaves: list[str] = []
        self.marks: list[Mark] = []
        self.runs: list[Run] = []
        self.pre: list[str] = []
        # Rows of tables become paragraphs, "cell | cell". Only the next piece of text can tell
        # whether a block that ended in a cell ended the paragraph too.
        self.rows: list[str] = []
        self.separators = 0
        self.pending = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._settle()
            self.runs.append((BREAK, ()))
        elif tag == RULE:
            self._rule()
        elif tag == PICTURE:
            self._picture(attributes)
        else:
            self._open(tag, _SAME.get(tag, tag), attributes)

    def _open(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        undo: list = []
        self.open.append((tag, undo))
        if tag in _BOUNDARIES:
            self._boundary(tag)
        if tag == "tr":
            self._push(undo, self.rows, tag)
        elif tag in ("td", "th"):
            self._cell()
        elif name in LEAVES:
            self._boundary(name)
            self._push(undo, self.leaves, name)
            if tag == "pre":
                self._push(undo, self.pre, tag)
        elif name in ("ul", "ol", "li", "blockquote"):
            self._flush()
            self._container(undo, name)
        if name == "a":
            self._push_link(undo, attributes)
        elif name in ("strong", "em"):
            self._push(undo, self.marks, (name, f"<{name}>"))
        if name in ("span", "a", "strong", "em"):
            self._push_language(undo, attributes)

    def end(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return  # cannot come from the parser; our own tag pattern is the only other source
        _tag, undo = self.open.pop()
        name = _SAME.get(tag, tag)
        if name in ("ul", "ol", "li", "blockquote"):
            self._flush()
        elif name not in MARKS:
            self._boundary(name)
        for stack in undo:
            stack.pop()

    def text(self, text: str) -> None:
        if SPACES.sub("", text):
            self._settle()
        for number, line in enumerate(text.split("\n") if self.pre else [text]):
            if number:
                self.runs.append((BREAK, ()))
            self.runs.append((SPACES.sub(" ", line), self._active_marks()))

    def finish(self) -> str:
        self._flush()
        self._move([])
        return "".join(self.out) if self.readable else ""

    def _push(self, undo: list, stack: list, value: object) -> None:
        stack.append(value)
        undo.append(stack)

    def _push_link(self, undo: list, attributes: dict[str, str]) -> None:
        address = attributes.get("href", "").strip()
        if address and self.resolve_link:
            address = self.resolve_link(safe_href(address) or address) or ""
        href = safe_href(address)
        if href:
            hreflang = language_tag(attributes.get("hreflang"))
            self._push(
                undo, self.marks, ("a", opening_tag("a", {"href": href, "hreflang": hreflang}))
            )

    def _push_language(self, undo: list, attributes: dict[str, str]) -> None:
        language = language_tag(attributes.get("lang"))
        if language:
            direction = attributes.get("dir", "").strip().lower()
            direction = direction if direction in ("ltr", "rtl", "auto") else ""
            opening = opening_tag("span", {"lang": language, "dir": direction})
            self._push(undo, self.marks, ("span", opening))

    def _active_marks(self) -> tuple[Mark, ...]:
        innermost = dict(self.marks)
        return tuple((name, innermost[name]) for name in MARKS if name in innermost)

    def _container(self, undo: list, name: str) -> None:
        parent = self.wanted[-1][0] if self.wanted else ""
        if name == "li":
            self._item(undo, parent)
        elif name == "blockquote":
            if not self.wanted:
                self._push(undo, self.wanted, [name])
        elif len(self.wanted) < MAX_NESTING:
            item = self._item_before(parent)
            if parent in ("ul", "ol") and item:
                self._push(undo, self.wanted, item)
            if item or parent in ("", "blockquote"):
                self._push(undo, self.wanted, [name])

    def _item(self, undo: list, parent: str) -> None:
        if parent in ("ul", "ol"):
            self._push(undo, self.wanted, ["li"])
        elif parent == "li":  # of a list that was left out: see _item_before
            self.wanted[-1] = ["li"]

    def _item_before(self, parent: str) -> list[str] | None:
        """The item with a paragraph to which a list that begins here belongs.

        An item begins with a paragraph: the editor tears any other apart. A list without such an
        item is left out, and its items stand in the list around it.
        """
        if parent not in ("ul", "ol", "li"):
            return None
        depth = len(self.wanted) - (parent == "li")
        inside = len(self.written) > depth and self.written[depth - 1] is self.wanted[depth - 1]
        item = self.written[depth] if inside else None
        return item if parent != "li" or item is self.wanted[-1] else None

    def _rule(self) -> None:
        self._flush()
        if not self.wanted:
            self._move([])
            self.out.append("<hr>")

    def _picture(self, attributes: dict[str, str]) -> None:
        """A picture stands between blocks: what it stood in ends before it and goes on after it."""
        reference = safe_src(attributes.get("src", ""))
        if not reference:
            return
        self._flush()
        self._leave_inner_lists()
        self._move([])
        self.out.append(opening_tag(PICTURE, {"src": reference}))
        self.readable = True

    def _leave_inner_lists(self) -> None:
        """What follows in a list inside an item goes on in the list around it: an item begins with
        a paragraph, so its inner list alone cannot be taken up again."""
        names = [name for (name,) in self.wanted]
        most = next((place for place, name in enumerate(names) if name in ("ul", "ol")), 0) + 2
        for _tag, undo in reversed(self.open):
            if len(self.wanted) <= most:
                break
            for place in reversed(range(len(undo))):
                if undo[place] is self.wanted and len(self.wanted) > most:
                    del undo[place]
                    self.wanted.pop()

    def _cell(self) -> None:
        self.pending = False
        if self.rows and any(READABLE.search(text) for text, _marks in self.runs):
            self.separators += 1

    def _boundary(self, name: str) -> None:
        if not self.rows or name == "tr" or name in LEAVES[1:]:
            self._flush()
        elif not self.separators:  # else this cell holds nothing yet that could end
            self.pending = True

    def _settle(self) -> None:
        if self.pending:
            self._flush()
        if self.separators:
            self.runs.append((" |" * self.separators + " ", ()))
            self.separators = 0

    def _flush(self) -> None:
        runs, self.runs = self.runs, []
        self.pending, self.separators = False, 0
        wanted = list(self.wanted)
        leaf = "p" if wanted or not self.leaves else self.leaves[-1]
        for lines in paragraphs(split_lines(runs), together=leaf != "p"):
            self.readable = True
            in_item = wanted and wanted[-1][0] in ("ul", "ol")
            self._move([*wanted, ["li"]] if in_item else wanted)
            self.out.append(f"<{leaf}>{written(lines)}</{leaf}>")

    def _move(self, wanted: list[list[str]]) -> None:
        shared = 0
        for old, new in zip(self.written, wanted, strict=False):
            if old is not new:
                break
            shared += 1
        self.out += [f"</{name}>" for (name,) in reversed(self.written[shared:])]
        self.out += [f"<{name}>" for (name,) in wanted[shared:]]
        self.written = wanted
