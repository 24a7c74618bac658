"""Topics as readers choose among them: by name, and by slug in an address."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import get_language

from pages.models import Topic
from translations.reading import SideText
from translations.registry import columns


def in_order(topics: Iterable[Topic]) -> list[SideText]:
    """The topics as this reader gets them, by the alphabet."""
    texts = [topic.side(get_language()) for topic in topics]
    return sorted(texts, key=lambda text: text.name.casefold())


def with_slug(topics: Iterable[Topic], slug: str) -> Topic:
    """The one that has `slug` in any language: a switcher keeps that of the other.

    Raises Http404.
    """
    for topic in topics:
        if slug in slugs(topic):
            return topic
    raise Http404


def slugs(topic: Topic) -> set[str]:
    """What stands for it in addresses, in each language."""
    return {getattr(topic, column) for column in columns(["slug"])} - {None}
