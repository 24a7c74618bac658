"""What whoever changes the time of a call-out is told: what else there is to look at."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Bulletin, Kind


def warnings(bulletin: Bulletin, before: dict) -> Iterator[str]:
    """What to look at, in words, now that `bulletin` is saved; `before` is its row as it stood, {}
    for a new one. Nothing where its times are what they were, or where it is no call-out."""
    if bulletin.kind != Kind.CALLOUT:
        return
    if bulletin.is_committed and before.get("published_at") and _is_moved(bulletin, before):
        yield _(
            "The time has changed. Look whether the texts still name the old one, in each language."
        )
    if before.get("starts_at") and not bulletin.starts_at:
        yield _("It no longer says when it begins. Was that meant?")
    is_new = bulletin.starts_at != before.get("starts_at")
    if bulletin.starts_at and is_new and bulletin.starts_at < timezone.now():
        yield _("It begins in the past: is the year right?")


def _is_moved(bulletin: Bulletin, before: dict) -> bool:
    """Whether a text may name a time that was true."""
    times = [name for name in ("starts_at", "ends_at") if before[name]]
    names = [*times, "time_zone"] if times else []
    return any(before[name] != getattr(bulletin, name) for name in names)
