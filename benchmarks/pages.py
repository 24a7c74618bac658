"""How long a reader's page takes, on a site with many bulletins.

    .venv/bin/python benchmarks/pages.py [number of bulletins]

Prints, for each page, the median of 20 requests through the whole of Django (middleware, database,
templates; no network), beside a reference operation of the same run: hashing 8 MB with SHA-256.
Times differ from machine to machine; the ratio is what can be quoted. Works on a database of its
own in a temporary folder, or in an empty one named by DATABASE_URL.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 20


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        fill(number)
        reference = measure(hash_eight_megabytes)
        print(f"{number} bulletins, median of {ROUNDS}; reference {reference:.2f} ms")
        for path in PATHS:
            taken = measure(lambda path=path: get(path))
            print(f"{path:40} {taken:7.2f} ms   {taken / reference:5.2f} × reference")


PATHS = ["/en/", "/fr/", "/en/bulletins/", "/en/bulletins/text-1/", "/fr/faq/", "/en/nothing/"]


def start_django(folder: str):
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(number: int):
    from django.utils import timezone

    from bulletins.models import Bulletin, Kind
    from pages.models import Topic

    topics = [Topic.objects.create(name_en=f"Topic {n}", name_fr=f"Thème {n}") for n in range(6)]
    paragraph = "<p>" + "People stay here, and they are not alone tonight. " * 8 + "</p>"
    now = timezone.now()
    for index in range(number):
        bulletin = Bulletin.objects.create(
            kind=Kind.FAQ if index % 50 == 0 else Kind.UPDATE,
            title_en=f"Text {index}",
            body_en=paragraph * 12,
            title_fr=f"Texte {index}" if index % 2 else None,
            body_fr=paragraph * 12 if index % 2 else None,
            published_at=now - timedelta(hours=index + 1),
        )
        bulletin.topics.add(topics[index % 6])


def get(path: str):
    client().get(path)


@cache
def client():
    """One client for all: making one loads every middleware anew."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def hash_eight_megabytes():
    hashlib.sha256(bytes(8_000_000)).hexdigest()


def measure(operation) -> float:
    """The median of ROUNDS runs, in milliseconds, after two to warm up."""
    times = []
    for number in range(ROUNDS + 2):
        begin = time.perf_counter()
        operation()
        if number > 1:
            times.append(1000 * (time.perf_counter() - begin))
    return median(times)


if __name__ == "__main__":
    main()
