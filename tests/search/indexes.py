"""The whole index, read past every function that writes it."""

from __future__ import annotations

from django.db import connection
from django.db.models import Sum

from search.models import Entry, Word


def snapshot() -> dict[str, list]:
    """What the index holds, without the keys of its rows."""
    entries = Entry.objects.select_related("text").order_by("content_type", "object_id", "language")
    stems = _stems()
    return {
        "entries": [
            (
                *(entry.content_type_id, entry.object_id, entry.language, entry.readers),
                *(entry.kind, entry.date, entry.public_from, entry.year),
                *(entry.text.title, entry.text.passages),
                stems.pop(entry.pk),
            )
            for entry in entries
        ],
        "left over": sorted(stems),
        "words": sorted(
            Word.objects.values_list("language", "form", "word", "head")
            .annotate(total=Sum("sides"))
            .filter(total__gt=0)
        ),
    }


def _stems() -> dict[int, tuple]:
    sql = {
        "sqlite": "SELECT rowid, title, text FROM search_index",
        "postgresql": "SELECT id, title_words::text, words::text FROM search_entry",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return {pk: stems for pk, *stems in cursor.fetchall()}
