"""Which addresses a link may hold."""

from __future__ import annotations

import base64
import hashlib
import re

SCHEMES = ("http", "https", "mailto", "tel", "ref")
MAX_ADDRESS = 2000  # characters, as much as every browser and mail program passes on

_THING = re.compile(r"ref:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*/[A-Za-z0-9_-]+")
_REFERENCE = re.compile(rf"{_THING.pattern}(?:#[^#]*)?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_EMAIL = re.compile(r"[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#]+")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<last>[^\W\d_]{2,})(?=[/?#]|$)")
_ONION_KEY = re.compile(r"[a-z2-7]{56}")
# fmt: off
_FILE_ENDINGS = {
    "asp", "aspx", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "odt", "pdf", "php",
    "png", "svg", "txt", "webp", "xml",
}
# fmt: on


def safe_href(address: str) -> str | None:
    """The address as it may be stored in a link, or None where it is none that we accept.

    http, https, mailto, tel, our own `ref:app.model/pk#fragment`, and addresses that begin with
    "/" or "#" are accepted; a bare domain or mail address gets its scheme. What comes out comes
    out again unchanged.
    """
    address = address.strip()
    if not address or len(address) > MAX_ADDRESS:
        return None
    # Browsers skip control characters when they look for a scheme; here they refuse the link.
    head = re.split(r"[/?#]", address, maxsplit=1)[0]
    if _CONTROL.search(head) or (":" in head and not _SCHEME.match(head)):
        return None
    accepted = _accepted(_encoded(address))
    return accepted if accepted and len(accepted) <= MAX_ADDRESS else None


def safe_src(address: str) -> str | None:
    """The address as it may be stored of a picture, or None: only ever a reference to something of
    ours (`ref:app.model/pk`), so that a text brings no file of anybody else's to its readers."""
    address = address.strip()
    return address if len(address) <= MAX_ADDRESS and _THING.fullmatch(address) else None


def is_onion_service(host: str) -> bool:
    """Whether `host` is a version 3 onion address, or a name below one.

    Its key, checksum and version are those of Tor's rend-spec-v3, section 6 [ONIONADDRESS].
    """
    labels = host.split(".")
    if len(labels) < 2 or labels[-1] != "onion" or not _ONION_KEY.fullmatch(labels[-2]):
        return False
    decoded = base64.b32decode(labels[-2].upper())
    key, checksum, version = decoded[:32], decoded[32:34], decoded[34:]
    expected = hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
    return version == b"\x03" and checksum == expected


def _encoded(address: str) -> str:
    address = _CONTROL.sub("", address)
    for character in ' "<>`':
        address = address.replace(character, f"%{ord(character):02X}")
    return address


def _accepted(address: str) -> str | None:
    scheme = _SCHEME.match(address)
    if scheme:
        return _known_scheme(scheme[1].lower(), address[scheme.end() :])
    address = address.replace("\\", "/")  # as browsers do: "/\host" is "//host"
    if address.startswith("//"):
        return _known_scheme("https", address)
    if address.startswith(("/", "#")):
        return address
    if _EMAIL.fullmatch(address):
        return f"mailto:{address}"
    domain = _DOMAIN.match(address)
    if domain and domain["last"].lower() not in _FILE_ENDINGS:
        return f"https://{address}"
    return None


def _known_scheme(scheme: str, rest: str) -> str | None:
    address = f"{scheme}:{rest}"
    if scheme in ("http", "https"):
        address = address.replace("\\", "/")
        return address if re.match(r"https?://[^/?#]", address) else None
    if scheme == "ref":
        return address if _REFERENCE.fullmatch(address) else None
    return address if scheme in SCHEMES and rest else None
