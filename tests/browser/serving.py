"""The whole site as `./run` serves it: prepared, with the sample content, by granian."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
WORLD = Path(__file__).with_name("world.py")
# What an operator's or the suite's environment says is not this site's.
NOT_OURS = (
    *("DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "SAMPLE"),
    *("ONION_HOST", "SECRET_KEY_FILE", "SITE_URL"),
)
PATIENCE = 60


@dataclass(frozen=True)
class Site:
    """A site that is being served: where, and what is in it (see `world.py`)."""

    url: str
    data: Path
    world: dict

    def path(self, kind: str, language: str) -> str:
        """The address of one page of a kind: "faq", "fr" → "/fr/faq/"."""
        return self.world["pages"][kind][language]

    @property
    def password(self) -> str:
        return (self.data / "admin_password").read_text().strip()


@contextmanager
def served(database_url: str | None = None, *, world: Path = WORLD) -> Iterator[Site]:
    """Serve a new site from a folder of its own on a free port, and remove it afterwards.

    `world` is what completes its sample. Without `database_url`, on SQLite. Raises
    subprocess.CalledProcessError when it cannot be prepared, RuntimeError when it does not answer
    within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="tract-site-") as folder:
        port = _free_port()
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment |= {"DATA_DIR": folder, "PORT": str(port)}
        if database_url:
            environment["DATABASE_URL"] = database_url
        _manage(environment, "prepare")
        with world.open() as code:
            told = _manage(environment, "shell", "--no-imports", stdin=code)
        found = json.loads(told.splitlines()[-1])
        with _running(environment, port, Path(folder) / "server.log") as url:
            yield Site(url, Path(folder), found)


@contextmanager
def _running(environment: dict, port: int, log: Path) -> Iterator[str]:
    command = [
        *(Path(sys.executable).with_name("granian"), "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--no-access-log"),
        *("--log-level", "warning", "--blocking-threads", "4", "config.wsgi:application"),
    ]
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/healthz", server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen, log: Path):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The site does not answer at {address}:\n{log.read_text()}")


def _manage(environment: dict, *arguments: str, stdin=subprocess.DEVNULL) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=stdin, capture_output=True, text=True
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def database_beside(settings: dict) -> Iterator[str | None]:
    """A new database in the PostgreSQL server of Django's `settings`, as an address; dropped after.

    None where the settings are SQLite's: a site makes its own in its folder.
    """
    if "postgresql" not in settings["ENGINE"]:
        yield None
        return
    # Whichever driver Django found.
    from django.db.backends.postgresql.base import Database

    server = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    server = {name: value for name, value in server.items() if value}
    name = f"tract_site_{os.getpid()}"
    connection = Database.connect(dbname="postgres", **server)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield _address(settings, name)
    finally:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.close()


def _address(settings: dict, name: str) -> str:
    password = f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
    user = quote(settings["USER"], safe="")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    host = settings["HOST"]
    # A socket's folder stands in the address as the postgres cluster of this suite writes it.
    place = f"/{host}" if host.startswith("/") else f"{host}{port}"
    return f"postgres://{user}{password}@{place}/{name}"
