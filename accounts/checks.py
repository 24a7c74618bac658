from __future__ import annotations

from django.conf import settings
from django.core.checks import Error

# Each process would count for itself, or nobody would count at all.
NOT_SHARED = ("locmem.LocMemCache", "dummy.DummyCache")


def check_cache_is_shared(app_configs, **kwargs) -> list[Error]:
    """An error where wrong passwords would be counted by each process for itself."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.DEBUG or not backend.endswith(NOT_SHARED):
        return []
    return [
        Error(
            f"Tries to log in are counted in {backend}, which processes do not share.",
            hint="Use django.core.cache.backends.db.DatabaseCache.",
            id="accounts.E001",
        )
    ]
