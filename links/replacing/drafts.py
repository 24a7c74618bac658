"""An address in what translators have begun at the desk, which readers do not see yet."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from links.replacing.links import Moves, holds, moved
from translations.desk import drafts
from translations.models import Side
from translations.parts import Base


def holding(model, needle: str) -> set[int]:
    """The keys of documents with a draft that may hold `needle`, a piece of HTML.

    Looked for in Python: databases write JSON in different ways.
    """
    content_type = ContentType.objects.get_for_model(model)
    sides = Side.objects.filter(content_type=content_type, has_draft=True)
    found = sides.values_list("object_id", "draft").iterator(chunk_size=50)
    return {
        pk
        for pk, draft in found
        for stored in (draft or {}).get("rows", {}).values()
        for row in stored
        if needle in row["text"]
    }


def texts(side: Side) -> dict[str, str]:
    """Part → what a draft would publish."""
    return drafts.texts(side.draft) if side.draft else {}


def replace(side: Side, chosen: dict[str, Moves], source: dict[str, Moves], column: dict) -> bool:
    """Replace addresses in a draft, whose side is locked.

    `chosen` is part → what is replaced in the draft, `source` part → what was replaced in the
    original, `column` part → (digest before, digest after) of the public text. Rows that keep no
    old address say what the original says now. Gives whether all of them do.
    """
    draft = side.draft
    keeps_old = set()
    for key, stored in draft["rows"].items():
        for row in stored:
            row["text"] = moved(row["text"], chosen.get(key, {}))
            if holds(row["text"], source.get(key, {})):
                keeps_old.add(key)
            else:
                row["source"] = rebased(row["source"], source.get(key, {}))
    if taken := draft.get("taken"):
        _replace_taken(taken, chosen, source)
    for key, (before, after) in column.items():
        joined = drafts.texts(draft).get(key, "")
        if draft["parent"].get(key) == before and not holds(joined, source.get(key, {})):
            draft["parent"][key] = after
    return not keeps_old


def _replace_taken(taken: dict, chosen: dict[str, Moves], source: dict[str, Moves]):
    """The text that readers had before it was taken back, and would get again."""
    for key in taken["texts"]:
        text = taken["texts"][key] = moved(taken["texts"][key], chosen.get(key, {}))
        if taken["base"] and key in taken["base"] and not holds(text, source.get(key, {})):
            taken["base"][key] = rebased(taken["base"][key], source.get(key, {}))


def rebased(base: Base, moves: Moves) -> Base:
    """Source segments with their addresses replaced: as if they had been read like this."""
    return [[path, moved(inner, moves)] for path, inner in base] if moves else base


def keep(side: Side):
    """Write what was replaced."""
    drafts.keep(side)
