"""“Still correct”: a public side says what the source says now."""

from __future__ import annotations

from django.db import transaction

from translations import parts, sides, snapshots
from translations.acts.publishing import Moved
from translations.locking import locked_document, locked_side
from translations.models import Side
from translations.parts import Base


@transaction.atomic
def confirm_side(model, pk, language: str, *, saw: str):
    """“Still correct”, for the whole of a public side.

    `saw` is the fingerprint of the source that the person looked at; raises Moved for another.
    """
    document = locked_document(model, pk)
    side = locked_side(document, language)
    if side.source_fingerprint != saw:
        raise Moved(source=True, side=False)
    now = snapshots.of(document)[document.source_language]
    _rebase(document, side, now.kept)


@transaction.atomic
def confirm_segments(model, pk, language: str, *, part: str, old: Base, new: Base):
    """“Still correct”, for one row of a public side: where it said `old`, it says `new` now.

    `old` is empty for what is new in the source. Does nothing where the side is not based on `old`.
    """
    document = locked_document(model, pk)
    side = locked_side(document, language)
    if side.based_on is None or not side.whole:
        return
    source = snapshots.of(document)[document.source_language]
    order = parts.kept(source.segments.get(part, []))
    base = {**side.based_on, part: _replaced(side.based_on.get(part, []), old, new, order)}
    _rebase(document, side, {key: found for key, found in base.items() if found})


def _replaced(base: Base, old: Base, new: Base, order: Base) -> Base:
    """`base` with `new` where `old` stood; where it stood nowhere or elsewhere, as in `order`."""
    if old and old != new:
        for start in range(len(base) - len(old) + 1):
            if base[start : start + len(old)] == old:
                return [*base[:start], *new, *base[start + len(old) :]]
        return base
    left = [segment for segment in base if segment not in new]
    first = order.index(new[0]) if new and new[0] in order else len(order)
    before = next((s for s in reversed(order[:first]) if s in left), None)
    place = left.index(before) + 1 if before else 0
    return [*left[:place], *new, *left[place:]]


def _rebase(document, side: Side, base: dict[str, Base]):
    with sides.together() as event:
        event.bases[side.language] = base
        sides.refresh(document)
