"""The buttons of the desk: what each does, once the page's texts are saved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from translations.acts import confirming, publishing, reviewing
from translations.desk import checking, drafting, people, posted, restoring
from translations.desk.posted import PostedRow
from translations.fields import printable


@dataclass(frozen=True)
class Deed:
    """One pressed button: where, by whom, and what stood in the page."""

    document: object
    language: str
    person: object
    fields: Mapping[str, str]
    rows: list[PostedRow]
    outcome: drafting.Outcome

    @property
    def where(self) -> tuple:
        return self.document, self.language, self.person

    @property
    def side(self) -> tuple:
        """As `acts` are told of a side."""
        return type(self.document), self.document.pk, self.language

    def key(self, posted: str) -> str:
        """The key that a row has now which was posted under another."""
        received = self.outcome.rows.get(posted)
        return received.key if received else posted

    def seen(self, posted: str):
        return next((row.seen for row in self.rows if row.key == posted), None)


def do(deed: Deed, button: str) -> str:
    """Do what `button` says ("confirm:<key>"). Gives the words that the page says of it, "" for
    none.

    Raises ValueError or ValidationError, in words for the person, where it cannot be done;
    PermissionDenied where it may not.
    """
    name, *about = button.split(":")
    deed_of, count = DEEDS.get(name, (None, 0))
    if deed_of is None or len(about) != count:
        raise ValueError(_("This button is not known here."))
    return deed_of(deed, *about)


def _save(deed: Deed) -> str:
    return _("Saved.") if deed.outcome.changed else ""


def _submit(deed: Deed) -> str:
    if _is_of_now(deed):
        _take_along(deed.side, deed.person)
    reviewing.submit(*deed.side, person=deed.person)
    return _("Sent for review. Thank you!")


def _publish(deed: Deed) -> str:
    if not people.may(deed.person, "publish", deed.language):
        raise PermissionDenied(_("You may not publish in this language."))
    if _is_of_now(deed):
        _take_along(deed.side, deed.person)
    return _written_for_readers(deed.side, deed.person)


def publish(side: tuple, person, *, anyway: bool = False, revision: int | None = None) -> str:
    """Publish a draft that was reviewed; gives the words for it. Raises publishing.Moved and
    ValidationError."""
    revision = _take_along(side, person, revision, anyway=anyway)
    return _written_for_readers(side, person, anyway=anyway, revision=revision)


def _written_for_readers(side: tuple, person, **how) -> str:
    how["person"] = person
    try:
        document = publishing.publish_side(*side, **how)
    except IntegrityError:
        # The address that was free was taken in the same moment; now another one is.
        document = publishing.publish_side(*side, **how)
    if document.is_live:
        return _("Published: readers see it now.")
    return _("Published with the text: readers see it when they see the original.")


def _take_along(
    side: tuple, person, revision: int | None = None, *, anyway: bool = False
) -> int | None:
    """Let the draft hold the pictures that its original has: the page showed them there.

    `revision` is the draft's that somebody read; gives the one that it is now. Where the original
    has moved on since, what is refused for that is the draft as it was, unless `anyway`.
    """
    model, pk, language = side
    document = model._default_manager.get(pk=pk)
    with drafting.at_work(document, language, person) as opened:
        read = opened.side.revision
        is_of_now = opened.saw in ("", opened.fingerprint)
        if revision in (None, read) and (is_of_now or anyway):
            opened.take_along()
    return opened.side.revision if revision == read else revision


def _is_of_now(deed: Deed) -> bool:
    """Whether the page showed the original as it is."""
    return deed.fields.get("saw") == deed.outcome.opened.fingerprint


def _confirm(deed: Deed, key: str) -> str:
    seen = deed.seen(key)
    place, shown = deed.outcome.opened.find(deed.key(key))
    if not _confirms_at_once(deed) or shown.kind not in ("changed", "moved"):
        drafting.confirm(*deed.where, shown.key, seen)
        return ""
    old = [[segment.path, segment.html] for segment in shown.row.source]
    confirming.confirm_segments(*deed.side, part=place.key, old=old, new=seen or shown.seen)
    return _("Still correct: noted.")


def _confirm_all(deed: Deed) -> str:
    brings = deed.outcome.opened.brings and _is_of_now(deed)
    if not _confirms_at_once(deed) or brings:
        # Pictures that came with the original are not in the text yet: the draft takes them along.
        drafting.confirm_all(*deed.where)
        return ""
    confirming.confirm_side(*deed.side, saw=deed.fields.get("saw", ""))
    return _("Still correct: noted for the whole text.")


def _confirms_at_once(deed: Deed) -> bool:
    """A public side without a draft is confirmed as it stands, by who may publish it: no word of it
    changes. Anything else is confirmed in the draft and becomes true when that is published."""
    side = deed.outcome.opened.side
    return side.draft is None and side.whole and people.may(deed.person, "publish", deed.language)


def _discard(deed: Deed) -> str:
    restoring.discard(*deed.where)
    return _("The draft is discarded. What it said is kept among the versions.")


def _mend(how: str) -> Callable[[Deed, str], str]:
    def mend(deed: Deed, key: str) -> str:
        drafting.mend(*deed.where, deed.key(key), how)
        return ""

    return mend


def _dismiss(deed: Deed, key: str) -> str:
    drafting.dismiss(*deed.where, deed.key(key))
    return ""


def _take(deed: Deed, key: str, number: str) -> str:
    drafting.take(*deed.where, deed.key(key), posted.number(number))
    return ""


def _drop(deed: Deed, key: str, number: str) -> str:
    drafting.drop(*deed.where, deed.key(key), posted.number(number))
    return ""


def _allow(deed: Deed, key: str, problem: str) -> str:
    reason = printable(deed.fields.get(f"reason-{key}-{problem}", ""))
    reason = " ".join(reason.split())[:200]
    if not re.fullmatch(r"[a-z0-9_-]{1,60}", problem):
        raise ValueError(_("This button is not known here."))
    if not reason:
        raise ValidationError(_("Say in a few words why it is right as it is."))
    checking.allow(*deed.where, deed.key(key), problem, reason)
    return ""


# Name → what it does, and how much it is told besides: a row, a number, a problem.
DEEDS: dict[str, tuple[Callable[..., str], int]] = {
    "save": (_save, 0),
    "submit": (_submit, 0),
    "publish": (_publish, 0),
    "confirm_all": (_confirm_all, 0),
    "discard": (_discard, 0),
    "confirm": (_confirm, 1),
    "dismiss": (_dismiss, 1),
    **{how: (_mend(how), 1) for how in ("up", "down", "merge", "split")},
    "take": (_take, 2),
    "drop": (_drop, 2),
    "allow": (_allow, 2),
}
