from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from translations.models.base import OfADocument


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
