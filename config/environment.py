"""What the environment may say, and what is refused.

Everything that an operator sets is read here; `settings.py` only lays it out for Django.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH = 50


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
    """The folder of everything that is not code (`DATA_DIR`), made readable by its owner only."""
    path = Path(os.environ.get("DATA_DIR") or base / "var").absolute()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """The secret key, from `SECRET_KEY_FILE` or from the data folder, where it is made once.

    Raises ImproperlyConfigured for a named file that is missing.
    """
    named = os.environ.get("SECRET_KEY_FILE")
    path = Path(named) if named else data / "secret_key"
    if not path.exists():
        if named:
            raise ImproperlyConfigured(
                f"SECRET_KEY_FILE={named} does not exist. Make it once, for example with: "
                f"(umask 077; head -c 48 /dev/urandom | base64 > {named})"
            )
        write_secret(path, secrets.token_urlsafe(64))
    return path.read_text().strip()


def write_secret(path: Path, text: str) -> None:
    """A new file that only its owner may read. A file that is there already is left as it is."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Two processes may start at once: the first one's secret is everybody's.
        return
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")


def refuse_unsafe(*, site_url: str, debug: bool, key: str, data: Path) -> None:
    """Refuse to serve a public address in an unsafe state, and say what to set.

    Raises ImproperlyConfigured with every reason at once.
    """
    reasons = list(unsafe(site_url=site_url, debug=debug, key=key, data=data))
    if reasons:
        raise ImproperlyConfigured(
            f"Tract does not start at {site_url}, because:\n"
            + "\n".join(f"  - {reason}" for reason in reasons)
        )


def unsafe(*, site_url: str, debug: bool, key: str, data: Path):
    url = urlsplit(site_url)
    onion = (url.hostname or "").endswith(".onion")
    if url.scheme not in ("http", "https") or not url.hostname:
        yield "SITE_URL must be a whole address. Set for example SITE_URL=https://tract.example.org."
    elif url.scheme == "http" and not onion:
        yield (
            "SITE_URL begins with http://, so passwords would travel in the clear. "
            f"Set SITE_URL=https://{url.netloc} and put a proxy with TLS in front."
        )
    if url.path.strip("/") or url.query or url.fragment:
        yield "SITE_URL holds a path. Set only scheme and host; Tract lives at the root of a host."
    if debug:
        yield "DEBUG=1 shows the inside of the site to strangers. Unset DEBUG."
    if len(key) < KEY_LENGTH or key.startswith("django-insecure-"):
        yield (
            f"the secret key is weak (fewer than {KEY_LENGTH} characters, or a sample). "
            "Delete its file and let Tract make one, or set SECRET_KEY_FILE to a better one."
        )
    for path in (Path(os.environ.get("SECRET_KEY_FILE") or data / "secret_key"), data):
        if path.exists() and path.stat().st_mode & stat.S_IRWXO:
            yield f"{path} can be read by every user of this machine. Run: chmod o= {path}"
