"""What is known of a document's sides, kept true whenever one of its rows is written.

Facts are stored (`models.Side`), states are computed (`status`). Saving is not confirming: what a
side was based on moves only

- when the side goes from absent to whole,
- for a part that is written in both languages in one save, where it matched before,
- by an act that says so: a published draft, “still correct”, a minor change (`acts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import models, transaction
from django.utils import timezone

from core import languages, segments
from translations import history, parts, registry, rules
from translations.models import Side, SideVersion
from translations.parts import Base
from translations.status import Public, status_of

# What is live as soon as it is saved has no moment of publication; any past one says the same.
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Event:
    """What is written together counts as one: one version of each side, one look at the facts.

    `bases` (language → part → source segments) is what an act says that a side is based on,
    `alignments` which of them stand beside which blocks, and `minor_from` (part → source segments)
    how the source read before a change that leaves the translations valid. `confirmed` are the
    languages whose sides somebody says to match the source as it is when all is saved. `saved` are
    the documents of which a row was saved: only then is what was written taken for a confirmation.
    """

    act: str = "saved"
    author: models.Model | None = None
    confirmed: set[str] = field(default_factory=set)
    bases: dict[str, dict[str, Base]] = field(default_factory=dict)
    alignments: dict[str, dict] = field(default_factory=dict)
    minor_from: dict[str, list[segments.Segment]] | None = None
    minor_of: tuple[type, int] | None = None
    saved: set[tuple[type, int]] = field(default_factory=set)
    documents: dict[tuple[type, int], bool] = field(default_factory=dict)


_event: ContextVar[Event | None] = ContextVar("event", default=None)


@contextmanager
def together() -> Iterator[Event]:
    """Let all saves inside count as one event, in one transaction."""
    if (outer := _event.get()) is not None:
        yield outer
        return
    event = Event()
    token = _event.set(event)
    try:
        with transaction.atomic():
            yield event
            for (model, pk), is_new in event.documents.items():
                _refresh(model, pk, event, is_new=is_new)
    finally:
        _event.reset(token)


def follow(item, before: dict):
    """Called by every save and deletion of a document or a child: `before` is the row as it stood,
    {} for a new one."""
    opts = registry.options(item)
    names = registry.columns(parts.translatable(type(item)))
    parent = item._meta.get_field(opts.parent) if opts.parent else None
    facts = ("source_language", "published_at", opts.kind, parent and parent.attname)
    names += [name for name in facts if name in before]
    if before and all(before[name] == getattr(item, name) for name in names):
        return
    document = getattr(item, opts.parent) if opts.parent else item
    refresh(document, is_new=document is item and not before, is_saved=True)
    if parent and before and before[parent.attname] != document.pk:
        # It was moved here from another document, which has lost it.
        for left in models.QuerySet(type(document)).filter(pk=before[parent.attname]):
            refresh(left)


def refresh(document, *, is_new: bool = False, is_saved: bool = False):
    """Bring what is known of the sides of `document` up to its rows, now or at the end of the
    event. A new document is confirmed in every language in which it is whole.

    Where nothing was saved (`is_saved`), rows that read otherwise were written around save():
    nobody has confirmed anything, and the side is outdated until somebody does.
    """
    key = (type(document), document.pk)
    event = _event.get() or Event()
    if is_saved:
        event.saved.add(key)
    if event is not _event.get():
        _refresh(*key, event, is_new=is_new)
    else:
        event.documents[key] = event.documents.get(key, False) or is_new


def settle(document):
    """Bring what is known up to the rows now, in the middle of an event."""
    event = _event.get()
    if event is None:
        return
    is_new = event.documents.pop((type(document), document.pk), None)
    if is_new is not None:
        _refresh(type(document), document.pk, event, is_new=is_new)
        # Carried once; a second time, it would be carried into what it has become.
        event.minor_from = None


def is_current(document, language: str) -> bool:
    """Whether the side in `language` says what the source says, as far as is known."""
    side = Side.objects.of(document).light().filter(language=language).first()
    return side is not None and side.status.public == Public.CURRENT


@dataclass
class Snapshot:
    """What the columns of one language say now."""

    texts: dict[str, str]
    segments: dict[str, list[segments.Segment]]
    digests: dict[str, str]
    whole: bool
    gaps: int

    @property
    def kept(self) -> dict[str, Base]:
        return {key: parts.kept(found) for key, found in self.segments.items()}


def snapshots(document) -> dict[str, Snapshot]:
    """Language → what its columns say, for every language of the site."""
    every = list(parts.of(document))
    children = list(document.children())
    return {code: _snapshot(document, every, children, code) for code in languages.codes()}


def _snapshot(document, every, children, language) -> Snapshot:
    found = {part.key: part.segments(language) for part in every}
    found = {key: segs for key, segs in found.items() if segs}
    return Snapshot(
        texts={part.key: part.text(language) for part in every if part.text(language)},
        segments=found,
        digests={key: parts.digest(segs) for key, segs in found.items()},
        whole=rules.is_whole(document, language),
        gaps=sum(
            child.has_side(document.source_language) and not child.has_side(language)
            for child in children
        ),
    )


def _refresh(model, pk, event: Event, *, is_new: bool):
    # Always from the database: an object in memory may hold what was never written.
    document = models.QuerySet(model).filter(pk=pk).first()
    if document is None:
        return
    now = snapshots(document)
    rows = {side.language: side for side in Side.objects.of(document).defer("draft")}
    known = {code: rows.get(code) or _row(document, code) for code in languages.codes()}
    change = Change(document, now, known, event, is_new=is_new)
    # All that follows from how things were, before any of it is overwritten.
    bases = {code: change.base(code) for code in known}
    for code, side in known.items():
        _record_version(side, now[code], bases[code], event)
        _write(side, change, bases[code])
    _remember(document, known)


def _row(document, language: str) -> Side:
    return Side(
        document=document, language=language, source_language=document.source_language, whole=False
    )


class Change:
    """One event, seen by one document: how its sides stood, and how its columns read now."""

    def __init__(
        self, document, now: dict[str, Snapshot], known: dict[str, Side], event, *, is_new
    ):
        self.document = document
        self.event = event
        self.is_new = is_new
        key = (type(document), document.pk)
        self.is_saved = key in event.saved
        self.minor_from = event.minor_from if event.minor_of == key else None
        self.now = now
        self.source = document.source_language
        before = known[self.source]
        self.old_source = before.source_language if before.pk else self.source
        self.known = known
        self.was_current = {
            code for code, side in known.items() if status_of(side).public == Public.CURRENT
        }
        self.old_parts = dict(known[self.old_source].parts) if self.old_source in known else {}
        self.items = {part.item_key for part in parts.of(document)}

    def base(self, language: str) -> dict[str, Base] | None:
        """What the side in `language` is based on from now on."""
        now = self.now[language]
        if language == self.source or not now.whole:
            return None
        if language in self.event.bases:
            return self._pruned(self.event.bases[language])
        side = self.known[language]
        became_whole = self.is_new or (self.is_saved and side.pk and not side.whole)
        if became_whole or language in self.event.confirmed:
            return self.now[self.source].kept
        if self.source != self.old_source:
            return self._swapped(language) if self.is_saved else None
        if side.based_on is None:
            return None
        base = self._pruned(side.based_on)
        if self.is_saved:
            base = self._written_in_both(base, side, now)
        if self.minor_from is not None:
            base = carried(base, self.minor_from, self.now[self.source].segments)
        return base

    def _pruned(self, base: dict[str, Base]) -> dict[str, Base]:
        """Without the children that are no longer there: deleting one makes nothing outdated."""
        return {key: b for key, b in base.items() if key.rpartition(":")[0] in self.items}

    def _written_in_both(self, base, side: Side, now: Snapshot) -> dict[str, Base]:
        source = self.now[self.source]
        for key in {*source.digests, *self.old_parts}:
            source_changed = source.digests.get(key) != self.old_parts.get(key)
            side_changed = now.digests.get(key) != side.parts.get(key)
            was = parts.digest(parts.given(base[key])) if base.get(key) else None
            if source_changed and side_changed and was == self.old_parts.get(key):
                base = {**base, key: parts.kept(source.segments.get(key, []))}
        return base

    def _swapped(self, language: str) -> dict[str, Base] | None:
        """The source is another language now. Whoever was up to date with the old one says what the
        new one says, if that was up to date too."""
        agreed = self.source in self.was_current
        if agreed and (language == self.old_source or language in self.was_current):
            return self.now[self.source].kept
        return None


def carried(base: dict[str, Base], old: dict, new: dict) -> dict[str, Base]:
    """`base` with the edit `old` → `new` made in it, wherever it still has the old wording.

    What differed from `old` before keeps its difference, so that a minor change never passes an
    outdated text for current. All three map part → segments (`base`: as stored).
    """
    result = dict(base)
    for key in {*old, *new}:
        before, after, held = old.get(key, []), new.get(key, []), parts.given(base.get(key, []))
        # What was written in both languages at once says already what the source says.
        if parts.digest(after) in (parts.digest(before), parts.digest(held)):
            continue
        result[key] = parts.kept(_carry(held, before, after))
    return {key: found for key, found in result.items() if found}


def _carry(base, before, after) -> list[segments.Segment]:
    if [s.digest for s in base] == [s.digest for s in before]:
        return list(after)
    changes = segments.compare_segments(before, after)
    held = [[segment] for segment in base]  # each in a box, known by its identity
    places = _places(held, [change.old for change in changes if change.old])
    known = [place for place in places if place is not None]
    # Where it stood in another order before, it keeps that: a move is not carried into it.
    follows_moves = known == sorted(known)
    boxes = [held[place] if place is not None else None for place in places]
    olds = iter(boxes)
    told = [(change, next(olds) if change.old else None) for change in changes]
    # What moved can stand in its new place only where it stood in its old one.
    moving = Counter(c.old.digest for c, box in told if c.moved and c.old and box is not None)
    last = None
    for change, box in told:
        if change.moved and not follows_moves:
            continue
        if change.kind == "added":
            if change.moved and not moving[change.new.digest]:
                continue
            moving[change.new.digest] -= change.moved
            box = [change.new]
            held.insert(_index(held, last) + 1, box)
        elif change.kind == "removed":
            held = [other for other in held if other is not box]
            continue
        elif box is not None:
            box[0] = change.new
        last = box if box is not None else last
    return [segment for [segment] in held]


def _places(held, wanted) -> list[int | None]:
    """Where in `held` each of the `wanted` segments stands, each place once; None: nowhere."""
    free: dict[str, list[int]] = {}
    for place, [segment] in enumerate(held):
        free.setdefault(segment.digest, []).append(place)
    return [free[s.digest].pop(0) if free.get(s.digest) else None for s in wanted]


def _index(held, box) -> int:
    return next((place for place, other in enumerate(held) if other is box), -1)


# Writing ----------------------------------------------------------------------------------------


def facts(side: Side, document, now: dict[str, Snapshot], based_on) -> dict:
    """The columns of `side` that follow from the document's rows and from what it is based on."""
    source, own = now[document.source_language], now[side.language]
    is_source = side.language == document.source_language
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
        "words_left": 0 if is_source else _words_left(source, based_on),
        "parts": own.digests,
        "based_on": based_on,
    }


def _public_from(document):
    """The moment from which readers see the document, None for a draft."""
    if not document.is_committed:
        return None
    return getattr(document, "published_at", ALWAYS)


def _words_left(source: Snapshot, based_on) -> int:
    left = 0
    for key, found in source.segments.items():
        confirmed = Counter(s.digest for s in parts.given((based_on or {}).get(key, [])))
        for segment in found:
            if confirmed[segment.digest]:
                confirmed[segment.digest] -= 1
            else:
                left += parts.words([segment])
    return left


def _write(side: Side, change: Change, based_on):
    new = facts(side, change.document, change.now, based_on)
    became_public = side.public_from is None and new["public_from"] is not None
    was = {name: getattr(side, name) for name in [*new, "waiting_since", "alignment"]}
    for name, value in new.items():
        setattr(side, name, value)
    if status_of(side).public in (Public.SOURCE, Public.CURRENT):
        side.waiting_since = None
    elif became_public and hasattr(change.document, "published_at"):
        # Nobody waited for it while it was a draft; from then on readers do.
        side.waiting_since = max(new["public_from"], timezone.now())
    else:
        side.waiting_since = side.waiting_since or timezone.now()
    if side.language in change.event.alignments:
        side.alignment = change.event.alignments[side.language]
    changed = [name for name, value in was.items() if getattr(side, name) != value]
    if side.pk is None:
        side.save()
    elif changed:
        # Only these: somebody may be writing a draft of this side at this very moment.
        side.save(update_fields=changed)


def _remember(document, known: dict[str, Side]):
    """Teach the translation memory what readers can see, and let it forget what they cannot.

    An outdated side is not learned anew; what was learned when it was up to date stays true.
    """
    from translations import memory
    from translations.desk import learning

    if not document.is_committed:
        memory.forget(document)
        return
    for code, side in known.items():
        state = status_of(side).public
        if state == Public.CURRENT:
            memory.learn(document, code, learning.pairs(side, document))
        elif state == Public.MISSING:
            memory.forget(document, code)


def _record_version(side: Side, now: Snapshot, based_on, event: Event):
    fingerprint = parts.fingerprint(now.digests)
    if fingerprint == side.fingerprint or not (now.whole or side.whole):
        return
    SideVersion.objects.create(
        content_type=side.content_type,
        object_id=side.object_id,
        language=side.language,
        author=event.author or history.author(),
        act=event.act if fingerprint else "withdrawn",
        texts=now.texts,
        based_on=based_on,
    )
