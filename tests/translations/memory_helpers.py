"""Texts that were translated before, and what is found of them."""

from __future__ import annotations

from tests import factories
from translations.memory import Pair, learn, suggestions

KITCHEN = "The kitchen opens at noon."
CUISINE = "La cuisine ouvre à midi."


def one(source: str, target: str) -> Pair:
    return Pair((source,), (target,))


def learned(*pairs: tuple[str, str], **fields):
    """A live document in English whose French side was learned."""
    document = factories.live_pair(**fields)
    learn(document, "fr", [one(*pair) for pair in pairs or [(KITCHEN, CUISINE)]])
    return document


def found(text: str, source="en", target="fr", **options) -> list[tuple[int, str]]:
    return [
        (each.likeness, each.target_html) for each in suggestions(text, source, target, **options)
    ]
