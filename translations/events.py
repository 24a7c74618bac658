"""What is written together, and what an act says about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models

from core import segments
from translations.parts import Base


@dataclass
class Event:
    """What is written together counts as one: one version of each side, one look at the facts.

    `bases` (language → part → source segments) is what an act says that a side is based on,
    `alignments` which of them stand beside which blocks, and `minor_from` (part → source segments)
    how the source read before a change that leaves the translations valid. `confirmed` are the
    languages whose sides somebody says to match the source as it is when all is saved. `saved` are
    the documents of which a row was saved: only then is what was written taken for a confirmation.
    `published` are those that become public with it, whose children have to be whole by its end.
    `told_more` are those that say something new beside their texts: another date, a question fewer.
    """

    act: str = "saved"
    author: models.Model | None = None
    confirmed: set[str] = field(default_factory=set)
    bases: dict[str, dict[str, Base]] = field(default_factory=dict)
    alignments: dict[str, dict] = field(default_factory=dict)
    minor_from: dict[str, list[segments.Segment]] | None = None
    minor_of: tuple[type, int] | None = None
    saved: set[tuple[type, int]] = field(default_factory=set)
    published: set[tuple[type, int]] = field(default_factory=set)
    told_more: set[tuple[type, int]] = field(default_factory=set)
    documents: dict[tuple[type, int], bool] = field(default_factory=dict)
