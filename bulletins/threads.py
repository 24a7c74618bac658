"""Threads: bulletins that go on from one another.

Each names the one it `follows`; `thread` is the one with which all of them began, kept here, so
that a whole thread is one query. What readers get of it is in `stories`.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refuse_circle(bulletin):
    """Raise ValidationError where a bulletin would follow itself, or one that follows it."""
    if not bulletin.pk or not bulletin.follows_id:
        return
    if bulletin.follows_id == bulletin.pk:
        raise ValidationError({"follows": _("A bulletin cannot follow itself.")})
    if bulletin.pk in _above(bulletin):
        raise ValidationError(
            {"follows": _("That one follows this one already: a thread goes one way.")}
        )


def keep(bulletin, before: dict):
    """Called by every save: a bulletin that follows another takes its own followers along.

    Raises ValidationError for a circle, which no form has refused where a command saves.
    """
    if before.get("follows_id") == bulletin.follows_id:
        return
    refuse_circle(bulletin)
    _join(bulletin, _root(bulletin))


def let_go(document, *, is_going: bool):
    """Before a bulletin is deleted, those that follow it take its place (`followers`).

    Where it was the beginning of several, each of them begins a thread of its own: nobody has said
    that they belong together.
    """
    from bulletins.models import Bulletin

    if not is_going or not isinstance(document, Bulletin):
        return
    rows = Bulletin.objects.filter(pk=document.pk)
    # As it stands: of several that are deleted together, one before may just have moved this.
    above = rows.values_list("follows_id", flat=True).first()
    for follower in Bulletin.objects.light().filter(follows=document.pk).order_by("pk"):
        Bulletin.objects.filter(pk=follower.pk).update(follows=above)
        follower.follows_id = above
        _join(follower, _root(follower))


def root_of(bulletin) -> int:
    """The key of the bulletin with which the thread of this one began: its own, maybe."""
    return bulletin.thread_id or bulletin.pk


def _root(bulletin) -> int | None:
    above = _above(bulletin)
    return above[-1] if above else None


def _above(bulletin) -> list[int]:
    """What it follows, what that follows, and so on. Ends where a circle would begin."""
    rows = type(bulletin).objects
    found, key = [], bulletin.follows_id
    while key and key not in found:
        found.append(key)
        key = rows.filter(pk=key).values_list("follows_id", flat=True).first()
    return found


def _join(bulletin, root: int | None):
    """Give the bulletin and all that follow it their root."""
    rows = type(bulletin).objects
    bulletin.thread_id = root
    rows.filter(pk=bulletin.pk).update(thread=root)
    seen, level = {bulletin.pk}, [bulletin.pk]
    while level:
        found = rows.filter(follows__in=level).exclude(pk__in=seen).values_list("pk", flat=True)
        level = sorted(found)
        seen.update(level)
        rows.filter(pk__in=level).update(thread=root or bulletin.pk)
