"""What the environment may say, and what is refused.

Everything that an operator sets is read here; `settings.py` only lays it out for Django.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from core.addresses import is_onion_service

KEY_LENGTH = 50
SQLITE = {
    # The lock of an act is the transaction: begun for writing, never upgraded half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: WAL alone may lose the last commits when the power goes. secure_delete: a text that
    # was taken back is not left lying in the file.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
# What a browser sends as Host: a name with accents arrives as xn--…
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")
WHOLE_ADDRESS = (
    "SITE_URL must be a whole address. Set for example SITE_URL=https://tract.example.org "
    "(a name with accents in its xn-- form)."
)


def flag(name: str, default: bool) -> bool:
    """`NAME=0` or `NAME=1` as a bool; anything else is refused, not guessed.

    Raises ImproperlyConfigured.
    """
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name}={value} is not understood: write {name}=1 or {name}=0.")
    return value == "1"


def data_dir(base: Path) -> Path:
    """The folder of everything that is not code (`DATA_DIR`), made readable by its owner only.

    Raises ImproperlyConfigured where it cannot be made.
    """
    path = Path(os.environ.get("DATA_DIR") or base / "var").absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {path} cannot be made ({error.strerror}). "
            "Set DATA_DIR to a folder that Tract may write to."
        ) from error
    return path


def secret_key(data: Path) -> str:
    """The secret key, from `SECRET_KEY_FILE` or from the data folder, where it is made once.

    Raises ImproperlyConfigured for a named file that is missing, and for one that cannot be read.
    """
    named = os.environ.get("SECRET_KEY_FILE")
    path = Path(named) if named else data / "secret_key"
    if named and not path.exists():
        raise ImproperlyConfigured(
            f"SECRET_KEY_FILE={named} does not exist. Make it once, for example with: "
            f"(umask 077; head -c 48 /dev/urandom | base64 > {named})"
        )
    try:
        if not path.exists():
            write_secret(path, secrets.token_urlsafe(64))
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(f"The secret key {path} cannot be read: {reason}.") from error
    if not key:
        raise ImproperlyConfigured(
            f"The secret key {path} is empty. Delete it and let Tract make one, "
            "or set SECRET_KEY_FILE to a better one."
        )
    return key


def write_secret(path: Path, text: str) -> None:
    """A new file that only its owner may read. A file that is there already is left as it is."""
    # Two processes may start at once: the first one's secret is everybody's. Written elsewhere and
    # then linked, it is never seen half-written.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def database(data: Path) -> dict:
    """Django's settings of the database: `DATABASE_URL`, or SQLite in the data folder.

    Raises ImproperlyConfigured for an address of anything but SQLite or PostgreSQL.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        # Not as an address: a folder's name may hold what means something there.
        path = str(data / "tract.sqlite3")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": SQLITE}
    scheme = url.partition(":")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:// or postgres://. "
            "Set for example DATABASE_URL=postgres://user:password@host/name, "
            "or DATABASE_URL=postgres://user@/name?host=/run/postgresql for a local socket."
        )
    found = environ.Env.db_url_config(url)
    if scheme == "sqlite":
        return found | {"OPTIONS": SQLITE}
    # libpq also takes a socket's folder as the host, with its slashes as %2F.
    found["HOST"] = unquote(found["HOST"])
    return found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def mail() -> dict:
    """Django's settings of mail: the server (`EMAIL_URL`; without it, mail goes nowhere) and whose
    name stands on it (`MAIL_FROM`; without it, Django's own).

    Raises ImproperlyConfigured for what is no address of a mail server, or of a mailbox.
    """
    try:
        found = environ.Env.email_url_config(os.environ.get("EMAIL_URL") or "dummymail://")
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(
            "EMAIL_URL is not understood. "
            "Set for example EMAIL_URL=smtp+tls://user:password@mail.example.org:587."
        ) from error
    if sender := os.environ.get("MAIL_FROM"):
        found["DEFAULT_FROM_EMAIL"] = mailbox(sender)
    return found


def mailbox(sender: str) -> str:
    """`sender` as a mail can bear it: one address, with or without a name (RFC 5322).

    Raises ImproperlyConfigured.
    """
    sender = sender.strip()
    name, address = parseaddr(sender)
    try:
        # What the parser passes over in silence (a second address, a remark) is refused.
        is_whole = sender.endswith(f"<{address}>") if name else sender == address
        if not (is_whole and sender.isprintable()):
            raise ValidationError(sender)
        validate_email(address)
    except ValidationError as error:
        raise ImproperlyConfigured(
            "MAIL_FROM is not understood: it is one address, with or without a name. "
            "Set for example MAIL_FROM='Quai Ouvert <desk@example.org>'."
        ) from error
    return sender


def public_host(site_url: str) -> str:
    """The host that `SITE_URL` names, "" for an address that names none."""
    try:
        return urlsplit(site_url).hostname or ""
    except ValueError:
        return ""


def onion_host(site_url: str) -> str:
    """The host of the site's onion service (`ONION_HOST`), "" where it has none.

    Raises ImproperlyConfigured where there is no public site that it would be a second address of.
    """
    host = os.environ.get("ONION_HOST", "").strip().lower()
    if host and not site_url:
        raise ImproperlyConfigured(
            "ONION_HOST is the second address of a public site. Set SITE_URL too, or, for a site "
            "that is nowhere but there, only SITE_URL=http://…onion."
        )
    return host


def refuse_unsafe(
    *, site_url: str, debug: bool, key: str, data: Path, onion_host: str = ""
) -> None:
    """Refuse to serve a public address in an unsafe state, and say what to set.

    Raises ImproperlyConfigured with every reason at once.
    """
    reasons = [
        *unsafe(site_url=site_url, debug=debug, key=key, data=data),
        *_unfit_onion(onion_host, site_url),
    ]
    if reasons:
        raise ImproperlyConfigured(
            f"Tract does not start at {site_url}, because:\n"
            + "\n".join(f"  - {reason}" for reason in reasons)
        )


def unsafe(*, site_url: str, debug: bool, key: str, data: Path) -> Iterator[str]:
    """Every reason not to serve `site_url`, each with what to set."""
    yield from _unsafe_address(site_url)
    if debug:
        yield "DEBUG=1 shows the inside of the site to strangers. Unset DEBUG."
    if len(key) < KEY_LENGTH or key.startswith("django-insecure-"):
        yield (
            f"the secret key is weak (fewer than {KEY_LENGTH} characters, or a sample). "
            "Delete its file and let Tract make one, or set SECRET_KEY_FILE to a better one."
        )
    for path in (Path(os.environ.get("SECRET_KEY_FILE") or data / "secret_key"), data):
        if path.exists() and path.stat().st_mode & stat.S_IRWXO:
            yield f"{path} is open to every user of this machine. Run: chmod o= {path}"


def _unsafe_address(site_url: str) -> Iterator[str]:
    try:
        url = urlsplit(site_url)
        # Looked at because a number that is no port is only found when it is asked for.
        _port = url.port
    except ValueError:
        yield WHOLE_ADDRESS
        return
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not HOST.fullmatch(host):
        yield WHOLE_ADDRESS
        return
    if url.scheme == "http" and not host.endswith(".onion"):
        yield (
            "SITE_URL begins with http://, so passwords would travel in the clear. "
            f"Set SITE_URL=https://{host} and put a proxy with TLS in front."
        )
    if url.username or url.password:
        yield "SITE_URL holds a name or a password. Set only scheme and host."
    if url.path.strip("/") or url.query or url.fragment:
        yield "SITE_URL holds a path. Set only scheme and host; Tract lives at the root of a host."


def _unfit_onion(host: str, site_url: str) -> Iterator[str]:
    if not host:
        return
    if not is_onion_service(host):
        yield (
            f"ONION_HOST={host} is no onion address: 56 characters and “.onion”, of which the last "
            "ones confirm the others, without http:// and without a path. Copy it again from the "
            "file “hostname” in the folder of the onion service."
        )
    elif host == public_host(site_url):
        yield "SITE_URL is that onion address already. Unset ONION_HOST."
