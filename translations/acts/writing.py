"""The text of a side, written into its columns by an act."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from translations import parts
from translations.models import Side, SideVersion


def write_texts(document, language: str, texts: dict[str, str], proposed: dict, act: str):
    """Write the `texts` (part → text) of a document and of its children; `proposed` (column → text)
    where the document has nothing yet. A part that is no longer there is left out.

    Raises ValidationError, in words that name the child, for what does not fit.
    """
    by_item: dict[str, list[parts.Part]] = {}
    for part in parts.of(document):
        if part.key in texts:
            by_item.setdefault(part.item_key, []).append(part)
    # The document first: its children ask it for its language and whether it is public.
    for item_key in sorted(by_item):
        found = by_item[item_key]
        columns = {part.column(language): texts[part.key] or None for part in found}
        item = found[0].item
        if item is document:
            columns |= {n: text for n, text in proposed.items() if not getattr(document, n)}
        try:
            set_columns(item, columns, act)
        except ValidationError as error:
            raise ValidationError(_in_words(error, found[0])) from error


def set_columns(item, columns: dict, act: str):
    """Save an item with these columns. Raises ValidationError, by column."""
    # The history page names the act by this.
    item._change_reason = act
    for column, text in columns.items():
        setattr(item, column, text)
    item.save()


def _in_words(error: ValidationError, part: parts.Part) -> list[str]:
    where = f"{part.item}: " if part.item_key else ""
    return [f"{where}{message}" for message in error.messages]


def set_orphans_aside(document, side: Side, texts: dict[str, str], person):
    """What was translated of a child that somebody deleted meanwhile stays among the versions."""
    there = {part.key for part in parts.of(document)}
    orphans = {key: text for key, text in texts.items() if text and key not in there}
    if orphans:
        SideVersion.objects.create(
            document=document,
            language=side.language,
            author=person,
            act="set_aside",
            texts=orphans,
        )
