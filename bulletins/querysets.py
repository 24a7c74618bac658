from __future__ import annotations

from datetime import datetime

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from core import zones
from translations.querysets import PublishedQuerySet


class BulletinQuerySet(PublishedQuerySet):
    def latest_first(self):
        return self.order_by("-published_at", "-pk")

    def pinned_first(self):
        return self.order_by("-pinned", "-published_at", "-pk")

    def callouts(self):
        return self.filter(kind="callout")

    def faqs(self):
        return self.filter(kind="faq")

    def upcoming(self):
        """Call-outs that are not over, the next one first."""
        return self.callouts().filter(_not_over(timezone.now())).order_by("starts_at", "pk")

    def over(self):
        """Call-outs whose time has passed, the latest first; each with its `last` moment."""
        dated = self.dated().exclude(_not_over(timezone.now()))
        return dated.order_by("-last", "-pk")

    def dated(self):
        """Call-outs with a date, the first one first; each with its `last` moment."""
        last = Coalesce("ends_at", "starts_at")
        dated = self.callouts().filter(starts_at__isnull=False).annotate(last=last)
        return dated.order_by("starts_at", "pk")

    def coming_first(self):
        """What is coming, the next one first; then what has no date, then what is over."""
        coming = Case(When(_not_over(timezone.now()), then="starts_at"))
        return self.order_by(
            coming.asc(nulls_last=True),
            F("starts_at").desc(nulls_first=True),
            "-published_at",
            "-pk",
        )

    def about(self, topic):
        return self.filter(topics=topic)

    def topics(self):
        """What these are about; a topic once for each of them."""
        return self.model._meta.get_field("topics").related_model.objects.filter(bulletins__in=self)

    def between(self, start, end):
        """What was published from `start` on, and before `end`."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def in_thread(self, root: int):
        """The thread that began with the bulletin of key `root`, from its beginning."""
        members = self.filter(Q(pk=root) | Q(thread=root))
        return members.order_by(F("published_at").asc(nulls_last=True), "pk")


def _not_over(now: datetime) -> Q:
    """`timing.over_at` in SQL. No database knows where a day ends: the zones in which today began
    at the same moment are named together."""
    began, days = zones.beginnings(now), Q()
    for midnight, names in began:
        days |= Q(starts_at__gte=midnight, time_zone__in=names)
    unended = Q(ends_at__isnull=True, starts_at__gte=began[0][0]) & days
    return Q(starts_at__gt=now) | Q(ends_at__gt=now) | unended
