"""The index made anew from the texts, while the site is served.

One document after the other, each in a transaction: readers find the old row or the new one. The
words are counted at the end with their table held, so that saves wait for as long as that takes
(about a second for a thousand sides).
"""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet

from core import languages
from search import indexing, registry, vocabulary, words
from search.engines import engine
from search.models import Entry, State, Word

# Raised with every change of what is kept, or of how words are cut and stemmed.
VERSION = 1


def made_with() -> str:
    """What an index depends on besides the texts."""
    found = sorted(model._meta.label_lower for model in registry.registered())
    known = ",".join(sorted(set(languages.codes()) & words.ALGORITHMS.keys()))
    return f"{VERSION}|{words.STEMMER}|{known}|{settings.TIME_ZONE}|{','.join(found)}"


def is_needed() -> bool:
    """Whether the index was never made, or otherwise than this version makes it."""
    return not State.objects.filter(made_with=made_with()).exists()


def rebuild() -> int:
    """Make the index anew, and say how many entries it has."""
    for model in registry.registered():
        for pk in QuerySet(model).order_by("pk").values_list("pk", flat=True):
            _write_again(model, pk)
    _remove_leftovers()
    count_words()
    with transaction.atomic():
        State.objects.all().delete()
        State.objects.create(made_with=made_with())
    engine().tidy()
    return Entry.objects.count()


@transaction.atomic
def _write_again(model, pk: int):
    # Held, so that nobody writes an older text over a newer one.
    document = QuerySet(model).select_for_update().filter(pk=pk).first()
    if document is not None:
        indexing.write_again(document)


@transaction.atomic
def _remove_leftovers():
    """Forget entries whose documents are gone, or are found no more."""
    known = [ContentType.objects.get_for_model(model) for model in registry.registered()]
    gone = Entry.objects.exclude(content_type__in=known)
    indexing.remove(list(gone.values_list("pk", flat=True)))
    for model, content_type in zip(registry.registered(), known, strict=True):
        entries = Entry.objects.filter(content_type=content_type)
        gone = entries.exclude(object_id__in=QuerySet(model).order_by().values("pk"))
        indexing.remove(list(gone.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        engine().remove_leftovers(cursor)


@transaction.atomic
def count_words():
    """Count the words of all entries anew, and keep whoever saves waiting meanwhile."""
    if connection.vendor == "postgresql":
        # Who is saving has written before; who saves later adds to what is counted here.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_word IN SHARE ROW EXCLUSIVE MODE")
    counted: Counter[tuple[str, str]] = Counter()
    for entry in Entry.objects.select_related("text").order_by("pk").iterator(chunk_size=500):
        counted.update(vocabulary.forms(indexing.as_row(entry)))
    Word.objects.all().delete()
    vocabulary.add(counted)
