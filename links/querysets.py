from __future__ import annotations

from links import languages
from translations.querysets import DocumentQuerySet


class GroupQuerySet(DocumentQuerySet):
    def listed(self):
        """What readers see."""
        return self.filter(delisted_at__isnull=True)

    def delisted(self):
        """What was taken off the list, each with its reason."""
        return self.filter(delisted_at__isnull=False)

    def published(self):
        return self.listed()

    def speaking(self, code: str):
        """Groups that speak a language, among others; none for a code that we do not know."""
        # Asked before the database is: a code with a space in it would match two neighbours.
        if code not in languages.NAMES:
            return self.none()
        return self.filter(languages__contains=f" {code} ")

    def in_country(self, code: str):
        return self.filter(country=code)

    def by_section(self):
        """In the order of the page, each with its section: one query."""
        return self.select_related("section").order_by(
            "section__position", "section_id", "position", "pk"
        )
