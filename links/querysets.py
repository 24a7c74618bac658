from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from links import languages
from links.checking.outcomes import Verdict
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


class CheckedLinkQuerySet(models.QuerySet):
    def standing(self):
        """What readers are sent to, now or from a moment that is settled."""
        return self.filter(Exists(self._places()))

    def public(self):
        """What readers are sent to now: nothing else may be visited."""
        is_public = Q(public_from__isnull=True) | Q(public_from__lte=timezone.now())
        return self.filter(Exists(self._places().filter(is_public)))

    def due(self):
        """What is to be visited now, the longest waiting first."""
        return self.public().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def failing_for_long(self):
        """What has failed so often in a row that somebody should decide."""
        least = self.model.FAILURES_TO_ACT_ON
        return self.filter(verdict=Verdict.BROKEN, failures__gte=least)

    def _places(self):
        return self.model.places.rel.related_model.objects.filter(link=OuterRef("pk"))
