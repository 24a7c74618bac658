"""Which sides go to mailing lists: those that readers get, of bulletins whose box is ticked.

A side is queued once, when readers get it or when the box is ticked, whichever comes later. What
readers lose before it went out is dropped, and queued again if it comes back; what was sent, what
failed, and what a person dropped stay as they are. A side that is due while its language has no
list in use is dropped for good: an old text does not go out when somebody adds a list.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bulletins.announcing.models import Announcement, MailingList, State, Why
from core import languages
from translations.models import Side

# Dropped by themselves, so they come back by themselves.
_REVOCABLE = (Why.TAKEN_BACK, Why.UNTICKED)


def follow(document, *, is_going: bool):
    """Told of every change of a document (`translations.followers`)."""
    if document._meta.label_lower != "bulletins.bulletin":
        return
    if is_going:
        _drop(document, Why.TAKEN_BACK)
    elif document.announce:
        _queue(document)


def ticked(bulletin, before: dict):
    """Called by every save: the box is a fact without words, which followers are not told of."""
    if not before or before["announce"] == bulletin.announce:
        return
    if bulletin.announce and bulletin.is_committed:
        _queue(bulletin)
    elif not bulletin.announce:
        _drop(bulletin, Why.UNTICKED)


def in_use():
    """The lists in use, of the languages that readers are offered."""
    return MailingList.objects.filter(is_active=True, language__in=languages.public())


def lists() -> dict[str, str]:
    """Language → address of the list in use, for the languages that readers are offered."""
    addresses = dict(in_use().values_list("language", "address"))
    return {code: addresses[code] for code in languages.public() if code in addresses}


def drop_without_list(**which):
    """Drop what is due and has no list in use, of the rows that `which` names. It stays dropped
    when there is a list, until a person sends it after all."""
    due = Announcement.objects.filter(state=State.QUEUED, next_try_at__lte=timezone.now(), **which)
    due.exclude(language__in=in_use().values("language")).update(
        state=State.DROPPED, error=Why.NO_LIST
    )


def retry(pk) -> bool:
    """Let what stopped be sent after all; False where it has not stopped. Whether readers still
    have it is asked when it is sent."""
    with transaction.atomic():
        row = Announcement.objects.select_for_update().filter(pk=pk).first()
        if row is None or not row.may_be_retried:
            return False
        _start_anew(row, timezone.now())
    return True


def arrived(pk) -> bool:
    """Somebody has seen it in the list, of which nobody knew; False where that was known."""
    unsure = Announcement.objects.filter(pk=pk, state=State.UNSURE)
    return bool(unsure.update(state=State.SENT, error=""))


def drop(pk) -> bool:
    """Keep what waits from being sent; False where it no longer waits."""
    waiting = Announcement.objects.filter(pk=pk, state=State.QUEUED)
    return bool(waiting.update(state=State.DROPPED, error=Why.BY_HAND))


def _queue(bulletin):
    now = timezone.now()
    rows = Announcement.objects.select_for_update().filter(bulletin=bulletin.pk)
    known = {row.language: row for row in rows.order_by("pk")}
    found = Side.objects.of(bulletin).filter(language__in=languages.public()).order_by("language")
    for language, since in found.values_list("language", "public_since"):
        row = known.get(language)
        if row is None and since:
            Announcement.objects.create(
                bulletin_id=bulletin.pk,
                language=language,
                queued_at=now,
                next_try_at=max(since, now),
            )
        elif row is not None:
            _bring_up_to(row, since, now)
    drop_without_list(bulletin=bulletin.pk)


def _bring_up_to(row: Announcement, since: datetime | None, now: datetime):
    """A row of the log with what readers have by now: the side since then, or not at all."""
    if row.state == State.DROPPED and row.error in _REVOCABLE and since:
        _start_anew(row, max(since, now))
    elif row.state == State.QUEUED and since is None:
        row.state, row.error = State.DROPPED, Why.TAKEN_BACK
        row.save(update_fields=["state", "error"])
    elif row.state == State.QUEUED and (since > now or not row.tries):
        # Readers get it at another time than was said.
        row.next_try_at = since if since > now else min(row.next_try_at, now)
        row.save(update_fields=["next_try_at"])


def _start_anew(row: Announcement, due: datetime):
    row.state, row.error, row.tries = State.QUEUED, "", 0
    row.queued_at, row.next_try_at = timezone.now(), due
    row.save(update_fields=["state", "error", "tries", "queued_at", "next_try_at"])


def _drop(bulletin, why: Why):
    rows = Announcement.objects.filter(bulletin=bulletin.pk)
    rows.filter(state=State.QUEUED).update(state=State.DROPPED, error=why)
    # Who ticks the box anew asks for all that did not go out.
    rows.filter(state=State.DROPPED).update(error=why)
