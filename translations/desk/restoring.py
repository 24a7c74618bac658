"""A draft as a whole: discarded, or replaced by an earlier version. What it said stays among the
versions."""

from __future__ import annotations

from django.db import transaction

from translations import parts
from translations.desk import drafts, left, rows
from translations.desk.opened import Opened
from translations.locking import locked_side
from translations.models import Side, SideVersion


@transaction.atomic
def discard(document, language: str, person):
    """Begin anew with what is public. What the draft said stays among the versions."""
    side = locked_side(document, language)
    if side.draft is None:
        return
    _set_aside(side, person)
    drafts.forget(side, is_done=False)


@transaction.atomic
def restore(document, language: str, version: SideVersion, person):
    """Make an old version the draft, with what it was based on: it never reads as up to date by
    itself. What the present draft says stays among the versions.

    Raises ValueError where another language has become the source meanwhile.
    """
    side = locked_side(document, language)
    if side.draft is not None:
        _set_aside(side, person)
    fresh = drafts.read_anew(document)
    public = Opened(_without_draft(side), fresh)
    side.draft = _draft_of(version, fresh, public)
    drafts.write(side, side.draft, person, words_to_do=left.words(Opened(side, fresh)))


def _draft_of(version: SideVersion, document, public: Opened) -> dict:
    found = {}
    for part in parts.of(document):
        text = version.texts.get(part.key, "")
        current = [original.segment for original in public.sources[part.key]]
        if version.based_on is None:
            said, options = current, {"unsure": True}
        else:
            said, options = parts.given(version.based_on.get(part.key, [])), {"left_out": True}
        found[part.key] = rows.open_rows(part.key, said, text, is_rich=part.is_rich, **options)
    draft = public.draft()
    return {
        **draft,
        "saw": "",
        "rows": {key: [rows.to_json(row) for row in stored] for key, stored in found.items()},
    }


def _without_draft(side: Side) -> Side:
    public = Side(**{f.attname: getattr(side, f.attname) for f in side._meta.concrete_fields})
    public.draft = None
    return public


def _set_aside(side: Side, person):
    said = {key: text for key, text in drafts.texts(side.draft).items() if text}
    if said:
        SideVersion.objects.create(
            content_type_id=side.content_type_id,
            object_id=side.object_id,
            language=side.language,
            author=person,
            act="set_aside",
            texts=said,
            based_on=drafts.base(side.draft),
        )
