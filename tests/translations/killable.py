"""The site as people serve it, on the database of the running test, to be killed at any moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60


def application():
    """What granian serves: the site, with its static files where they lie."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    return StaticFilesHandler(get_wsgi_application())


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """granian on a port of its own, where it stands again when it is started after a kill."""

    def __init__(self):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = Path(settings.DATA_DIR) / f"killable-{self.port}.log"
        self.process = None

    def start(self):
        """Raises RuntimeError where it does not answer within a minute."""
        command = [
            *(Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--factory"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--no-ws", "--no-access-log"),
            *("--log-level", "warning", "--blocking-threads", "4"),
            "tests.translations.killable:application",
        ]
        with self.log.open("a") as file:
            # A session of its own, so that the signal reaches its workers too.
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=_environment(),
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self._wait()

    def kill(self):
        """SIGKILL, to all of it: nobody can tidy up."""
        # Nobody else may hold the file open: whoever comes next has to find it sound.
        connections.close_all()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"It does not answer:\n{self.log.read_text()}")


@contextmanager
def killable() -> Iterator[Server]:
    """A server that runs, and does not outlive the test."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        if server.process:
            server.kill()


def _environment() -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TRACT_TEST_DATA": str(settings.DATA_DIR)}
    return os.environ | own | {"DATABASE_URL": _address(connection.settings_dict["NAME"])}


def _address(name: str) -> str:
    """The address of the test's own database, whose name Django has made."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    where = urlsplit(os.environ["DATABASE_URL"])
    return where._replace(path=f"{where.path.rpartition('/')[0]}/{name}").geturl()
