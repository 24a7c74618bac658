"""To submit a draft, and to send it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from translations.locking import locked_document, locked_side


@transaction.atomic
def submit(model, pk, language: str, *, person):
    """Say that a draft is ready for somebody who may publish it.

    It stays so while somebody goes on writing in it: a reviewer corrects what they read, and what
    comes in between is not published unread (`publishing.publish_side`, by the draft's revision).

    Raises ValidationError where there is no draft.
    """
    side = locked_side(locked_document(model, pk), language)
    if side.draft is None:
        raise ValidationError(_("There is nothing to submit yet: write something first."))
    side.submitted_at, side.submitted_by, side.note = timezone.now(), person, ""
    side.sent_back_at = side.sent_back_by = None
    side.save(
        update_fields=["submitted_at", "submitted_by", "note", "sent_back_at", "sent_back_by"]
    )


@transaction.atomic
def send_back(model, pk, language: str, *, note: str, person):
    """Give a submitted draft back to its translator, with what is still to be done.

    Raises ValidationError without a note, of which nobody would learn what is wrong, and where
    there is no draft (any more), where nobody would read it.
    """
    if not note.strip():
        raise ValidationError({"note": _("Say in the note what is still to be done.")})
    side = locked_side(locked_document(model, pk), language)
    if side.draft is None:
        raise ValidationError(_("There is nothing to send back: there is no draft any more."))
    side.submitted_at, side.note = None, note.strip()
    side.sent_back_at, side.sent_back_by = timezone.now(), person
    side.save(update_fields=["submitted_at", "note", "sent_back_at", "sent_back_by"])
