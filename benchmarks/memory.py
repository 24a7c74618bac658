"""How long a look-up in the translation memory takes.

    .venv/bin/python benchmarks/memory.py [number of segments]

Fills the memory with segments of about 25 words, 25 of them a document, and looks up sentences that
were rewritten more or less, one in five of them new. Prints median and 95th percentile of whole
look-ups (what has changed, the search, the pairs found and their documents) beside a reference
operation of the same run: hashing 8 MB with SHA-256. Times differ from machine to machine; the
ratio is what can be quoted. Works on a database of its own in a temporary folder, or in an empty
one named by DATABASE_URL:

    .venv/bin/python tests/postgres.py -- .venv/bin/python benchmarks/memory.py
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import tracemalloc
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

# Before this folder, in which "pages" is not the app.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.pages import hash_eight_megabytes, start_django

ROUNDS = 100
A_DOCUMENT = 25
SYLLABLES = "ka lo mi ren ta vou sa te ra li no pri sol che men tion ou and er st in".split()
# Zipf's law: few words are most of a text, and every sentence shares those with every other.
WORDS = 6_000


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        writer = Writer(random.Random(1))
        documents = fill(number, writer)
        asked = [writer.asked(round_) for round_ in range(ROUNDS)]
        reference = median(timed([hash_eight_megabytes] * 20))
        print(f"{number} segments, {ROUNDS} look-ups; reference {reference:.2f} ms")
        report = Report(reference)
        report.once("the first look-up, which reads all", lambda: look_up(asked[0]))
        report.many("look-up", [lambda text=text: look_up(text) for text in asked])
        back = [writer.rewritten(text, 0.2) for text in writer.translated[:ROUNDS]]
        report.once("the first in the other direction", lambda: look_up_back(back[0]))
        report.many("look-up in the other direction", [lambda t=t: look_up_back(t) for t in back])
        report.many("of which: has anything changed?", [check] * 20)
        report.many(
            "learning a text anew", [lambda d=d: publish(d, writer) for d in documents[:20]]
        )
        report.many(
            "look-up after a publication",
            [lambda: look_up(asked[0])] * 20,
            before=lambda: publish(random.choice(documents), writer),
        )
        report.once("200 rows at once", lambda: look_up_many(asked + asked))
        print(f"memory of the index for one direction: {index_size():.1f} MB")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"most that the process used: {most:.0f} MB")


class Writer:
    """Sentences with the statistics of a language."""

    def __init__(self, random_: random.Random):
        self.random = random_
        lengths = (1, 2, 2, 3, 3)
        self.words = [
            "".join(random_.choices(SYLLABLES, k=random_.choice(lengths))) for _word in range(WORDS)
        ]
        self.weights = list(accumulate(1 / (place + 3) for place in range(WORDS)))
        self.written: list[str] = []
        self.translated: list[str] = []

    def sentence(self) -> str:
        length = max(4, round(self.random.gauss(25, 9)))
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        return " ".join(words).capitalize() + "."

    def pair(self):
        from translations.memory import Pair

        self.written.append(self.sentence())
        self.translated.append(self.sentence())
        return Pair((self.written[-1],), (self.translated[-1],))

    def rewritten(self, text: str, share: float) -> str:
        words = text.split()
        for _time in range(round(len(words) * share)):
            words[self.random.randrange(len(words))] = self.random.choice(self.words)
        return " ".join(words)

    def asked(self, round_: int) -> str:
        share = round_ % 5 / 10
        return self.rewritten(self.random.choice(self.written), share) if share else self.sentence()


def fill(number: int, writer: Writer) -> list:
    from django.utils import timezone

    from bulletins.models import Bulletin
    from translations.memory import learn

    documents = []
    now = timezone.now()
    for index in range(number // A_DOCUMENT):
        bulletin = Bulletin.objects.create(
            title_en=f"Text {index}",
            body_en="<p>Text.</p>",
            title_fr=f"Texte {index}",
            body_fr="<p>Texte.</p>",
            published_at=now - timedelta(hours=index + 1),
        )
        learn(bulletin, "fr", [writer.pair() for _segment in range(A_DOCUMENT)])
        documents.append(bulletin)
    return documents


def look_up(text: str):
    from translations.memory import suggestions

    return suggestions(text, "en", "fr")


def look_up_back(text: str):
    from translations.memory import suggestions

    return suggestions(text, "fr", "en")


def look_up_many(texts: list[str]):
    from translations.memory import suggestions_for

    return suggestions_for(texts, "en", "fr")


def check():
    from translations.memory_index import known

    return known("en", "fr")


def publish(document, writer: Writer):
    from translations.memory import learn

    learn(document, "fr", [writer.pair() for _segment in range(A_DOCUMENT)])


def index_size() -> float:
    """What one direction takes, in MB, read anew."""
    from translations import memory_index

    memory_index._all.clear()
    tracemalloc.start()
    check()
    kept, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept / 1_000_000


def timed(operations, before=None) -> list[float]:
    times = []
    for operation in operations:
        if before:
            before()
        begin = time.perf_counter()
        operation()
        times.append(1000 * (time.perf_counter() - begin))
    return times


class Report:
    def __init__(self, reference: float):
        self.reference = reference

    def once(self, what: str, operation):
        (taken,) = timed([operation])
        print(f"{what:36} {taken:8.2f} ms {'':15} {taken / self.reference:6.2f} × reference")

    def many(self, what: str, operations, before=None):
        times = timed(operations, before)
        middle, late = median(times), quantiles(times, n=20)[-1]
        ratio = middle / self.reference
        print(f"{what:36} {middle:8.2f} ms, p95 {late:6.2f} {ratio:8.2f} × reference")


if __name__ == "__main__":
    main()
