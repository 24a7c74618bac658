"""What the French side is confirmed to say, and what its source says."""

from __future__ import annotations

from collections import Counter

from tests.translations.side_events import fresh, side
from translations import parts
from translations.management.commands import check_sides

# What a side says that is outdated in a test (`side_events.document_in`), and what its source says.
OLD, NEW = "It is closed.", "It is open."


def based_on(document, part: str = ":body") -> list[str]:
    """The source that the French side is confirmed to say."""
    return [html for _path, html in side(document).based_on[part]]


def source(document, part: str = ":body") -> list[str]:
    """The source as it stands."""
    found = {p.key: p.segments("en") for p in parts.of(fresh(document))}
    return [segment.html for segment in found[part]]


def differences(document) -> tuple[list[str], list[str]]:
    """What the side says and its source does not, and the other way round."""
    said, says = Counter(based_on(document)), Counter(source(document))
    return list((said - says).elements()), list((says - said).elements())


def check_found() -> list[str]:
    """What `check_sides` would mend."""
    return [*check_sides.drifted(), *check_sides.orphans()]
