"""manage.py in a process of its own, with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = "https://tract.example.org"
# What an operator's or the suite's environment says is not this process's.
OURS = (
    *("DATA_DIR", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "PORT"),
    *("ONION_HOST", "SAMPLE", "SECRET_KEY_FILE", "SITE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"),
)


def manage(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run manage.py with `data` as its folder, umask 077 as `./run` sets it."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=inherited | {"DATA_DIR": str(data)} | environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        umask=0o077,
        timeout=180,
        check=False,
    )


def ask(data: Path, expression: str, **environment: str) -> str:
    """What a Python expression over `settings` says in that process."""
    code = f"from django.conf import settings; print({expression})"
    done = manage(data, "shell", "--no-imports", "--command", code, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
