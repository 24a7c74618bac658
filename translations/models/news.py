from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """A person who asked for a daily mail about what there is to translate into a language."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_subscriptions"
    )
    language = models.CharField(max_length=12)
    # What changed before this moment has been told.
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("subscription")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="subscription_once")
        ]

    def __str__(self):
        return f"{self.person} {self.language}"
