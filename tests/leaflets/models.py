from __future__ import annotations

from django.db import models

from translations import rules
from translations.documents import Child, PublishedDocument
from translations.fields import Body, Line


class Leaflet(PublishedDocument):
    """What is handed out at the gates."""

    title = Line("title")
    body = Body("text")

    class Meta(PublishedDocument.Meta):
        verbose_name = "leaflet"
        verbose_name_plural = "leaflets"
        constraints = rules.constraints(
            "leaflet",
            required=["title", "body"],
            text=["title", "body"],
            live=PublishedDocument.COMMITTED,
        )

    def __str__(self):
        return self.title or ""


class Panel(Child):
    """One fold of a leaflet."""

    leaflet = models.ForeignKey(Leaflet, models.CASCADE, related_name="panels")
    heading = Line("heading")

    class Meta:
        verbose_name = "panel"
        verbose_name_plural = "panels"
        ordering = ["pk"]

    def __str__(self):
        return self.heading or ""
