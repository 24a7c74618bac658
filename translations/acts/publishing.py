"""To give a side or a document to readers, to let it wait, and to take it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from translations import sides, snapshots
from translations.acts import writing
from translations.desk import drafts
from translations.locking import locked_document, locked_side
from translations.models import Side


class Moved(ValidationError):
    """The ground moved under a draft: `source` or `side` says what changed since it was seen."""

    def __init__(self, *, source: bool, side: bool):
        self.source, self.side = source, side
        if source:
            message = _(
                "The original has changed since you last saw it. Look at what changed, then "
                "publish again, or publish anyway: the side then counts as outdated."
            )
        else:
            message = _(
                "Somebody has changed this side elsewhere since this draft was begun. Compare, "
                "then publish anyway to put the draft in its place."
            )
        super().__init__(message, code="moved")


@transaction.atomic
def publish_side(
    model,
    pk,
    language: str,
    *,
    person=None,
    anyway: bool = False,
    revision: int | None = None,
    act: str = "published",
):
    """Write a draft into its language's columns; of a live document, readers see it at once.

    It then says what its translator saw in the source. Raises Moved where the source or the side
    is not what it was then, unless `anyway`; ValidationError where a required text is missing or
    does not fit, where a row holds two people's texts, which would end with the draft, or where the
    draft is not the one that was read, whose `revision` it was. Nothing is written then.
    """
    document = locked_document(model, pk)
    side = locked_side(document, language)
    # Behind the lock: who looks before it gives readers what came between.
    _require_ready(side, revision)
    if not anyway:
        _require_unmoved(document, side)
    texts = drafts.texts(side.draft)
    with sides.together() as event:
        event.act, event.author = act, person
        event.bases[language] = drafts.base(side.draft)
        event.alignments[language] = drafts.alignment(side.draft)
        writing.write_texts(document, language, texts, side.draft.get("withdrawn") or {}, act)
        # A draft of confirmations alone changes no column, and says something all the same.
        sides.refresh(document)
        writing.set_orphans_aside(document, side, texts, person)
        was_held = side.hold
        drafts.forget(side, is_done=True)
        publish_if_awaited(document, was_held)
    return document


def _require_ready(side: Side, revision: int | None):
    if side.draft is None:
        raise ValidationError(_("There is nothing to publish: nobody has written a draft."))
    if revision not in (None, side.revision):
        raise ValidationError(
            _("Somebody has changed this translation while you read it. Look again.")
        )
    if drafts.is_undecided(side.draft):
        raise ValidationError(
            _("Two people wrote in the same place. Take one text or drop the other, then publish.")
        )


def _require_unmoved(document, side: Side):
    source = bool(side.draft["saw"]) and side.draft["saw"] != side.source_fingerprint
    own = snapshots.of(document)[side.language].digests
    begun_from = side.draft["parent"]
    moved = any(own.get(key, "") != begun_from.get(key, "") for key in {*own, *begun_from})
    if source or moved:
        raise Moved(source=source, side=moved)


@transaction.atomic
def hold(model, pk, waiting_for: list[str]):
    """Let a draft wait for its sides in `waiting_for`: with the last of them it is published.

    An empty list lets it wait for nobody.
    """
    document = locked_document(model, pk)
    for side in Side.objects.of(document).select_for_update():
        side.hold = side.language in waiting_for and not side.is_source
        side.save(update_fields=["hold"])


def publish_if_awaited(document, was_held: bool):
    """With the last side that a draft waited for. What is published already keeps its moment."""
    if not was_held or document.is_committed:
        return
    if not Side.objects.of(document).filter(hold=True).exists():
        document.published_at = timezone.now().replace(microsecond=0)
        document.save()


@transaction.atomic
def unpublish(model, pk):
    """Make a document a draft again. Its addresses answer 410."""
    document = locked_document(model, pk)
    document.published_at = None
    document.save()
    return document
