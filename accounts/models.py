from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who works here. A name to log in with is all that is asked of them."""

    first_name = last_name = None
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Not needed. Nobody else sees it.")
    )
    language = models.CharField(
        _("language of the interface"),
        max_length=12,
        default=settings.LANGUAGE_CODE,
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def get_full_name(self):
        return self.username

    def get_short_name(self):
        return self.username
