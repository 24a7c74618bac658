"""Room on the interpreter's stack for pages that render thousands of small templates.

CPython (3.11 and later) keeps the frames of Python functions in chunks of 16 kB, and frees a chunk
as soon as its first frame is left. Where the end of a chunk happens to lie at the depth of a
template's inner loop, every variable there asks the kernel for a page and gives it back. A frame
that does not fit brings a chunk that does, so one frame that claims to be large gives all that it
calls room.

Measured with `benchmarks/desk.py`, a draft of 200 rows, in three runs: 37 to 45 times its reference
operation with room (170 to 210 ms), 78 to 94 times without (360 to 430 ms). Called from 21 depths
of the stack in turn, it took 38 times everywhere with room, and 39 to 97 times without: another
depth, or fewer templates inside one another, only moves the bad luck to somebody else's server.
"""

from __future__ import annotations

from functools import wraps

# In pointers: half a megabyte of addresses, of which only what is used becomes memory.
SLOTS = 40_000


def with_room(function):
    """`function`, called with a chunk of the stack for itself and all that it calls."""

    def call(*args, **kwargs):
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=SLOTS)
    return wraps(function)(call)
