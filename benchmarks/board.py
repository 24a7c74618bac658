"""How long the board takes, on a site with many documents.

    .venv/bin/python benchmarks/board.py [number of documents]
    .venv/bin/python tests/postgres.py -- .venv/bin/python benchmarks/board.py

Prints, for each page, the median of 20 requests through the whole of Django and the number of
queries, beside the reference operation of `benchmarks/pages.py`. Every tenth document is a group of
the directory, the others are bulletins of twelve paragraphs; every state is there. Works on a
database of its own in a temporary folder, or in an empty one named by DATABASE_URL.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

# Not this folder, whose `pages` would hide the app of that name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.pages import ROUNDS, hash_eight_megabytes, measure, start_django  # noqa: E402

PATHS = [
    "/desk/",
    "/desk/?page=60",
    "/desk/?language=fr&state=outdated",
    "/desk/?work=submitted",
    "/desk/?kind=links.group:",
    "/admin/",
]
PARAGRAPH = "<p>" + "People stay here, and they are not alone tonight. " * 8 + "</p>"


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        fill(number)
        reference = measure(hash_eight_megabytes)
        print(f"{database()}, {number} documents, median of {ROUNDS}; reference {reference:.2f} ms")
        for path in PATHS:
            queries = count(path)
            taken = measure(lambda path=path: get(path))
            told = f"{taken:7.2f} ms   {taken / reference:5.2f} × reference"
            print(f"{path:40} {told}   {queries} queries")


def database() -> str:
    from django.db import connection

    return connection.vendor


def fill(number: int):
    """Documents and their sides, written in bulk: what `save()` would do one by one."""
    from django.db import connection, models

    from bulletins.models import Bulletin
    from links.models import Group, Section
    from translations.models import Side

    section = Section.objects.create(name_en="Help", name_fr="Aide")
    groups = [group(index, section) for index in range(number // 10)]
    bulletins = [bulletin(index) for index in range(number - number // 10)]
    found = []
    for model, documents in ((Bulletin, bulletins), (Group, groups)):
        pattern = sides_of_a_saved(model, section)
        # The managers refuse this for texts; here nobody reads a history.
        made = models.QuerySet(model).bulk_create(documents, batch_size=200)
        for index, document in enumerate(made):
            found += [side(document, row, index) for row in pattern]
    Side.objects.bulk_create(found, batch_size=200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def bulletin(index: int):
    from django.utils import timezone

    from bulletins.models import Bulletin

    is_whole = index % 3 > 0
    return Bulletin(
        kind="callout" if index % 5 == 0 else "update",
        source_language="en",
        title_en=f"What happened at the port, part {index}",
        slug_en=f"port-{index}",
        body_en=PARAGRAPH * 12,
        title_fr=f"Ce qui s’est passé au port, {index}" if is_whole else None,
        slug_fr=f"le-port-{index}" if is_whole else None,
        body_fr=PARAGRAPH * 12 if is_whole else None,
        published_at=None if index % 10 == 9 else timezone.now() - timedelta(hours=index + 1),
    )


def group(index: int, section):
    from links.models import Group

    return Group(
        section=section,
        source_language="en",
        name=f"Group {index}",
        url=f"https://group-{index}.example.org/",
        description_en="Tenants around one table.",
        description_fr="Des locataires autour d’une table." if index % 3 > 0 else None,
    )


def sides_of_a_saved(model, section) -> list:
    """The sides of one document that was saved as any other, wide columns and all: a pattern."""
    from bulletins.models import Bulletin
    from translations.models import Side

    document = bulletin(1_000_001) if model is Bulletin else group(1_000_001, section)
    document.save()
    return list(Side.objects.of(document))


def side(document, pattern, index: int):
    """A side of `document` after a pattern, in a state that its index chooses."""
    from copy import copy

    from django.utils import timezone

    made, now = copy(pattern), timezone.now()
    made.pk, made._state = None, type(pattern._state)()
    made.object_id = document.pk
    made.kind = getattr(document, "kind", "")
    made.public_from = getattr(document, "published_at", pattern.public_from)
    if made.is_source:
        return made
    made.whole = made.begun = index % 3 > 0
    if not made.whole:
        made.based_on_hash, made.based_on, made.words_left = None, None, made.source_words
    elif index % 3 == 1:
        made.based_on_hash, made.words_left = "0" * 32, 80
    made.words_to_do = made.words_left
    if index % 3 < 2:
        made.waiting_since = now - timedelta(hours=index)
        made.has_draft = index % 7 == 0
        made.submitted_at = now - timedelta(minutes=index) if index % 28 == 0 else None
        made.claimed_by = person() if index % 11 == 0 else None
        made.claimed_until = now + timedelta(hours=2) if index % 11 == 0 else None
    return made


@cache
def person():
    """An editor, who may do all that the board offers."""
    from django.contrib.auth.models import Group

    from accounts.groups import EDITORS
    from accounts.models import User

    found = User.objects.create_user("edith", is_staff=True)
    found.groups.add(Group.objects.get(name=EDITORS))
    return found


@cache
def client():
    from django.test import Client

    made = Client(headers={"host": "localhost"})
    made.force_login(person())
    return made


def get(path: str):
    response = client().get(path)
    assert response.status_code == 200, (path, response.status_code)


def count(path: str) -> int:
    """How many queries a page costs, once everything is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(path)
    with CaptureQueriesContext(connection) as queries:
        get(path)
    return len(queries)


if __name__ == "__main__":
    main()
