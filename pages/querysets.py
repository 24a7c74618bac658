from __future__ import annotations

from django.db import models

from translations.registry import columns


class MenuQuerySet(models.QuerySet):
    def with_the_site(self):
        """The menu with its pages, but not their texts, and with the site's identity: one query."""
        bodies = [f"page__{name}" for name in ("body", *columns(["body"]))]
        return self.select_related("identity", "page").defer(*bodies)
