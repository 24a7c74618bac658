"""How long it takes to find something, on a site with many texts.

    .venv/bin/python benchmarks/search.py [number of sides]
    .venv/bin/python tests/postgres.py -- .venv/bin/python benchmarks/search.py

Prints the median and the 95th percentile of 200 different queries of `search.finding.find` (hits,
passages, count, filters, suggestion), all together and by what is asked, beside the reference
operation of `benchmarks/pages.py`. Half of the sides are English and half French, most of them
pairs, of 150 words each, drawn from 20,000 words by Zipf's law: the commonest stands in nearly all
of them. Works on a database of its own in a temporary folder, or in an empty one named by
DATABASE_URL.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median

# Not this folder, whose `search` would hide the app of that name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.pages import ROUNDS, hash_eight_megabytes, measure, start_django  # noqa: E402

WORDS = 20_000
WORDS_IN_A_TEXT = 150
AT_ONCE = 500
NOW = datetime(2026, 6, 1, tzinfo=UTC)
chance = random.Random(5)


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        from django.db import connection

        vocabulary = {language: Vocabulary(language) for language in ("en", "fr")}
        begin = time.perf_counter()
        fill(number, vocabulary)
        filled = time.perf_counter() - begin
        reference = measure(hash_eight_megabytes)
        print(
            f"{connection.vendor}, {number} sides (written in {filled:.0f} s); "
            f"reference {reference:.2f} ms, median of {ROUNDS}"
        )
        report(ask(vocabulary), reference)


class Vocabulary:
    """Invented words of a language with real endings, the commonest first."""

    ENDINGS = {
        "en": ["", "", "s", "ing", "ed", "er", "ers", "ation", "ly"],
        "fr": ["", "", "s", "e", "es", "ée", "ées", "er", "ation", "ment"],
    }

    def __init__(self, language: str):
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "ou", "an")]
        if language == "fr":
            syllables += ["é" + letter for letter in "bcdfglmnprstv"]
        found: dict[str, None] = {}
        while len(found) < WORDS:
            root = "".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3))))
            found[root + chance.choice(self.ENDINGS[language])] = None
        self.words = list(found)
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))

    def text(self, length: int) -> str:
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=length))

    def word(self, first: int, last: int) -> str:
        """A word of a rank, the commonest being 0."""
        return self.words[chance.randrange(first, last)]


def fill(number: int, vocabulary: dict[str, Vocabulary]):
    """Bulletins written in bulk, and their rows by the functions that write them at a save."""
    from django.db import connection, models, transaction

    from bulletins.models import Bulletin
    from pages.models import Topic
    from search import rebuilding
    from search.indexing import insert
    from search.rows import of

    topics = [Topic.objects.create(name_en=f"Topic {n}", name_fr=f"Thème {n}") for n in range(6)]
    through = Bulletin.topics.through
    written = 0
    while written < number:
        with transaction.atomic():
            made = [bulletin(written + place, vocabulary) for place in range(AT_ONCE)]
            # The managers refuse this for texts; here nobody reads a history.
            made = models.QuerySet(Bulletin).bulk_create(made)
            rows = [(document, row) for document in made for row in of(document)]
            insert(rows)
            through.objects.bulk_create(
                through(bulletin_id=document.pk, topic_id=topics[document.pk % 6].pk)
                for document in made
            )
            written += len(rows)
    rebuilding.count_words()
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself some minutes after so many rows were written.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def bulletin(index: int, vocabulary: dict[str, Vocabulary]):
    """Four of five are in both languages, the fifth in one."""
    from bulletins.models import Bulletin

    alone = ("en", "fr")[index % 2] if index % 5 == 4 else ""
    texts = {"source_language": alone or "en"}
    for language in (alone,) if alone else ("en", "fr"):
        texts |= {
            f"title_{language}": vocabulary[language].text(7).capitalize(),
            f"slug_{language}": f"text-{index}",
            f"body_{language}": f"<p>{vocabulary[language].text(WORDS_IN_A_TEXT)}</p>",
        }
    published = NOW - timedelta(minutes=chance.randrange(10 * 365 * 24 * 60))
    kind = chance.choice(("update", "update", "callout"))
    return Bulletin(kind=kind, published_at=published, **texts)


def queries(vocabulary: dict[str, Vocabulary]) -> dict[str, list[tuple[str, str, dict]]]:
    """What is asked, by what it is: 200 (query, reader's language, filters)."""

    def some(number: int, query, **filters) -> list[tuple[str, str, dict]]:
        languages = [("en", "fr")[place % 2] for place in range(number)]
        return [(query(vocabulary[language]), language, filters) for language in languages]

    def sentence(words: Vocabulary) -> str:
        return chance.choice(texts)

    from search.models import EntryText

    texts = [
        " ".join(text.passages[0][2].split()[10:12])
        for text in EntryText.objects.order_by("pk")[:200]
    ]
    return {
        "a common word": some(30, lambda words: words.word(0, 100) + " "),
        "a rare word": some(30, lambda words: words.word(2_000, WORDS)),
        "two words": some(40, lambda words: f"{words.word(0, 300)} {words.word(0, 3_000)}"),
        "a phrase": some(30, lambda words: f'"{sentence(words)}"'),
        "a beginning": some(20, lambda words: words.word(0, 2_000)[:3]),
        "one without another": some(
            20, lambda words: f"{words.word(0, 300)} -{words.word(0, 300)}"
        ),
        "filtered": some(20, lambda words: words.word(0, 300), kind="bulletins.bulletin:callout")
        + some(5, lambda words: words.word(0, 300), topic=1),
        "mistyped": some(5, lambda words: words.word(500, 5_000) + "x"),
    }


def ask(vocabulary) -> dict[str, list[float]]:
    """Milliseconds of each query, by what is asked."""
    from search.finding import find

    taken: dict[str, list[float]] = {}
    asked = queries(vocabulary)
    for query, language, filters in [one for some in asked.values() for one in some][::10]:
        find(query, language, **filters)
    for name, some in asked.items():
        for query, language, filters in some:
            begin = time.perf_counter()
            find(query, language, **filters)
            taken.setdefault(name, []).append(1000 * (time.perf_counter() - begin))
    return taken


def report(taken: dict[str, list[float]], reference: float):
    every = [one for some in taken.values() for one in some]
    for name, some in {"all": every, **taken}.items():
        middle, late = median(some), percentile(some)
        print(
            f"{name:22} {len(some):4}   median {middle:7.2f} ms  {middle / reference:5.2f} ×"
            f"   p95 {late:7.2f} ms  {late / reference:5.2f} × reference"
        )


def percentile(values: list[float]) -> float:
    """The 95th percentile: of 200 values, the tenth greatest."""
    return sorted(values)[-max(1, len(values) // 20)]


if __name__ == "__main__":
    main()
