from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(autouse=True)
def _warm_content_types(request):
    """Literal query counts must not depend on which test ran before."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        request.getfixturevalue("db")
        from translations import registry

        ContentType.objects.get_for_models(*registry.documents())


@pytest.fixture(autouse=True)
def _language():
    """A request leaves its language behind; the next test must not speak it."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's chromium, without a download. Tells `./run test` that a browser took part."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not executable:
        pytest.skip("chromium is not installed: apt install chromium")
    if report := os.environ.get("TRACT_TEST_REPORT"):
        with Path(report).open("a") as file:
            file.write("browser\n")
    return {**browser_type_launch_args, "executable_path": executable, "args": CHROMIUM_FLAGS}


@pytest.fixture
def connection_rows(db):
    """Ask the database itself, past every model."""

    def rows(sql: str) -> list[tuple]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return rows
