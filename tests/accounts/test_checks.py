from __future__ import annotations

import pytest

from accounts.checks import check_cache_is_shared

CACHES = "django.core.cache.backends."


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_that_each_process_has_for_itself_is_refused(settings, backend):
    settings.CACHES = {"default": {"BACKEND": CACHES + backend}}

    [error] = check_cache_is_shared(None)

    assert (error.id, error.level) == ("accounts.E001", 40)


def test_our_own_cache_is_shared():
    assert check_cache_is_shared(None) == []
