"""Two processes that do something at the same moment, again and again.

Ten times in every run of the suite; TRACT_TEST_ROUNDS=100 asks for more.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise
from statistics import median

from django.core.management import call_command
from django.db import connection, connections

ROUNDS = int(os.environ.get("TRACT_TEST_ROUNDS", 10))
# Longer than either database waits for a lock: a process that hangs is a failure, not a wait.
PATIENCE = 30
# Who begins first is left to chance: within so many seconds, about as long as what they do takes.
OF_A_SAVE, OF_A_REQUEST = 0.03, 0.1

# What is prepared for a round, from its number; it gives what is then done in the same moment as
# the other process does its own, which may give a word on how it went.
Worker = Callable[[int], Callable[[], str | None]]


def race(*workers: Worker, spread: float = OF_A_REQUEST, note=None) -> list[list[str | None]]:
    """Run each worker in a process of its own, all of them once in every round.

    Gives the words of each worker, round by round. Whatever one of them raises (a lock that was
    not had, a deadlock) fails the test, and so does a race in which nobody met. `note` (pytest's
    `record_property`) is told in how many rounds they did, and how long everybody took.
    """
    forking = multiprocessing.get_context("fork")
    barrier = forking.Barrier(len(workers))
    runs = [_runner(worker, barrier, spread, seed) for seed, worker in enumerate(workers)]
    with forked(*runs) as started:
        results = [_last_word(pipe, PATIENCE + 2 * ROUNDS) for _process, pipe in started]
    assert all(results), "a process has failed: its traceback stands above"
    words, spans = zip(*results, strict=True)
    met = sum(_at_once(*spans_of_a_round) for spans_of_a_round in zip(*spans, strict=True))
    assert met, "none began before the other had ended"
    if note:
        note("met", met)
        for worker, found in zip(workers, spans, strict=True):
            name = worker.__qualname__.removesuffix(".<locals>.prepare").rpartition(".")[2]
            times = [1000 * (end - begin) for begin, end in found]
            note(f"ms_{name}", f"median {median(times):.1f}, longest {max(times):.1f}")
    return list(words)


def _at_once(*spans: tuple[float, float]) -> bool:
    return max(begin for begin, _end in spans) < min(end for _begin, end in spans)


def _last_word(pipe, seconds: float):
    try:
        return pipe.recv() if pipe.poll(seconds) else None
    except EOFError:  # it died without one
        return None


def _runner(worker: Worker, barrier, spread: float, seed: int):
    def run(pipe):
        words, spans = [], []
        chance = random.Random(seed)
        try:
            for number in range(1, ROUNDS + 1):
                act = worker(number)
                barrier.wait(PATIENCE)
                time.sleep(chance.uniform(0, spread))
                # One clock for all processes of a machine.
                begun = time.monotonic()
                words.append(act())
                spans.append((begun, time.monotonic()))
                barrier.wait(PATIENCE)
        except BaseException:
            barrier.abort()
            raise
        pipe.send((words, spans))

    return run


@contextmanager
def forked(*runs: Callable):
    """Each of `runs` in a process, called with its end of a pipe; gives (process, our end)s."""
    forking = multiprocessing.get_context("fork")
    # A connection to the database that two processes share would be the end of both.
    connections.close_all()
    started = []
    for run in runs:
        ours, theirs = forking.Pipe()
        process = forking.Process(target=_closing, args=(run, theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
    try:
        yield started
    finally:
        for process, ours in started:
            process.join(timeout=PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
            ours.close()


def _closing(run: Callable, pipe):
    try:
        run(pipe)
    finally:
        connections.close_all()


# What must be true afterwards -------------------------------------------------------------------


def number_in(text: str | None) -> int:
    """The last number in a text that a worker wrote, 0 in one that was there before."""
    words = "".join(c if c.isdigit() else " " for c in text or "").split()
    return int(words[-1]) if words else 0


def steps(model, *columns: str, **of) -> list[tuple[int, ...]]:
    """The numbers of some columns, history row by history row, the oldest first."""
    rows = model.history.filter(**of).order_by("history_id").values_list(*columns)
    return [tuple(map(number_in, row)) for row in rows]


def assert_each_row_is_one_step(found: list[tuple[int, ...]]):
    """No row of the history has an older text of another column, and none says nothing new."""
    for before, after in pairwise(found):
        moved = [new - old for old, new in zip(before, after, strict=True)]
        assert min(moved) == 0, (before, after)
        assert sum(map(bool, moved)) == 1, (before, after)


def assert_sides_are_known_as_they_are():
    """No fingerprint, no state and no base that the rows do not bear out."""
    call_command("check_sides", verbosity=0)


def assert_database_is_sound():
    """No page of the file is torn, and no row refers to one that is not there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    connection.check_constraints()
