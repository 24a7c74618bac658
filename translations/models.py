from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class OfADocument(models.Model):
    """A row that belongs to one document, of whatever kind."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    document = GenericForeignKey()

    class Meta:
        abstract = True


class Address(OfADocument):
    """A slug that a document has, or had when readers could see it."""

    slug = models.CharField(max_length=80)
    was_public = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "slug"], name="address_slug_belongs_to_one_document"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="address_of_document")]

    def __str__(self):
        return self.slug


class OldPath(OfADocument):
    """Where a document stood on the site that the collective came from.

    `path` is what a browser asks for: `/2015/08/20/motorway-blocked/`, `/?p=104`.
    """

    path = models.CharField(max_length=500, unique=True)
    language = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("old path")

    def __str__(self):
        return self.path


class HeldSide(OfADocument):
    """The text of a side that was taken back from readers, kept until it is put back.

    `texts` maps each part of the document (`""` for itself, `<app>.<model>/<pk>` for a child) to
    its columns.
    """

    language = models.CharField(max_length=12)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("side taken back")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="held_side_once"
            )
        ]

    def __str__(self):
        return f"{self.document} ({self.language})"
