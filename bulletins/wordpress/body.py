"""The body of a WordPress post as plain blocks of HTML.

Text of the classic editor has no paragraphs: WordPress makes them from blank lines when it
shows a page. Text of the block editor has them, between comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from bulletins.wordpress import shortcodes
from bulletins.wordpress.blocks import Blocks
from bulletins.wordpress.images import InText, Pictures, Shown
from core import html as core_html

# An address in angle brackets would be read as a tag, and so be lost.
_BRACKETED_ADDRESS = re.compile(r"<(?=https?://|mailto:|[\w.+-]+@)", re.IGNORECASE)
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_TWO_LANGUAGES = re.compile(r"\[:[a-z]{2}\]|<!--:[a-z]{2}-->")


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks of HTML, still to be canonicalised, and what could not be carried, in words.

    `shown` are the pictures that came, in their order.
    """

    html: str
    losses: tuple[str, ...]
    shown: tuple[Shown, ...] = ()


def to_html(body: str, pictures: Pictures | None = None) -> Body:
    """Paragraphs, headings, lists and quotations of a post, classic or of the block editor.

    A blank line ends a paragraph, a single line break becomes `<br>`; inside blocks of the
    block editor a line break is a space. Shortcodes are taken out (see `shortcodes`). `losses`
    names them and what `core.html.losses` names (images, tables, videos); the words of tables
    and captions stay. A line that is only an address becomes a link. Any text is accepted.

    `pictures` says what each picture becomes. One that comes stands as a reference where it stood,
    and the words under it are its own; of a gallery none stands in the text.
    """
    losses: dict[str, None] = {}

    def note(loss: str) -> None:
        losses.setdefault(loss)

    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028]", "\n", body).replace("\u2029", "\n\n")
    text = _UNWANTED.sub("", text)
    if _TWO_LANGUAGES.search(text):
        note("marks of two languages in one text")
    in_text = InText(pictures)
    text = _BRACKETED_ADDRESS.sub("&lt;", text)
    text = shortcodes.remove(text, note, in_text.take_gallery)
    # Where each picture that does not come is told by itself, what is left are drawings.
    for loss in core_html.losses(_IMAGE.sub("<x", text) if in_text.are_told else text):
        note(loss)
    blocks = Blocks(note, in_text)
    # Read as a stream: a tree would lose what is nested more than 255 levels deep. huge_tree
    # because a text over 10 MB would come out empty; HTML has no entities that could grow.
    parser = etree.HTMLParser(target=blocks, huge_tree=True)
    html = etree.fromstring(f"<html><body>{text}", parser)
    return Body(html, tuple(losses), tuple(in_text.shown))
