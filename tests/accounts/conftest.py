from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries_counted(db):
    """A test with a browser leaves what it counted: this table is no model's, and not flushed."""
    cache.clear()
