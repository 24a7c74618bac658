"""What a process knows of the translation memory, kept beside the table and never ahead of it.

Each process (and each of its threads) prepares the texts of a language pair once. At every look-up
it asks the database which entries there are, by their keys, and reads what is new. An entry never
changes and a key never comes back (`MemoryEntry`), so nothing that another process wrote is missed,
and nothing stays that was deleted or rolled back: not even what this process has read in its own
transaction before that was rolled back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from core.markup import words
from translations.likeness import Index, comparable
from translations.models import MemoryEntry
from translations.models.memory import MemoryPair

# For each pair of languages the newest texts, up to this many segments …
MOST_IN_ONE = 100_000
# … and of all pairs together; then those that were not asked for the longest are let go. About
# 0.6 kB a segment (benchmarks/memory.py measures it), so that no process grows beyond 150 MB.
MOST_IN_ALL = 250_000
# SQLite takes only so many values in one query.
_AT_ONCE = 500
# Where less than one entry in so many has changed, the index is changed and not made anew.
_FEW = 10


Numbered = list[tuple[str, int]]  # comparable texts with the primary keys of their pairs


@dataclass(frozen=True)
class Known:
    """All that is remembered for translating from one language into another. It does not change:
    who searches it is not disturbed by who refreshes it."""

    texts: dict[int, Numbered] = field(default_factory=dict)  # by the key of their entry
    index: Index = field(default_factory=Index)
    owners: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.index)

    def numbers_of(self, document) -> set[int]:
        """The pairs that were learned from `document`."""
        content_type = ContentType.objects.get_for_model(type(document))
        keys = self.owners.get((content_type.pk, document.pk), [])
        return {number for key in keys for _text, number in self.texts[key]}


class Entry(NamedTuple):
    """A row of `MemoryEntry`, as far as it is read at every look-up."""

    key: int
    size: int
    source_language: str
    content_type: int
    object_id: int


_lock = Lock()
_all: OrderedDict[tuple[str, str], Known] = OrderedDict()


def known(source_language: str, target_language: str) -> Known:
    """What the database holds now, as this connection sees it, for that direction.

    One query where nothing has changed.
    """
    direction = source_language, target_language
    with _lock:
        entries = _newest(_entries(source_language, target_language))
        before = _all.pop(direction, None) or Known()
        now = _refreshed(before, entries, source_language)
        _all[direction] = now
        _let_go()
    return now


def _entries(source_language: str, target_language: str) -> Iterator[Entry]:
    """What readers can see, the newest first, translated in the one direction or the other."""
    rows = (
        MemoryEntry.objects.filter(
            source_language__in=[source_language, target_language],
            target_language__in=[source_language, target_language],
        )
        .filter(Q(public_from=None) | Q(public_from__lte=timezone.now()))
        .order_by("-learned_at", "-pk")
    )
    names = ("pk", "size", "source_language", "content_type_id", "object_id")
    return map(Entry._make, rows.values_list(*names))


def _newest(entries: Iterable[Entry]) -> dict[int, Entry]:
    found = {}
    total = 0
    for entry in entries:
        total += entry.size
        if total > MOST_IN_ONE:
            break
        found[entry.key] = entry
    return found


def _refreshed(before: Known, entries: dict[int, Entry], source_language: str) -> Known:
    if before.texts.keys() == entries.keys():
        return before
    new = [entry for key, entry in entries.items() if key not in before.texts]
    read = _read(new, source_language)
    texts = {key: before.texts.get(key) or read.get(key, []) for key in entries}
    gone = [key for key in before.texts if key not in entries]
    if len(new) + len(gone) > len(entries) / _FEW:
        index = Index(_together(texts, texts))
    else:
        fresh = (entry.key for entry in new)
        index = before.index.changed(_together(before.texts, gone), _together(texts, fresh))
    owners: dict[tuple[int, int], list[int]] = {}
    for entry in entries.values():
        owners.setdefault((entry.content_type, entry.object_id), []).append(entry.key)
    return Known(texts, index, owners)


def _together(texts: dict[int, Numbered], keys: Iterable[int]) -> Iterator[tuple[str, int]]:
    return (one for key in keys for one in texts[key])


def _read(entries: list[Entry], source_language: str) -> dict[int, Numbered]:
    """The texts of entries in the language that is translated from, by entry."""
    found: dict[int, Numbered] = {}
    for column in ("source", "target"):
        keys = iter(
            entry.key
            for entry in entries
            if (entry.source_language == source_language) == (column == "source")
        )
        while some := list(islice(keys, _AT_ONCE)):
            rows = MemoryPair.objects.filter(entry__in=some).values_list("entry_id", "pk", column)
            for key, number, html in rows.order_by("pk"):
                found.setdefault(key, []).append((comparable(words(html)), number))
    return found


def _let_go() -> None:
    while len(_all) > 1 and sum(map(len, _all.values())) > MOST_IN_ALL:
        _all.popitem(last=False)
