from __future__ import annotations

from django.db import models

from translations.models.base import OfADocument


class Vector(models.Field):
    """Stems with their places, in PostgreSQL's own type; a column that stays empty in SQLite."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value, compiler, connection):
        return f"%s::{self.db_type(connection)}" if connection.vendor == "postgresql" else "%s"


class EntryManager(models.Manager):
    def get_queryset(self):
        """Without their stems: they are matched in the database, and read by nobody."""
        return super().get_queryset().defer("title_words", "words")


class Entry(OfADocument):
    """One side of a document as it can be found. Narrow: its words stand beside it.

    `readers` are the languages whose readers get this side when they open the document, as
    "en fr": for each of them, a document is one row at most. The stems are kept by
    `search.engines`, in what each database has for that.
    """

    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=80)
    date = models.DateTimeField(null=True)
    # From when readers have it; None for always.
    public_from = models.DateTimeField(null=True)
    year = models.SmallIntegerField(null=True)
    readers = models.CharField(max_length=200)
    title_words = Vector(null=True, editable=False)
    words = Vector(null=True, editable=False)

    objects = EntryManager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="search_entry_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}/{self.object_id} ({self.language})"


class EntryText(models.Model):
    """What a side says, for the passages that are shown of it: see `search.rows.Passage`."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="text")
    title = models.TextField()
    passages = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.title


class Word(models.Model):
    """A word of the texts that can be found, and in how many sides it stands.

    There may be several rows for one: their numbers are added up (`search.vocabulary`).
    """

    language = models.CharField(max_length=12)
    # As it is written, in small letters: "frontière".
    form = models.CharField(max_length=80)
    # As it is looked for: "frontiere", and how that begins.
    word = models.CharField(max_length=64)
    head = models.CharField(max_length=3)
    sides = models.IntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["language", "form"], name="search_word_form"),
            models.Index(fields=["language", "head"], name="search_word_head"),
        ]

    def __str__(self):
        return self.form


class State(models.Model):
    """What the index was made with. One row; none before it was first made."""

    made_with = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.made_with
