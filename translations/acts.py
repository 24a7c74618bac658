"""What is done to a document or to one of its sides as a whole.

Each act locks the document, then the side, reads both anew, and writes, in one transaction.
"""

from __future__ import annotations

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import languages
from translations import parts, registry, rules, sides
from translations.models import Side, SideVersion
from translations.parts import Base

TITLES = {
    "withdraw": gettext_lazy("Take this side back"),
    "put_back": gettext_lazy("Put this side back"),
    "unpublish": gettext_lazy("Take this back from readers"),
}
DONE = {
    "withdraw": gettext_lazy("This side is no longer public. Its text is kept."),
    "put_back": gettext_lazy("This side is back."),
    "unpublish": gettext_lazy("It is a draft again. Readers are told that it was taken back."),
}


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


# The document ----------------------------------------------------------------------------------


@transaction.atomic
def unpublish(model, pk):
    """Make a document a draft again. Its addresses answer 410."""
    document = _locked(model, pk)
    document.published_at = None
    document.save()
    return document


@transaction.atomic
def swap_source(model, pk, language: str):
    """Make `language` the one that the others are translations of.

    Raises ValidationError unless that side says what the source says now.
    """
    document = _locked(model, pk)
    document.source_language = language
    document.full_clean(exclude=[f.name for f in model._meta.fields if f.name != "source_language"])
    document.save()
    return document


@contextmanager
def minor_change(document):
    """What is saved inside leaves the translations valid: a comma, a spelling, a name mended.

    Only this change is carried into what they are based on: one that was outdated stays outdated.
    """
    with sides.together() as event:
        row = _locked(type(document), document.pk)
        source = row.source_language
        event.minor_from = {part.key: part.segments(source) for part in parts.of(row)}
        event.minor_of = (type(row), row.pk)
        yield


@transaction.atomic
def hold(model, pk, waiting_for: list[str]):
    """Let a draft wait for its sides in `waiting_for`: with the last of them it is published.

    An empty list lets it wait for nobody.
    """
    document = _locked(model, pk)
    for side in Side.objects.of(document).select_for_update():
        side.hold = side.language in waiting_for and not side.is_source
        side.save(update_fields=["hold"])


# One side --------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(model, pk, language: str):
    """Take one side back from readers, who get the fallback; its text becomes its draft.

    Where somebody is at work on a draft already, that one stays; what readers saw is among the
    versions. Raises ValidationError for the source side of a document that must have one.
    """
    from translations.desk import drafts

    document = _locked(model, pk)
    must_stay = registry.options(document).required and document.is_committed
    if language == document.source_language and must_stay:
        raise ValidationError(
            _(
                "This is the language it was written in: without it, there is nothing to show. "
                "Take the whole text back, or first say that it was written in the other language."
            )
        )
    side = _locked_side(document, language)
    if not side.begun:
        return document
    if side.draft is None:
        side.draft = drafts.begin(side, document)
    proposed = registry.columns(registry.options(document).proposed, language=language)
    side.draft["withdrawn"] = {
        name: text for name in proposed if (text := getattr(document, name)) is not None
    }
    # Putting it back gives readers this, whatever becomes of the draft meanwhile.
    side.draft["taken"] = {
        "texts": sides.snapshots(document)[language].texts,
        "base": side.based_on,
        "alignment": side.alignment,
    }
    # From now on there is no public text that could move under it.
    side.draft["parent"] = {}
    _keep_draft(side)
    with sides.together() as event:
        event.act = "withdrawn"
        for item in (document, *document.children()):
            columns = registry.columns(registry.written(item), language=language)
            _set(item, dict.fromkeys(columns), "withdraw")
    return document


@transaction.atomic
def put_back(model, pk, language: str, *, person=None):
    """Give a side that was taken back to readers again, as they had it; a draft in which somebody
    has written something else stays one.

    Parts that are no longer there are left out. Raises ValidationError where nothing is held, or
    where somebody has written this side anew.
    """
    document = _locked(model, pk)
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
    side = _locked_side(document, language)
    taken = side.draft.get("taken")
    if taken is None:
        # Taken back before both were kept apart: its draft is all there is.
        return publish_side(model, pk, language, person=person, anyway=True, act="put_back")
    draft = side.draft
    with sides.together() as event:
        event.act, event.author = "put_back", person
        # Where nobody knew what it said, nobody knows now.
        event.bases[language] = taken["base"] or {}
        event.alignments[language] = taken["alignment"]
        _write_texts(document, language, taken["texts"], draft.pop("withdrawn"), "put_back")
        sides.refresh(document)
        _set_orphans_aside(document, side, taken["texts"], person)
        was_held = side.hold
        _keep_what_is_new(document, side, draft)
        _publish_if_awaited(document, was_held and not side.hold)
    return document


def held_languages(document) -> list[str]:
    """The languages in which a text was taken back and is kept."""
    if not document.pk:
        return []
    held = document.side_rows.filter(draft__withdrawn__isnull=False)
    return list(held.values_list("language", flat=True))


@transaction.atomic
def submit(model, pk, language: str, *, person):
    """Say that a draft is ready for somebody who may publish it.

    Raises ValidationError where there is no draft.
    """
    side = _locked_side(_locked(model, pk), language)
    if side.draft is None:
        raise ValidationError(_("There is nothing to submit yet: write something first."))
    side.submitted_at, side.submitted_by, side.note = timezone.now(), person, ""
    side.save(update_fields=["submitted_at", "submitted_by", "note"])


@transaction.atomic
def send_back(model, pk, language: str, *, note: str):
    """Give a submitted draft back to its translator, with what is still to be done.

    Raises ValidationError where there is no draft (any more): nobody would read the note.
    """
    side = _locked_side(_locked(model, pk), language)
    if side.draft is None:
        raise ValidationError(_("There is nothing to send back: there is no draft any more."))
    side.submitted_at, side.note = None, note.strip()
    side.save(update_fields=["submitted_at", "note"])


@transaction.atomic
def publish_side(
    model, pk, language: str, *, person=None, anyway: bool = False, act: str = "published"
):
    """Write a draft into its language's columns; of a live document, readers see it at once.

    It then says what its translator saw in the source. Raises Moved where the source or the side
    is not what it was then, unless `anyway`; ValidationError where a required text is missing or
    does not fit. Nothing is written then.
    """
    from translations.desk import drafts

    document = _locked(model, pk)
    side = _locked_side(document, language)
    if side.draft is None:
        raise ValidationError(_("There is nothing to publish: nobody has written a draft."))
    if not anyway:
        _require_unmoved(document, side)
    texts = drafts.texts(side.draft)
    with sides.together() as event:
        event.act, event.author = act, person
        event.bases[language] = drafts.base(side.draft)
        event.alignments[language] = drafts.alignment(side.draft)
        _write_texts(document, language, texts, side.draft.get("withdrawn") or {}, act)
        # A draft of confirmations alone changes no column, and says something all the same.
        sides.refresh(document)
        _set_orphans_aside(document, side, texts, person)
        was_held = side.hold
        _forget_draft(side)
        _publish_if_awaited(document, was_held)
    return document


@transaction.atomic
def confirm_side(model, pk, language: str, *, saw: str):
    """“Still correct”, for the whole of a public side.

    `saw` is the fingerprint of the source that the person looked at; raises Moved for another.
    """
    document = _locked(model, pk)
    side = _locked_side(document, language)
    if side.source_fingerprint != saw:
        raise Moved(source=True, side=False)
    now = sides.snapshots(document)[document.source_language]
    _rebase(document, side, now.kept)


@transaction.atomic
def confirm_segments(model, pk, language: str, *, part: str, old: Base, new: Base):
    """“Still correct”, for one row of a public side: where it said `old`, it says `new` now.

    `old` is empty for what is new in the source. Does nothing where the side is not based on `old`.
    """
    document = _locked(model, pk)
    side = _locked_side(document, language)
    if side.based_on is None or not side.whole:
        return
    source = sides.snapshots(document)[document.source_language]
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


# How it is done --------------------------------------------------------------------------------


def _locked(model, pk):
    return model._default_manager.select_for_update().get(pk=pk)


def _locked_side(document, language: str) -> Side:
    side = Side.objects.of(document).select_for_update().filter(language=language).first()
    if side is None:
        # Rows written around save(): from a fixture, by hand.
        sides.refresh(document)
        side = Side.objects.of(document).select_for_update().get(language=language)
    return side


def _publish_if_awaited(document, was_held: bool):
    """With the last side that a draft waited for. What is published already keeps its moment."""
    if not was_held or document.is_committed:
        return
    if not Side.objects.of(document).filter(hold=True).exists():
        document.published_at = timezone.now().replace(microsecond=0)
        document.save()


def _require_unmoved(document, side: Side):
    source = bool(side.draft["saw"]) and side.draft["saw"] != side.source_fingerprint
    own = sides.snapshots(document)[side.language].digests
    begun_from = side.draft["parent"]
    moved = any(own.get(key, "") != begun_from.get(key, "") for key in {*own, *begun_from})
    if source or moved:
        raise Moved(source=source, side=moved)


def _write_texts(document, language, texts, proposed, act):
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
            _set(item, columns, act)
        except ValidationError as error:
            raise ValidationError(_in_words(error, found, language)) from error


def _in_words(error: ValidationError, found: list[parts.Part], language: str) -> list[str]:
    names = {part.column(language): part for part in found}
    told = []
    for column, messages in error.message_dict.items():
        part = names.get(column)
        where = f"{part.item}: " if part is not None and part.item_key else ""
        told += [f"{where}{message}" for message in messages]
    return told


def _set_orphans_aside(document, side, texts, person):
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


def _keep_what_is_new(document, side: Side, draft: dict):
    """After a side was put back: the draft goes, unless it says something else by now."""
    from translations.desk import drafts

    taken = draft.pop("taken")
    written = {key: text for key, text in drafts.texts(draft).items() if text}
    if written == taken["texts"] and drafts.base(draft) == (taken["base"] or {}):
        _forget_draft(side)
        return
    draft["parent"] = sides.snapshots(document)[side.language].digests
    _keep_draft(side)


def _keep_draft(side: Side):
    side.has_draft = True
    side.draft_at = side.draft_at or timezone.now()
    side.revision += 1
    side.save(update_fields=["draft", "has_draft", "draft_at", "revision"])


def _forget_draft(side: Side):
    side.draft, side.has_draft, side.draft_at, side.draft_by = None, False, None, None
    side.submitted_at = side.submitted_by = side.claimed_by = side.claimed_until = None
    side.note, side.hold = "", False
    side.revision += 1
    names = ["draft", "has_draft", "draft_at", "draft_by", "submitted_at", "submitted_by"]
    side.save(update_fields=[*names, "claimed_by", "claimed_until", "note", "hold", "revision"])


def _rebase(document, side: Side, base: dict[str, Base]):
    with sides.together() as event:
        event.bases[side.language] = base
        sides.refresh(document)


def _set(item, columns: dict, act: str):
    # The history page names the act by this.
    item._change_reason = act
    for column, text in columns.items():
        setattr(item, column, text)
    item.save()
