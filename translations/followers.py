"""Who wants to know what becomes of documents.

Rooms above register a function when they start (`AppConfig.ready`). It is called in the transaction
of whatever was written, once the sides of the document are known anew, and once more before a
document is deleted.
"""

from __future__ import annotations

from typing import Protocol


class Follower(Protocol):
    def __call__(self, document, *, is_going: bool) -> None:
        """`document` has changed, is new, or is about to be deleted (`is_going`)."""


_followers: list[Follower] = []


def register(follower: Follower):
    """Call `follower` from now on. Once is enough: a second time changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def tell(document, *, is_going: bool = False):
    """Tell everybody who follows that `document` has changed, or is about to be deleted."""
    for follower in _followers:
        follower(document, is_going=is_going)
