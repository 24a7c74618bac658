"""By what the hits of a search are narrowed down: kind, topic and year."""

from __future__ import annotations

import re

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import languages
from pages.asking import Asked
from pages.models import Topic
from search import registry as searched
from search.finding import Found
from translations import registry

YEAR = re.compile(r"[12][0-9]{3}")


def narrowed(asked: Asked, topics: list[Topic]) -> dict:
    """The chosen filters as the index takes them. Raises Http404 for what there cannot be."""
    kind, topic, year = (asked.chosen.get(name, "") for name in ("kind", "topic", "year"))
    if (kind and not kind_name(kind)) or (year and not YEAR.fullmatch(year)):
        raise Http404
    return {
        "kind": kind,
        "topic": _topic(topics, topic).pk if topic else None,
        "year": int(year) if year else None,
    }


def filters(asked: Asked, found: Found, topics: list[Topic]) -> list[dict]:
    """What a page offers for narrowing its hits down: each filter with its name and options."""
    kinds = [(value, kind_name(value), count) for value, count in found.kinds]
    years = [(str(year), str(year), count) for year, count in found.years]
    offered = [
        _filter(asked, "kind", _("Kind"), kinds, every=pgettext("kinds of texts", "All")),
        {"label": _("Topic"), "options": [_topic_option(asked, text) for text in in_order(topics)]},
        _filter(asked, "year", _("Year"), years, every=pgettext("years", "All")),
    ]
    return [one for one in offered if one["options"]]


def in_order(topics: list[Topic]) -> list:
    """The topics as this reader gets them, by the alphabet."""
    texts = [topic.side(get_language()) for topic in topics]
    return sorted(texts, key=lambda text: text.name.casefold())


def kind_name(kind: str) -> str:
    """The word for a kind of text such as “app.model:kind”; "" where there is no such kind."""
    label, _colon, value = kind.partition(":")
    model = next((m for m in searched.registered() if m._meta.label_lower == label), None)
    name = model and registry.options(model).kind
    if model is None or bool(name) != bool(value):
        return ""
    if not name:
        return str(capfirst(model._meta.verbose_name))
    return str(dict(model._meta.get_field(name).flatchoices).get(value, ""))


def _topic(topics: list[Topic], slug: str) -> Topic:
    for topic in topics:
        if slug in (getattr(topic, f"slug_{code}") for code in languages.codes()):
            return topic
    raise Http404


def _filter(asked: Asked, name: str, label: str, choices: list, *, every: str) -> dict:
    """A filter with a way back to all; without options where there is nothing to choose from."""
    if len(choices) < 2 and name not in asked.chosen:
        return {"label": label, "options": []}
    options = [_option(asked, name, *choice) for choice in [("", every, None), *choices]]
    return {"label": label, "options": options}


def _topic_option(asked: Asked, text) -> dict:
    slugs = (getattr(text.document, f"slug_{code}") for code in languages.codes())
    # The slug of another language is kept by whoever came by the switcher.
    slug = asked.chosen["topic"] if asked.chosen.get("topic") in slugs else text.slug
    return _option(asked, "topic", slug, text.name) | {
        "lang": text.lang if text.is_fallback else None
    }


def _option(asked: Asked, name: str, value: str, label: str, count: int | None = None) -> dict:
    current = asked.chosen.get(name, "") == value
    # What is chosen already leads back to all.
    url = asked.but(name, "" if current else value).url()
    return {"value": value, "label": label, "count": count, "url": url, "current": current}
