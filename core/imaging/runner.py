"""Runs the child process of a picture, and believes nothing of what comes back but what it checks.

The file goes in as the child's standard input and its answer comes back through an unnamed file in
memory: neither ever has a name on a disk.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from core.imaging import formats
from core.imaging.terms import REMOVED, Limits, Processed, Region, Rendition, Unfit

CHILD = Path(__file__).with_name("child.py")
# Nothing of the server's. For malloc, one pool of memory: with one for each thread, the same work
# took a quarter more, and three times the addresses.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
logger = logging.getLogger(__name__)

# Each may take as much memory as `Limits` says: no more of them at once than a small machine has.
AT_ONCE = 2
_PATIENCE = 60
_turns = threading.BoundedSemaphore(AT_ONCE)

_HEAD_MOST = 65_536
_RENDITIONS_MOST = 40
_FORMATS = {"png": "PNG", "webp": "WEBP", "jpeg": "JPEG", "avif": "AVIF"}
_KILLED_BY_SYSTEM = (-signal.SIGXCPU, -signal.SIGALRM)


def unnamed_file() -> BinaryIO:
    """A file that can be read and written and that no folder holds: in memory where the system can
    do that (Linux), else deleted before anything is written into it."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("picture"), "w+b")
    return tempfile.TemporaryFile()


def run(file: int, name: str, regions: list[Region], limits: Limits) -> Processed:
    """What the child makes of the open file number `file`, a picture of the format `name`.

    Raises Unfit where it makes nothing.
    """
    job = {
        "format": name,
        "limits": asdict(limits),
        "regions": [asdict(region) for region in regions],
    }
    with _turn(), unnamed_file() as answer:
        status = _status_of_child(file, answer.fileno(), job, limits)
        if status:
            raise _crash(status, name)
        return _believed(answer.fileno(), limits)


@contextmanager
def _turn():
    if not _turns.acquire(timeout=_PATIENCE):
        raise Unfit("busy")
    try:
        yield
    finally:
        _turns.release()


def _status_of_child(file: int, answer: int, job: dict, limits: Limits) -> int:
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), json.dumps(job)],
        stdin=file,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=ENVIRONMENT,
    )
    try:
        return child.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        raise Unfit("slow") from None
    finally:
        child.kill()
        child.wait()


def _crash(status: int, name: str) -> Unfit:
    """Why a child ended without an answer."""
    if status in _KILLED_BY_SYSTEM:
        return Unfit("slow")
    if status == -signal.SIGKILL:
        return Unfit("memory")
    # Nothing of the file is written down, and not its name: only that, and of which format.
    logger.warning("The decoding of a %s picture ended with status %s.", name, status)
    return Unfit("broken")


# The answer -----------------------------------------------------------------------------------


def _believed(answer: int, limits: Limits) -> Processed:
    """The answer, checked as if a stranger had written it: after a broken decoder one may have."""
    try:
        facts, files = _read(answer, limits)
        told = _unfit(facts) if "unfit" in facts else _processed(facts, files)
    except Exception as error:  # there is no end of ways in which an answer can be wrong
        logger.warning("A picture's child process answered nonsense: %s.", type(error).__name__)
        raise Unfit("broken") from error
    if isinstance(told, Unfit):
        raise told
    return told


def _unfit(facts: dict) -> Unfit:
    return Unfit(str(facts["unfit"]), **facts["facts"])


def _read(answer: int, limits: Limits) -> tuple[dict, list[bytes]]:
    size = os.fstat(answer).st_size
    if size > limits.answer_size:
        raise ValueError("too long")
    length = int.from_bytes(os.pread(answer, 4, 0))
    if not 0 < length <= _HEAD_MOST:
        raise ValueError("no head")
    facts = json.loads(os.pread(answer, length, 4))
    files, place = [], 4 + length
    for part in facts["sizes"]:
        if not isinstance(part, int) or part <= 0 or place + part > size:
            raise ValueError("no such file")
        files.append(os.pread(answer, part, place))
        place += part
    return facts, files


def _processed(facts: dict, files: list[bytes]) -> Processed:
    master, *others = files
    if len(others) > _RENDITIONS_MOST:
        raise ValueError("too many renditions")
    return Processed(
        master=_of_format(master, facts["master_format"]),
        master_format=facts["master_format"],
        width=_side(facts["width"]),
        height=_side(facts["height"]),
        has_alpha=facts["has_alpha"] is True,
        removed=[code for code in REMOVED if code in facts["removed"]],
        renditions=[
            Rendition(_side(width), _side(height), name, _of_format(data, name))
            for (width, height, name), data in zip(facts["renditions"], others, strict=True)
        ],
    )


def _side(value: object) -> int:
    if not isinstance(value, int) or not 0 < value <= 65_535:
        raise ValueError("no side of a picture")
    return value


def _of_format(data: bytes, name: str) -> bytes:
    if formats.sniff(data[: formats.HEAD]) != _FORMATS[name]:
        raise ValueError("another format than it says")
    return data
