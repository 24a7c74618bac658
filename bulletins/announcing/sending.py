"""What is due, sent. By `run_due`, as often as it likes and in as many processes at once.

At most once, as far as anybody can know: a row is claimed and committed before the mail is handed
over. Where the connection breaks off, or the process ends, between the two, nobody knows whether
the list has it. Such a row is not sent again by itself: the log asks a person who can look. What
was surely not sent is tried again, with growing pauses.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import NamedTuple

from django.core import mail
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from bulletins.announcing import mails, queue
from bulletins.announcing.handing_over import SENT, Outcome, hand_over
from bulletins.announcing.models import Announcement, State, Why
from bulletins.models import Bulletin
from translations import news
from translations.models import Side

log = logging.getLogger(__name__)

# Before the second try, the third, and so on. After the last of them it has failed.
PAUSES = [
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(days=1),
]
# Longer than any conversation with a mail server takes, of which each step has its time-out.
LEASE = timedelta(minutes=30)
# What nobody could send for so long (no cron, no mail server) does not burst out when it is mended.
TOO_OLD = timedelta(days=3)


class Claimed(NamedTuple):
    """A row that this process alone may send now, and its mail."""

    pk: int
    tries: int
    message: mail.EmailMultiAlternatives


def send() -> int:
    """Send what is due; gives the number of mails. Nothing where this site cannot send any.

    One list that refuses keeps no other waiting. Where the mail server itself does not answer, the
    others wait for the next time, without a try lost.
    """
    # Also where no mail can be sent: nobody is to be told that it waits.
    queue.drop_without_list()
    if not news.is_possible():
        return 0
    _tidy()
    count = 0
    due = Announcement.objects.filter(state=State.QUEUED, next_try_at__lte=timezone.now())
    for pk in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)):
        outcome = _send(pk)
        count += outcome == SENT
        if outcome and outcome.why in (Why.UNREACHABLE, Why.LOGIN):
            break
    return count


def _tidy():
    """What was left half-way by a process that ended, and what has waited for too long."""
    now = timezone.now()
    left = Announcement.objects.filter(state=State.SENDING, next_try_at__lt=now)
    left.update(state=State.UNSURE, error=Why.STOPPED)
    old = Announcement.objects.filter(state=State.QUEUED, next_try_at__lt=now - TOO_OLD)
    old.update(state=State.FAILED, error=Why.TOO_LATE)


def _send(pk: int) -> Outcome | None:
    claimed = claim(pk)
    if claimed is None:
        return None
    outcome = hand_over(claimed.message)
    _note(claimed, outcome)
    return outcome


# Before ------------------------------------------------------------------------------------------


def claim(pk: int) -> Claimed | None:
    """Take a row for this process, with its mail as the text reads now; None where it is not to be
    sent, or not by us. Committed when it returns."""
    try:
        with transaction.atomic():
            return _claim(pk)
    except DatabaseError:
        raise
    except Exception as error:
        # Whatever it is: this one must not keep the others from being sent, now and each time.
        log.exception("Announcement %s cannot be written: %s.", pk, type(error).__name__)
        _note_fault(pk)
        return None


def _claim(pk: int) -> Claimed | None:
    bulletin = _locked_bulletin(pk)
    due = Announcement.objects.filter(
        pk=pk, state=State.QUEUED, next_try_at__lte=timezone.now()
    ).select_for_update()
    row = due.first()
    if row is None:
        return None
    address = queue.lists().get(row.language)
    if changes := _against(row, bulletin, address):
        due.update(**changes)
        return None
    message = mails.message(bulletin, row.language, address)
    lease = timezone.now() + LEASE
    changes = {"state": State.SENDING, "error": "", "address": address, "next_try_at": lease}
    # The state is asked for once more where rows have no locks of their own (SQLite).
    if not due.update(**changes, tries=F("tries") + 1):
        return None
    return Claimed(pk, row.tries + 1, message)


def _locked_bulletin(pk: int) -> Bulletin | None:
    """The bulletin first, then its row of the log: in the order of every save."""
    key = Announcement.objects.filter(pk=pk).values_list("bulletin_id", flat=True).first()
    return Bulletin.objects.select_for_update().filter(pk=key).first()


def _against(row: Announcement, bulletin: Bulletin | None, address: str | None) -> dict | None:
    """What to write of a row that is not to be sent, or not now; None where nothing speaks
    against it."""
    if bulletin is None:
        return {"state": State.DROPPED, "error": Why.TAKEN_BACK}
    if not bulletin.announce:
        return {"state": State.DROPPED, "error": Why.UNTICKED}
    sides = Side.objects.of(bulletin).filter(language=row.language)
    since = sides.values_list("public_since", flat=True).first()
    if since is None or not bulletin.is_committed or not bulletin.has_side(row.language):
        return {"state": State.DROPPED, "error": Why.TAKEN_BACK}
    if (due := max(since, bulletin.published_at)) > timezone.now():
        return {"next_try_at": due}
    if address is None:
        return {"state": State.DROPPED, "error": Why.NO_LIST}
    return None


# Afterwards --------------------------------------------------------------------------------------


def _note(claimed: Claimed, outcome: Outcome):
    changes = _changes(outcome, claimed.tries)
    if outcome.why:
        # Neither the list nor what the server said of it, which may name it.
        log.warning("Announcement %s, try %s: %s.", claimed.pk, claimed.tries, outcome.why.value)
    mine = Announcement.objects.filter(pk=claimed.pk, tries=claimed.tries)
    # Unsure: it took longer than the lease, and yet it ended.
    mine.filter(state__in=[State.SENDING, State.UNSURE]).update(**changes)


def _note_fault(pk: int):
    """No mail could be made. Maybe one can in a while: the program is being replaced just now."""
    outcome = Outcome(State.FAILED, Why.FAULTY, again=True)
    for row in Announcement.objects.filter(pk=pk, state=State.QUEUED):
        changes = _changes(outcome, row.tries + 1)
        waiting = Announcement.objects.filter(pk=pk, state=State.QUEUED, tries=row.tries)
        waiting.update(**changes, tries=row.tries + 1)


def _changes(outcome: Outcome, tries: int) -> dict:
    """What to write of a row after so many tries."""
    now = timezone.now()
    changes = {"state": outcome.state, "error": outcome.why}
    if outcome == SENT:
        changes["sent_at"] = now
    elif outcome.again and tries <= len(PAUSES):
        changes |= {"state": State.QUEUED, "next_try_at": now + PAUSES[tries - 1]}
    return changes
