"""How long the translators' desk takes for a long text.

    .venv/bin/python benchmarks/desk.py [number of paragraphs]
    .venv/bin/python tests/postgres.py -- .venv/bin/python benchmarks/desk.py

Prints, for each request, the median of 20 through the whole of Django and the number of queries,
beside the reference operation of `benchmarks/pages.py`. The text is a call-out of 200 paragraphs of
about 25 words with figures, links and bold words, and the glossary has 100 terms; its French side
is missing, outdated by eight changes, or that with a draft of some rows. Works on a database of its
own in a temporary folder, or in an empty one named by DATABASE_URL.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from itertools import count
from pathlib import Path

# Not this folder, whose `pages` would hide the app of that name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.board import client, database, get, person  # noqa: E402
from benchmarks.pages import ROUNDS, hash_eight_megabytes, measure, start_django  # noqa: E402

SYLLABLES = "ka lo mi ren ta vou sa te ra li no pri sol che men tion ou and er st in".split()
WORDS, SUBJECT, TERMS = 2000, 200, 100
CHANGED = 6


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        operations = prepare(number)
        reference = measure(hash_eight_megabytes)
        print(f"{database()}, {number} paragraphs, median of {ROUNDS}; ", end="")
        print(f"reference {reference:.2f} ms")
        for name, operation in operations.items():
            queries = queries_of(operation)
            taken = measure(operation)
            told = f"{taken:7.2f} ms   {taken / reference:5.2f} × reference"
            print(f"{name:40} {told}   {queries} queries")


def prepare(number: int) -> dict:
    """Three documents of the same text, and what is asked of them: name → operation."""
    writer = Writer(random.Random(1))
    english, french = map(list, zip(*writer.text(number), strict=True))
    fill_the_glossary(writer.terms())
    missing = document(english, [])
    outdated, draft = document(english, french), document(english, french)
    for one in (outdated, draft):
        change(one, english, writer.sentence(number)[0])
    for place in range(1, number, 20):
        autosave(draft, place)()
    return {
        "desk, side missing": lambda: get(at(missing)),
        "desk, side outdated": lambda: get(at(outdated)),
        "desk, with a draft": lambda: get(at(draft)),
        "review of a draft": lambda: get(at(draft, "review/")),
        "preview of a draft": lambda: get(at(draft, "preview/")),
        "memory and glossary beside a row": row_help(draft, 30),
        "autosave of a row": autosave(draft, 50),
        "autosave of a row, the last": autosave(draft, number - 1),
        "the whole form, posted without scripts": whole_form(draft),
    }


class Writer:
    """Sentences in two languages that nobody speaks, with what the checks look at.

    Half of a text's words are those of its subject, every second of them is in the glossary.
    """

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.english, self.french = self._words(), self._words()

    def _words(self) -> list[str]:
        return ["".join(self.chance.choices(SYLLABLES, k=2 + n % 3)) for n in range(WORDS)]

    def terms(self) -> list[tuple[str, str]]:
        return list(zip(self.english, self.french, strict=True))[: SUBJECT : SUBJECT // TERMS]

    def text(self, number: int) -> list[tuple[str, str]]:
        return [self.sentence(index) for index in range(number)]

    def sentence(self, index: int) -> tuple[str, str]:
        """A sentence and its translation."""
        said = [self.chance.randrange(self.chance.choice((SUBJECT, WORDS))) for _ in range(25)]
        return self._written(self.english, said, index), self._written(self.french, said, index)

    def _written(self, vocabulary: list[str], said: list[int], index: int) -> str:
        words = [vocabulary[number] for number in said]
        words[3] = f"{10 + index} km"
        words[7] = f"<strong>{words[7]}</strong>"
        if index % 5 == 0:
            words[9] = f'<a href="https://example.org/{index}/">{words[9]}</a>'
        return " ".join(words).capitalize() + "."


# What there is ----------------------------------------------------------------------------------


def fill_the_glossary(terms: list[tuple[str, str]]):
    from translations.models import Concept, Term

    for english, french in terms:
        concept = Concept.objects.create()
        Term.objects.create(concept=concept, language="en", text=english)
        Term.objects.create(concept=concept, language="fr", text=french)


def document(english: list[str], french: list[str]):
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


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def change(document, english: list[str], another: str):
    """The original gains a word here and there and a paragraph, and loses one."""
    texts, step = list(english), len(english) // CHANGED
    for index in range(0, step * CHANGED, step):
        texts[index] = texts[index].replace(" ", " tonight ", 1)
    del texts[step + 1]
    texts.insert(2 * step, another)
    document.body_en = paragraphs(texts)
    document.save()


# What is asked ----------------------------------------------------------------------------------


def at(document, view: str = "") -> str:
    return f"/desk/bulletins.bulletin-{document.pk}/fr/{view}"


def page(document):
    """What the desk's template is given now."""
    from translations.desk import building, views

    document = type(document).objects.get(pk=document.pk)
    return building.build(views.open_side(document, "fr"), person())


def row_help(document, place: int):
    path = at(document, f"row/?key={page(document).rows[place].key}")
    return lambda: get(path)


def autosave(document, place: int):
    """Somebody goes on writing in one row."""
    now, numbers = page(document), count(1)
    row = now.rows[place]
    known = {"key": row.key, "part": row.part, "seen": row.seen, "was": row.was, "omit": False}

    def once():
        known["text"] = f"<p>Encore {next(numbers)} mots, et un peu plus à dire que demain.</p>"
        told = post(document, {"saw": now.saw, "rows": [known]})["rows"][known["key"]]
        known.update(key=told["key"], was=told["was"])

    return once


def post(document, data: dict) -> dict:
    response = client().post(at(document, "save/"), json.dumps(data), "application/json")
    assert response.status_code == 200, response.content
    return response.json()


def whole_form(document):
    numbers = count(1)
    now = page(document)
    fields = {"saw": now.saw, "do": "save"}
    for row in now.rows:
        told = {"part": row.part, "seen": row.seen, "was": row.was, "text": row.typed}
        fields |= {f"{name}-{row.key}": value for name, value in told.items()}
    written = now.rows[20].key

    def once():
        fields[f"text-{written}"] = f"Encore {next(numbers)} mots."
        fields[f"was-{written}"] = mark(document, written)
        assert client().post(at(document), fields).status_code == 302

    return once


def mark(document, key: str) -> str:
    """How a form says which text of a row it knew."""
    from translations.desk import views

    document = type(document).objects.get(pk=document.pk)
    return views.open_side(document, "fr").find(key)[1].row.mark


def queries_of(operation) -> int:
    """How many queries an operation costs, once everything is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    operation()
    with CaptureQueriesContext(connection) as queries:
        operation()
    return len(queries)


if __name__ == "__main__":
    main()
