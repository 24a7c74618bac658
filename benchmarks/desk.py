"""How long the translators' desk takes for a long text.

    .venv/bin/python benchmarks/desk.py [number of paragraphs]
    .venv/bin/python tests/postgres.py -- .venv/bin/python benchmarks/desk.py

Prints, for each request, the median of 20 through the whole of Django and the number of queries,
beside the reference operation of `benchmarks/pages.py`. The text is a bulletin of 200 paragraphs of
about 25 words with numbers, links and a glossary of 100 terms: its French side missing, outdated by
six changes, with a draft, and sent for review. Works on a database of its own in a temporary
folder, or in an empty one named by DATABASE_URL.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from functools import cache
from itertools import count as counter
from pathlib import Path

# Not this folder, whose `pages` would hide the app of that name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.board import client, count, database, get, person  # noqa: E402
from benchmarks.pages import ROUNDS, hash_eight_megabytes, measure, start_django  # noqa: E402

SYLLABLES = "ka lo mi ren ta vou sa te ra li no pri sol che men tion ou and er st in".split()
CHANGED = 6
TERMS = 100


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        bench = Bench(number)
        reference = measure(hash_eight_megabytes)
        print(f"{database()}, {number} paragraphs, median of {ROUNDS}; ", end="")
        print(f"reference {reference:.2f} ms")
        for name, operation, queries in bench.operations():
            taken = measure(operation)
            told = f"{taken:7.2f} ms   {taken / reference:5.2f} × reference"
            print(f"{name:40} {told}   {queries} queries")


class Writer:
    """Sentences of a language that nobody speaks, with what the checks look at."""

    def __init__(self):
        self.random = random.Random(1)
        self.words = ["".join(self.random.choices(SYLLABLES, k=1 + n % 3)) for n in range(2000)]

    def text(self, number: int) -> list[str]:
        return [self.sentence(index) for index in range(number)]

    def sentence(self, index: int) -> str:
        words = self.random.choices(self.words, k=self.random.randrange(15, 35))
        words[3] = f"{10 + index} km"
        words[7] = f"<strong>{words[7]}</strong>"
        if index % 5 == 0:
            words[9] = f'<a href="https://example.org/{index}/">{words[9]}</a>'
        return " ".join(words).capitalize() + "."


class Bench:
    """Four copies of one text, their French sides in four states."""

    def __init__(self, number: int):
        self.writer = Writer()
        self.english, self.french = self.writer.text(number), self.writer.text(number)
        fill_the_glossary(self.writer.words[:TERMS])
        self.missing = self.document(self.english, None)
        self.outdated = self.document(self.english, self.french)
        self.draft = self.document(self.english, self.french)
        self.submitted = self.document(self.english, self.french)
        for document in (self.outdated, self.draft, self.submitted):
            self.change(document)
        for document in (self.draft, self.submitted):
            self.save(document, self.row(document, number // 2), "Un brouillon.")
        submit(self.submitted)

    def document(self, english: list[str], french: list[str] | None):
        from django.utils import timezone

        from bulletins.models import Bulletin

        return Bulletin.objects.create(
            kind="callout",
            source_language="en",
            title_en="A long text",
            title_fr="Un long texte" if french else None,
            body_en=paragraphs(english),
            body_fr=paragraphs(french) if french else None,
            published_at=timezone.now(),
        )

    def change(self, document):
        """The original changes here and there, and gains and loses a paragraph."""
        texts = list(self.english)
        step = len(texts) // CHANGED
        for index in range(0, len(texts), step):
            texts[index] = texts[index].replace(" ", " tonight ", 1)
        texts[step + 1 : step + 2] = []
        texts.insert(2 * step, self.writer.sentence(2 * step))
        document.body_en = paragraphs(texts)
        document.save()

    def row(self, document, number: int):
        return page(document).rows[number]

    def save(self, document, row, text: str):
        """An autosave of one row, as a browser sends it. Returns the row as it is known now."""
        posted = {"key": row.key, "part": row.part, "seen": row.seen, "was": row.was}
        posted |= {"text": text, "omit": False}
        return post(document, {"saw": page(document).saw, "rows": [posted]})

    def operations(self):
        for name in ("missing", "outdated", "draft"):
            path = at(getattr(self, name))
            yield f"desk, {name}", lambda path=path: get(path), count(path)
        path = at(self.submitted) + "review/"
        yield "review, submitted", lambda: get(path), count(path)
        preview = at(self.submitted) + "preview/"
        yield "preview", lambda: get(preview), count(preview)
        row = at(self.draft) + f"row/?key={self.row(self.draft, 20).key}"
        yield "help beside a row", lambda: get(row), count(row)
        yield "autosave, the first of a side", *self.first()
        yield "autosave of a row", *self.autosave()

    def autosave(self):
        """Somebody goes on writing in one row."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        row, numbers = self.row(self.draft, 20), counter(1)
        posted = {"key": row.key, "part": row.part, "seen": row.seen, "was": row.was}
        saw = page(self.draft).saw

        def once():
            posted["text"] = f"<p>Encore {next(numbers)} mots.</p>"
            told = post(self.draft, {"saw": saw, "rows": [posted | {"omit": False}]})
            posted["key"] = told["rows"][posted["key"]]["key"]
            posted["was"] = told["rows"][posted["key"]]["was"]

        once()
        with CaptureQueriesContext(connection) as queries:
            once()
        return once, len(queries)
