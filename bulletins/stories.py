"""A thread as readers get it: what they may see of it, and how that hangs together."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from bulletins import threads
from bulletins.models import Bulletin
from translations.registry import column


class Story:
    """What hangs together with one bulletin, from its beginning.

    What is not live leaves no trace: whatever follows it goes on from what it followed itself, and
    where that was the beginning of several, there are several stories now.
    """

    def __init__(self, thread: list[Bulletin], shown: Bulletin):
        """`thread` is the whole of it in order; `shown` belongs to it, live or not: a preview."""
        self._follows = {row.pk: row.follows_id for row in thread}
        self._known = {row.pk: row for row in thread if row.is_live or row == shown}
        self.beginning = self._beginning(shown)
        self.told = [row for row in self._known.values() if self._beginning(row) == self.beginning]

    @property
    def goes_on(self) -> bool:
        """Whether there is anything to tell beside one bulletin."""
        return len(self.told) > 1

    def address(self, language: str) -> str | None:
        """Where a reader of `language` finds the whole of it: at the slug of its beginning."""
        slug = getattr(self.beginning, column("slug", self.beginning.language_for(language)))
        if not slug:
            return None
        with override(language):
            return reverse("bulletins:thread", args=[slug])

    def earlier(self, bulletin: Bulletin) -> Bulletin | None:
        """What `bulletin` goes on from."""
        before = self._before(bulletin)
        return self._known[before[0]] if before else None

    def later(self, bulletin: Bulletin) -> list[Bulletin]:
        """Everything that goes on from `bulletin`, in order."""
        return [row for row in self.told if bulletin.pk in self._before(row)]

    def _beginning(self, bulletin: Bulletin) -> Bulletin:
        before = self._before(bulletin)
        return self._known[before[-1]] if before else bulletin

    def _before(self, bulletin: Bulletin) -> list[int]:
        """The keys of what it goes on from, the nearest first."""
        chain, key = [], self._follows.get(bulletin.pk)
        # A circle, which two people who save at the same moment might make, ends it.
        while key and key not in chain and key != bulletin.pk:
            chain.append(key)
            key = self._follows.get(key)
        return [key for key in chain if key in self._known]


def story_of(bulletin: Bulletin) -> Story:
    """The thread to which `bulletin` belongs: one query, whether there is more in it or not."""
    thread = Bulletin.objects.light().in_thread(threads.root_of(bulletin))
    return Story(list(thread), bulletin)
