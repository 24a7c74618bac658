from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

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
        """Call-outs whose time has not passed, the next one first.

        One without an end counts until its day is over somewhere: `Bulletin.when` is exact.
        """
        now = timezone.now()
        unended = Q(ends_at__isnull=True, starts_at__gte=now - timedelta(days=1))
        return self.callouts().filter(Q(ends_at__gte=now) | unended).order_by("starts_at", "pk")

    def about(self, topic):
        return self.filter(topics=topic)

    def in_thread(self, root: int):
        """The thread that began with the bulletin of key `root`, from its beginning."""
        members = self.filter(Q(pk=root) | Q(thread=root))
        return members.order_by(F("published_at").asc(nulls_last=True), "pk")
