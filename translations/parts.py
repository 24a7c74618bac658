"""The parts of a document that are translated, and how each is compared.

A part is one field of the document or of one of its children. It is named by its child's key, not
by its place, so that reordering and deleting children changes no other part's name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.db import models
from django.utils.text import capfirst

from core import segments
from translations import registry
from translations.fields import Body

# The path of the one segment of a plain text.
PLAIN = "text"

Base = list[list[str]]  # [[path, inner HTML], …]: source segments as they are kept


@dataclass(frozen=True)
class Part:
    """One translated field of one item. `key` is ":title" or "bulletins.faqentry/7:answer"."""

    key: str
    item: models.Model
    field: str

    @cached_property
    def model_field(self) -> models.Field:
        return self.item._meta.get_field(self.field)

    @property
    def is_rich(self) -> bool:
        """Canonical HTML of several segments; else one plain text."""
        return isinstance(self.model_field, Body)

    @property
    def is_required(self) -> bool:
        """Without it, there is no side."""
        return self.field in registry.options(self.item).required_of(self.item)

    @property
    def is_neutral(self) -> bool:
        """A fact with words: a side without its own gives readers those of the source."""
        return self.field in registry.options(self.item).neutral

    @property
    def label(self) -> str:
        return capfirst(str(self.model_field.verbose_name))

    @property
    def item_key(self) -> str:
        """ "" for the document itself, "<app>.<model>/<pk>" for a child."""
        return self.key.rpartition(":")[0]

    def column(self, language: str) -> str:
        return registry.column(self.field, language)

    def text(self, language: str) -> str:
        """What stands in the column of `language`, "" for nothing."""
        return getattr(self.item, self.column(language)) or ""

    def segments(self, language: str) -> list[segments.Segment]:
        return split(self.text(language), is_rich=self.is_rich)


def split(text: str, *, is_rich: bool) -> list[segments.Segment]:
    """A part's text as segments; a plain text is one."""
    if is_rich:
        return segments.segments(text)
    return [segments.segment(PLAIN, escape(text, quote=False))] if text else []


def translatable(model) -> list[str]:
    """The fields in which a translator writes, in model order: all but derived and proposed."""
    opts = registry.options(model)
    return [n for n in registry.translated(model) if n not in opts.derived | opts.proposed]


def of(document) -> Iterator[Part]:
    """Every part of a document and of its children, in the order in which they are read."""
    for item in (document, *document.children()):
        key = "" if item is document else f"{item._meta.label_lower}/{item.pk}"
        for field in translatable(type(item)):
            yield Part(f"{key}:{field}", item, field)


def kept(found: Iterable[segments.Segment]) -> Base:
    """Segments as they are stored in `Side.based_on` and in drafts."""
    return [[segment.path, segment.html] for segment in found]


def given(base: Base) -> list[segments.Segment]:
    """Stored segments, with their texts and digests."""
    return [segments.segment(path, html) for path, html in base]


def digest(found: Iterable[segments.Segment]) -> str:
    """One part's fingerprint: of its segments' digests in their order."""
    return _hash([segment.digest for segment in found])


def fingerprint(digests: dict[str, str]) -> str:
    """A side's fingerprint, of part → digest; "" for a side without text."""
    return _hash(sorted(digests.items())) if digests else ""


def fingerprint_of_base(based_on: dict[str, Base] | None) -> str | None:
    """The fingerprint that a source would have which says what `based_on` holds."""
    if based_on is None:
        return None
    return fingerprint({key: digest(given(base)) for key, base in based_on.items() if base})


def words(found: Iterable[segments.Segment]) -> int:
    """How many words a translator has to read."""
    return sum(any(c.isalnum() for c in word) for s in found for word in s.text.split())


def _hash(value) -> str:
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=16).hexdigest()
