"""The columns of a `Side` that follow from the rows of its document."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from translations import parts, registry
from translations.models import Side
from translations.snapshots import Snapshot

# What is live as soon as it is saved has no moment of publication; any past one says the same.
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def of(side: Side, document, now: dict[str, Snapshot], based_on) -> dict:
    """Column → what it has to hold, by the rows of `document` and by what the side is based on."""
    source, own = now[document.source_language], now[side.language]
    is_source = side.language == document.source_language
    based_on = _fallen_back(source, based_on, own.silent)
    return {
        "source_language": document.source_language,
        "kind": str(getattr(document, registry.options(document).kind or "_", "")),
        "public_from": _public_from(document),
        "source_fingerprint": parts.fingerprint(source.digests),
        "source_words": sum(map(parts.words, source.segments.values())),
        "whole": own.whole,
        "begun": bool(own.segments),
        "fingerprint": parts.fingerprint(own.digests),
        "based_on_hash": parts.fingerprint_of_base(based_on),
        "gaps": 0 if is_source or not own.whole else own.gaps,
        "words_left": 0 if is_source else _words_left(source, based_on, own.silent),
        "parts": own.digests,
        "based_on": based_on,
    }


def _public_from(document):
    """The moment from which readers see the document, None for a draft."""
    if not document.is_committed:
        return None
    return getattr(document, "published_at", ALWAYS)


def _fallen_back(source: Snapshot, based_on, silent: set[str]):
    """What a side is based on that says nothing of its own in its parts `silent`: there it gives
    readers the words of the source, whatever they are now, so it cannot be behind them."""
    if based_on is None:
        return None
    spoken = {key: base for key, base in based_on.items() if key not in silent}
    return spoken | {key: base for key, base in source.kept.items() if key in silent}


def _words_left(source: Snapshot, based_on, silent: set[str]) -> int:
    left = 0
    for key, found in source.segments.items():
        if key in silent:
            continue
        confirmed = Counter(s.digest for s in parts.given((based_on or {}).get(key, [])))
        for segment in found:
            if confirmed[segment.digest]:
                confirmed[segment.digest] -= 1
            else:
                left += parts.words([segment])
    return left
