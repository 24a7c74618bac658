"""Whose turn it is: one visit per host at a time, with a pause before the next."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Hashable, Iterable


class Turns:
    """What is still to be visited, host by host. Many threads may ask for the next.

    `items` are (what, host). `until` (of time.monotonic) is when no visit begins any more.
    """

    def __init__(self, items: Iterable[tuple[Hashable, str]], *, pause: float, until: float):
        self._waiting: dict[str, deque] = {}
        for item, host in items:
            self._waiting.setdefault(host, deque()).append(item)
        self._pause, self._until = pause, until
        self._busy: set[str] = set()
        self._free_at: dict[str, float] = {}
        self._changed = threading.Condition()

    def take(self) -> tuple[Hashable, str] | None:
        """The next (what, host) whose turn it is, once there is one; None at the end."""
        with self._changed:
            while self._waiting and time.monotonic() < self._until:
                host = next(filter(self._is_free, self._waiting), None)
                if host is None:
                    self._changed.wait(self._patience(self._waiting))
                    continue
                # To the end of the line, so that nobody waits for a host with many links.
                items = self._waiting.pop(host)
                item = items.popleft()
                if items:
                    self._waiting[host] = items
                self._busy.add(host)
                return item, host
        return None

    def move(self, old: str, new: str) -> bool:
        """Leave one host and wait for the turn of another; False where the end comes first."""
        with self._changed:
            self._leave(old)
            while not self._is_free(new):
                if time.monotonic() >= self._until:
                    return False
                self._changed.wait(self._patience([new]))
            self._busy.add(new)
        return True

    def leave(self, host: str):
        """This visit is over."""
        with self._changed:
            self._leave(host)

    def stop(self):
        """No visit begins any more."""
        with self._changed:
            self._until = 0
            self._changed.notify_all()

    def _leave(self, host: str):
        if host in self._busy:
            self._busy.discard(host)
            self._free_at[host] = time.monotonic() + self._pause
            self._changed.notify_all()

    def _is_free(self, host: str) -> bool:
        return host not in self._busy and self._free_at.get(host, 0) <= time.monotonic()

    def _patience(self, hosts: Iterable[str]) -> float:
        """How long nothing changes by itself."""
        now = time.monotonic()
        times = [self._free_at[host] for host in hosts if self._free_at.get(host, 0) > now]
        return max(min([self._until, *times]) - now, 0.001)
