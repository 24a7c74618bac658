"""To take one side back from readers, and to put it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import languages
from translations import registry, rules, sides, snapshots
from translations.acts import writing
from translations.acts.publishing import publish_if_awaited, publish_side
from translations.desk import drafts
from translations.locking import locked_document, locked_side
from translations.models import Side


@transaction.atomic
def withdraw(model, pk, language: str):
    """Take one side back from readers, who get the fallback; its text becomes its draft.

    Where somebody is at work on a draft already, that one stays; what readers saw is among the
    versions. Raises ValidationError for the source side of a document that must have one.
    """
    document = locked_document(model, pk)
    must_stay = registry.options(document).required and document.is_committed
    if language == document.source_language and must_stay:
        raise ValidationError(
            _(
                "This is the language it was written in: without it, there is nothing to show. "
                "Take the whole text back, or first say that it was written in the other language."
            )
        )
    side = locked_side(document, language)
    if not side.begun:
        return document
    _keep_as_draft(side, document)
    with sides.together() as event:
        event.act = "withdrawn"
        for item in (document, *document.children()):
            columns = registry.columns(registry.written(item), language=language)
            writing.set_columns(item, dict.fromkeys(columns), "withdraw")
    return document


@transaction.atomic
def put_back(model, pk, language: str, *, person=None):
    """Give a side that was taken back to readers again, as they had it; a draft in which somebody
    has written something else stays one.

    Parts that are no longer there are left out. Raises ValidationError where nothing is held, or
    where somebody has written this side anew.
    """
    document = locked_document(model, pk)
    if language not in held_languages(document):
        raise ValidationError(_("There is no text to put back."))
    if not rules.is_empty(document, language):
        raise ValidationError(
            _(
                "Somebody has written the %(language)s side anew. Empty it first, or leave the "
                "older text where it is."
            )
            % {"language": languages.name(language)}
        )
    side = locked_side(document, language)
    taken = side.draft.get("taken")
    if taken is None:
        # Taken back before both were kept apart: its draft is all there is.
        return publish_side(model, pk, language, person=person, anyway=True, act="put_back")
    with sides.together() as event:
        event.act, event.author = "put_back", person
        # Where nobody knew what it said, nobody knows now.
        event.bases[language] = taken["base"] or {}
        event.alignments[language] = taken["alignment"]
        proposed = side.draft.pop("withdrawn")
        writing.write_texts(document, language, taken["texts"], proposed, "put_back")
        sides.refresh(document)
        writing.set_orphans_aside(document, side, taken["texts"], person)
        was_held = side.hold
        _keep_what_is_new(document, side, side.draft)
        publish_if_awaited(document, was_held and not side.hold)
    return document


def _keep_as_draft(side: Side, document):
    if side.draft is None:
        side.draft = drafts.begin(side, document)
    proposed = registry.columns(registry.options(document).proposed, language=side.language)
    side.draft["withdrawn"] = {
        name: text for name in proposed if (text := getattr(document, name)) is not None
    }
    # Putting it back gives readers this, whatever becomes of the draft meanwhile.
    side.draft["taken"] = {
        "texts": snapshots.of(document)[side.language].texts,
        "base": side.based_on,
        "alignment": side.alignment,
    }
    # From now on there is no public text that could move under it.
    side.draft["parent"] = {}
    drafts.keep(side)


def held_languages(document) -> list[str]:
    """The languages in which a text was taken back and is kept."""
    if not document.pk:
        return []
    held = document.side_rows.filter(draft__withdrawn__isnull=False)
    return list(held.values_list("language", flat=True))


def _keep_what_is_new(document, side: Side, draft: dict):
    """After a side was put back: the draft goes, unless it says something else by now."""
    taken = draft.pop("taken")
    written = {key: text for key, text in drafts.texts(draft).items() if text}
    if written == taken["texts"] and drafts.base(draft) == (taken["base"] or {}):
        drafts.forget(side, is_done=True)
        return
    draft["parent"] = snapshots.of(document)[side.language].digests
    drafts.keep(side)
