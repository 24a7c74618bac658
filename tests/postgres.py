"""A PostgreSQL of our own for one command, thrown away afterwards.

    python tests/postgres.py -- COMMAND ...

runs COMMAND with DATABASE_URL pointing to a new cluster in a temporary folder, reached by a
socket in that folder and by no port. Nothing of a server that may run on this machine is touched.

Exit status: COMMAND's own; 3 where the server's programs are not found or do not start.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL's server was not found. Install it: apt install postgresql"
NO_CLUSTER = 3
NEEDED = ("initdb", "pg_ctl", "postgres", "createdb")
# Speed over safety, which a cluster that lives for a minute does not need.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}


def find_binaries() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, or None."""
    # Debian keeps servers out of PATH; sorted by number, so that 15 comes before 9.6.
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: [int(part) for part in re.findall(r"\d+", path.parent.name)],
        reverse=True,
    )
    others = [*_told_by_pg_config(), *_told_by_path()]
    for folder in [*debian, *others]:
        if all(os.access(folder / name, os.X_OK) for name in NEEDED):
            return folder
    return None


def _told_by_pg_config() -> list[Path]:
    if not shutil.which("pg_config"):
        return []
    told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
    return [Path(told.stdout.strip())] if told.returncode == 0 else []


def _told_by_path() -> list[Path]:
    initdb = shutil.which("initdb")
    return [Path(initdb).resolve().parent] if initdb else []


def version(binaries: Path) -> str:
    """The server's major version, for people: "15"."""
    told = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    # "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return found[1] if found else told.stdout.strip()


def _as_unprivileged() -> dict:
    """What `subprocess` needs to run PostgreSQL's programs: they refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise LookupError("PostgreSQL cannot run as root, and there is no user 'postgres' or 'nobody'.")


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A running cluster with an empty database; gives its DATABASE_URL.

    Stops it and removes every file at the end, however the end comes about.
    Raises subprocess.CalledProcessError, with PostgreSQL's words in `stderr`, when it does not
    start; LookupError when there is nobody but root to run it.
    """
    owner = _as_unprivileged()
    # Straight under /tmp: a socket's path may be no longer than about 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="tract-pg-", dir="/tmp"))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        with _running(binaries, folder, owner):
            yield f"postgres://tract@/{folder}/tract"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path, owner: dict) -> Iterator[None]:
    data, log = folder / "data", folder / "log"

    def tool(name: str, *arguments: str) -> None:
        # Variables such as PGPORT or PGHOST would lead to another server.
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [binaries / name, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            **owner,
        )

    tool(
        "initdb",
        *("--pgdata", str(data), "--username", "tract", "--auth", "trust"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
    )
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    try:
        tool(
            "pg_ctl",
            *("start", "--wait", "--pgdata", str(data), "--log", str(log)),
            *("--options", f"{options} -k {folder}"),
        )
        tool("createdb", "--host", str(folder), "--username", "tract", "tract")
        yield
    except subprocess.CalledProcessError as error:
        if log.exists():
            error.stderr = f"{error.stderr}{log.read_text(errors='replace')}"
        raise
    finally:
        if (data / "postmaster.pid").exists():
            tool("pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", str(data))


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command to its end and give its exit status, or 130 after a SIGINT.

    A SIGTERM or SIGHUP is passed on to it. A SIGINT from the keyboard reaches it by itself; should
    it have come to us alone, the command is ended after ten seconds.
    """
    with subprocess.Popen(command, env=environment) as child:

        def pass_on(number, frame):
            child.send_signal(number)

        before = {
            number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)
        }
        try:
            status = child.wait()
        except KeyboardInterrupt:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.terminate()
            status = 130
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def without_servers_variables() -> dict[str, str]:
    """The environment without what would lead libpq to another server (PGPORT, PGSERVICE, …)."""
    return {
        name: value
        for name, value in os.environ.items()
        if not re.fullmatch(r"PG[A-Z]+", name) and name != "DATABASE_URL"
    }


def stop(number: int, frame) -> None:
    """A signal as an exception, so that every `finally` is passed on the way out."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    binaries = find_binaries()
    if binaries is None:
        print(MISSING, file=sys.stderr)
        return NO_CLUSTER
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        with cluster(binaries) as url:
            return run(command, {**without_servers_variables(), "DATABASE_URL": url})
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 127
    except LookupError as error:
        print(error, file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"PostgreSQL did not start:\n{error.stderr}", file=sys.stderr)
    return NO_CLUSTER


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
