"""Addresses in canonical HTML, replaced by others."""

from __future__ import annotations

from core import html

Moves = dict[str, str]  # old address → new one


def moved(text: str, moves: Moves) -> str:
    """Canonical HTML, or a piece of it inside one block, with its links leading elsewhere."""
    if not moves or not holds(text, moves):
        return text
    return html.rewrite_links(text, lambda href: moves.get(href, href))


def holds(text: str, moves: Moves) -> bool:
    """Whether a text links to any of the old addresses."""
    return bool(moves) and not moves.keys().isdisjoint(html.links(text))
