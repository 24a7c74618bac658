"""The addresses behind a name, looked up once and within a time."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable

from links.checking.outcomes import Failed, Problem

# (host, port) → IP addresses. Raises OSError.
Resolve = Callable[[str, int], list[str]]

# The system's own look-up cannot be broken off: one that hangs keeps its thread a while longer.
_AT_ONCE = 16
_free = threading.BoundedSemaphore(_AT_ONCE)
_MISSING = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def system(host: str, port: int) -> list[str]:
    """What this machine's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(sockaddr[0] for *_kind, sockaddr in found))


def look_up(host: str, port: int, resolve: Resolve, seconds: float) -> list[str]:
    """The IP addresses of `host`, at least one. Raises Failed, also where it takes too long."""
    if not _free.acquire(timeout=max(seconds, 0)):
        raise Failed(Problem.TIME_OUT)
    answer: queue.SimpleQueue = queue.SimpleQueue()
    arguments = (host, port, resolve, answer)
    threading.Thread(target=_answer, args=arguments, daemon=True).start()
    try:
        found = answer.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise Failed(Problem.TIME_OUT) from None
    if isinstance(found, socket.gaierror):
        is_missing = found.errno in _MISSING
        raise Failed(Problem.NO_NAME if is_missing else Problem.OUR_NETWORK) from found
    if isinstance(found, Exception) or not found:
        raise Failed(Problem.NO_NAME)
    return found


def _answer(host: str, port: int, resolve: Resolve, answer: queue.SimpleQueue):
    try:
        answer.put(resolve(host, port))
    except (OSError, UnicodeError, ValueError) as error:
        answer.put(error)
    finally:
        _free.release()
