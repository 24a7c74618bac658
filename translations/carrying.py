"""An edit of the source, carried into what its translations are based on: a minor change."""

from __future__ import annotations

from collections import Counter

from core import segments
from translations import parts
from translations.parts import Base


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
