from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        from accounts.checks import check_cache_is_shared
        from accounts.groups import make_groups

        # Not a migration: permissions exist only once every app has migrated.
        post_migrate.connect(make_groups, sender=self)
        checks.register(check_cache_is_shared)
