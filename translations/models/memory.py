from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from translations.models.base import OfADocument


def new_key() -> int:
    """A key that no other entry has or had.

    Not a counter: SQLite takes one back when a transaction is rolled back, and a process that had
    read the lost rows would take the next ones under their number for the same.
    """
    return secrets.randbits(63)


class MemoryEntry(OfADocument):
    """What the memory learned from one document in one target language.

    It is written whole and never changed: a new text is a new entry with a new key. So the set of
    keys says all about what the memory holds, and a process knows by comparing it with its own
    (`translations.memory`) what it has to read and what to drop.

    It belongs to its document: a text that is taken back leaves the memory too.
    """

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    source_language = models.CharField(max_length=12)
    target_language = models.CharField(max_length=12)
    # Readers see the text from then on; empty: they see it as soon as it is saved.
    public_from = models.DateTimeField(null=True)
    # Of everything that was learned: what says the same again is not written again.
    digest = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    learned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("translation memory")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "target_language"], name="memory_once_per_side"
            )
        ]

    def __str__(self):
        return f"{self.source_language} → {self.target_language}"


class MemoryPair(models.Model):
    """How one segment, or two that were translated as one, was translated.

    Both are the inner HTML of blocks, with an empty line between two of them: what the text area
    of a cell takes.
    """

    entry = models.ForeignKey(MemoryEntry, models.CASCADE, related_name="pairs")
    source = models.TextField()
    target = models.TextField()

    class Meta:
        verbose_name = _("remembered pair")
        default_permissions = ()

    def __str__(self):
        return self.source
