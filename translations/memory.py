"""The translation memory: how a sentence was translated before, in texts that readers can see.

What is learned is stored per document and target language (`MemoryEntry`) and replaced as a whole.
It answers in both directions: who translates from French finds what was once translated into it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import transaction
from django.db.models import Q

from core.markup import words as text_of
from core.segments import Words, word_diff
from translations import registry
from translations.likeness import Index, comparable
from translations.memory_index import known
from translations.models import MemoryEntry
from translations.models.memory import MemoryPair

# Between the blocks of one text: what parts them in the text area of a cell, too.
BETWEEN = "\n\n"
# Where one sentence stands in many texts, so many of them are looked at, the newest …
_HOLDERS = 5
# … and so many times more sentences than asked for: several may have the same translation.
_SPARE = 3


class Pair(NamedTuple):
    """Source segments and the target blocks that say the same, each as its inner HTML."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A remembered translation. `words` is the diff from the remembered source to the one asked
    for; `where` names the document it comes from. `target_html` is the inner HTML of its blocks,
    with an empty line between two."""

    likeness: int
    source_text: str
    target_html: str
    words: Words
    where: str

    @property
    def target_text(self) -> str:
        return text_of(self.target_html)


# Learning -----------------------------------------------------------------------------------------


def learn(document, target_language: str, pairs: Iterable[Pair]) -> None:
    """Make `pairs` all that is remembered of the side of `document` in `target_language`.

    Called in the transaction that publishes it, with every pair of its alignment. Left out are
    pairs with an empty side, without letters, or the same on both. What says the same as before
    is not written again; of a document that is not published, nothing is remembered.

    Raises ValueError where the target language is the document's source language.
    """
    source_language = document.source_language
    if target_language == source_language:
        raise ValueError(f"{document} was written in {target_language}")
    texts = list(dict.fromkeys(_worth_learning(pairs))) if document.is_committed else []
    public_from = getattr(document, "published_at", None)
    digest = _digest(source_language, target_language, texts)
    # What is now the source may have been a translation before.
    stale = Q(target_language__in=[target_language, source_language])
    entries = {entry.digest: entry for entry in _of(document).filter(stale)}
    same = entries.pop(digest, None) if texts else None
    if not entries and same and same.public_from == public_from:
        return
    with transaction.atomic():
        _delete(entries.values())
        if same and same.public_from != public_from:
            MemoryEntry.objects.filter(pk=same.pk).update(public_from=public_from)
        elif texts and not same:
            entry = MemoryEntry.objects.create(
                document=document,
                source_language=source_language,
                target_language=target_language,
                public_from=public_from,
                digest=digest,
                size=len(texts),
            )
            MemoryPair.objects.bulk_create(
                (MemoryPair(entry=entry, source=source, target=target) for source, target in texts),
                batch_size=1000,
            )


def forget(document, language: str | None = None) -> None:
    """Drop what was learned from `document`, or from its text in `language` alone, on whichever
    side of a pair that stands. Called when readers no longer see it."""
    entries = _of(document)
    if language:
        entries = entries.filter(Q(target_language=language) | Q(source_language=language))
    with transaction.atomic():
        _delete(entries)


def _of(document):
    content_type = ContentType.objects.get_for_model(type(document))
    return MemoryEntry.objects.filter(content_type=content_type, object_id=document.pk)


def _delete(entries: Iterable[MemoryEntry]) -> None:
    keys = [entry.pk for entry in entries]
    if keys:
        MemoryEntry.objects.filter(pk__in=keys).delete()


def _worth_learning(pairs: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    for source, target in pairs:
        if isinstance(source, str) or isinstance(target, str):
            raise TypeError("a side of a pair is a tuple of blocks, not one text")
        texts = BETWEEN.join(source), BETWEEN.join(target)
        plain = [text_of(text).strip() for text in texts]
        if plain[0] != plain[1] and all(any(map(str.isalpha, text)) for text in plain):
            yield texts


def _digest(*said) -> str:
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


# Asking -------------------------------------------------------------------------------------------


def suggestions(
    text: str, source_language: str, target_language: str, *, limit: int = 3, but_not=None
) -> list[Suggestion]:
    """How texts like the plain `text` were translated: the same ones first, then the more alike.

    At most `limit`, each at least 70 % alike (`translations.likeness`), none from the document
    `but_not`, none twice. Of several translations of one sentence the newest comes first.
    """
    return suggestions_for([text], source_language, target_language, limit=limit, but_not=but_not)[
        0
    ]


def suggestions_for(
    texts: Sequence[str],
    source_language: str,
    target_language: str,
    *,
    limit: int = 3,
    but_not=None,
) -> list[list[Suggestion]]:
    """`suggestions` for each of many texts, with as many queries as for one."""
    memory = known(source_language, target_language)
    barred = memory.numbers_of(but_not) if but_not is not None else frozenset()
    found = [_candidates(memory.index, text, limit, barred) for text in texts]
    pairs = _pairs({number for row in found for _likeness, number in row})
    return [
        list(islice(_told(text, row, pairs, source_language), limit))
        for text, row in zip(texts, found, strict=True)
    ]


def _candidates(index: Index, text: str, limit: int, barred) -> list[tuple[int, int]]:
    """(likeness, number of a pair), the most alike first, of the same the newest; more than are
    asked for, as some will not be shown."""
    row = []
    # The own text may hold many sentences like this one, none of which counts.
    for found in index.like(comparable(text), limit * _SPARE + len(barred)):
        held = (number for number in found.holders if number not in barred)
        row += [(found.likeness, number) for number in islice(held, _HOLDERS)]
        if len(row) >= limit * _SPARE * _HOLDERS:
            break
    return row


def _pairs(numbers: set[int]) -> dict[int, MemoryPair]:
    """The pairs with their documents, where readers may see those: the index has no last word."""
    if not numbers:
        return {}
    documents = GenericPrefetch(
        "entry__document", [model.objects.light() for model in registry.documents()]
    )
    found = MemoryPair.objects.filter(pk__in=numbers).select_related("entry")
    return {
        pair.pk: pair
        for pair in found.prefetch_related(documents)
        if pair.entry.document is not None and pair.entry.document.is_live
    }


def _told(text: str, row, pairs: dict[int, MemoryPair], source_language: str):
    """The suggestions of one row, best first, each translation once."""
    alike = [(likeness, *_turned(pairs[n], source_language)) for likeness, n in row if n in pairs]
    # Of what is called the same, first that which is so to the letter.
    alike.sort(key=lambda one: (-one[0], one[1] != text))
    seen = set()
    for likeness, source_text, target_html, document in alike:
        if target_html not in seen:
            seen.add(target_html)
            diff = word_diff(source_text, text)
            yield Suggestion(likeness, source_text, target_html, diff, str(document))


def _turned(pair: MemoryPair, source_language: str):
    """(source text, target HTML, document) as one sees it who translates from that language."""
    source, target = pair.source, pair.target
    if pair.entry.source_language != source_language:
        source, target = target, source
    return text_of(source), target, pair.entry.document
