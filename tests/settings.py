"""Settings of the test suite: the real ones, with a folder of its own and quick passwords."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if folder := os.environ.get("TRACT_TEST_DATA"):
    os.environ["DATA_DIR"] = folder
else:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tract-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
for name in ("SITE_URL", "ONION_HOST", "SECRET_KEY_FILE", "DEBUG", "SAMPLE", "EMAIL_URL"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

# A content app like any other: what it has, it has by registering.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.leaflets.apps.LeafletsConfig"]

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: a browser's server and a second process read it beside the test.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
(DATA_DIR / "static").mkdir(exist_ok=True)
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
