"""What a document's columns say now, language by language."""

from __future__ import annotations

from dataclasses import dataclass

from core import languages, segments
from translations import parts, rules
from translations.parts import Base


@dataclass
class Snapshot:
    """What the columns of one language say now. Its parts that are `silent` are facts with words
    of which it has none: readers get those of the source."""

    texts: dict[str, str]
    segments: dict[str, list[segments.Segment]]
    digests: dict[str, str]
    silent: set[str]
    whole: bool
    gaps: int

    @property
    def kept(self) -> dict[str, Base]:
        return {key: parts.kept(found) for key, found in self.segments.items()}


def of(document) -> dict[str, Snapshot]:
    """Language → what its columns say, for every language of the site."""
    every = list(parts.of(document))
    children = list(document.children())
    return {code: _snapshot(document, every, children, code) for code in languages.codes()}


def _snapshot(document, every, children, language) -> Snapshot:
    found = {part.key: part.segments(language) for part in every}
    found = {key: segs for key, segs in found.items() if segs}
    return Snapshot(
        texts={part.key: text for part in every if (text := part.text(language))},
        segments=found,
        digests={key: parts.digest(segs) for key, segs in found.items()},
        silent={part.key for part in every if part.is_neutral and part.key not in found},
        whole=rules.is_whole(document, language),
        gaps=sum(
            child.has_side(document.source_language) and not child.has_side(language)
            for child in children
        ),
    )
