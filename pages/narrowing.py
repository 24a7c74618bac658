"""By what the hits of a search are narrowed down: kind, topic and year."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from pages.asking import Asked
from pages.models import Topic
from pages.topics import in_order, slugs, with_slug
from search import registry as searched
from search.finding import Found
from translations import registry

YEAR = re.compile(r"[12][0-9]{3}")


def live_topics() -> list[Topic]:
    """The topics of which something is live: what others are called is nobody's business yet."""
    used = Q(pk__in=[])
    for model, options in searched.registered().items():
        if options.topics:
            about = model.objects.published().filter(**{options.topics: OuterRef("pk")})
            used |= Q(Exists(about))
    return list(Topic.objects.filter(used))


def narrowed(asked: Asked, topics: list[Topic]) -> dict:
    """The chosen filters as the index takes them. Raises Http404 for what there cannot be."""
    kind, topic, year = (asked.chosen.get(name, "") for name in ("kind", "topic", "year"))
    if (kind and not kind_name(kind)) or (year and not YEAR.fullmatch(year)):
        raise Http404
    return {
        "kind": kind,
        "topic": with_slug(topics, topic).pk if topic else None,
        "year": int(year) if year else None,
    }


def filters(asked: Asked, found: Found, topics: list[Topic]) -> list[dict]:
    """What a page offers for narrowing its hits down: each filter with its name and options."""
    kinds = [(value, kind_name(value), count) for value, count in found.kinds]
    years = [(str(year), str(year), count) for year, count in found.years]
    offered = [
        _filter(asked, "kind", _("Kind"), kinds, every=pgettext("kinds of texts", "All")),
        {"label": _("Topic"), "options": _topic_options(asked, found, topics)},
        _filter(asked, "year", _("Year"), years, every=pgettext("years", "All")),
    ]
    return [one for one in offered if one["options"]]


def in_words(asked: Asked, topics: list[Topic]) -> str:
    """By what hits are narrowed down, to be read after the words that are looked for; "" by
    nothing. The filters are such as `narrowed` lets pass."""
    kind, topic, year = (asked.chosen.get(name, "") for name in ("kind", "topic", "year"))
    said = []
    if topic:
        name = with_slug(topics, topic).side(get_language()).name
        # Translators: what was looked for is narrowed down: Nothing found for “word” about Housing
        said.append(_("about {topic}").format(topic=name))
    if kind:
        # Translators: what was looked for is narrowed down: … “word” of the kind “Call-out”
        said.append(_("of the kind “{kind}”").format(kind=kind_name(kind)))
    if year:
        # Translators: what was looked for is narrowed down: … “word” from 2026
        said.append(_("from {year}").format(year=year))
    return ", ".join(said)


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


def _filter(asked: Asked, name: str, label: str, choices: list, *, every: str) -> dict:
    """A filter with a way back to all; without options where there is nothing to choose from."""
    chosen = asked.chosen.get(name)
    if len(choices) < 2 and not chosen:
        return {"label": label, "options": []}
    if chosen and chosen not in (value for value, _label, _count in choices):
        # Of which nothing was found: it stays, to be taken off.
        choices = [*choices, (chosen, kind_name(chosen) or chosen, None)]
    options = [_option(asked, name, *choice) for choice in [("", every, None), *choices]]
    return {"label": label, "options": options}


def _topic_options(asked: Asked, found: Found, topics: list[Topic]) -> list[dict]:
    """All, and the topics that something was found about, with the one that is chosen."""
    options = [_topic_option(asked, found, text) for text in in_order(topics)]
    offered = [option for option in options if option["count"] or option["current"]]
    every = _option(asked, "topic", "", pgettext("topics", "All"))
    return [every, *offered] if offered else []


def _topic_option(asked: Asked, found: Found, text) -> dict:
    chosen = asked.chosen.get("topic")
    # The slug of another language is kept by whoever came by the switcher.
    slug = chosen if chosen in slugs(text.document) else text.slug
    count = found.topics.get(text.document.pk)
    return _option(asked, "topic", slug, text.name, count) | {
        "lang": text.lang if text.is_fallback else None
    }


def _option(asked: Asked, name: str, value: str, label: str, count: int | None = None) -> dict:
    current = asked.chosen.get(name, "") == value
    # What is chosen already leads back to all.
    url = asked.but(name, "" if current else value).url()
    return {"value": value, "label": label, "count": count, "url": url, "current": current}
