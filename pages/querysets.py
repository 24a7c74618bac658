from __future__ import annotations

from django.db import models


class MenuQuerySet(models.QuerySet):
    def for_menu(self):
        """Entries with their pages, without the pages' texts: one query."""
        return self.select_related("page").defer("page__body_en", "page__body_fr", "page__body")
