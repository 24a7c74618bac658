"""Addresses of groups: on the web, or as onion services."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.addresses import is_onion_service, safe_href

MAX_LENGTH = 500

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label is not a number: an IP address is nothing that a group is known by.
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")


def normalise(address: str) -> str:
    """`address` as it is stored: scheme and host in small letters, blanks encoded.

    Raises ValidationError for anything but http and https, for a user name or password in it, for
    a host that has no name of its own, for an onion address with a wrong character, and for what
    is too long.
    """
    if len(address) > MAX_LENGTH:
        raise ValidationError(
            _("The address is too long: %(max)d characters fit."), params={"max": MAX_LENGTH}
        )
    whole = safe_href(address.strip())
    # safe_href adds the scheme that a person left out; here nobody's address is guessed.
    if not whole or not re.match(r"https?:", address.strip(), re.IGNORECASE):
        raise ValidationError(_("Write the whole address, beginning with https:// or http://."))
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port
        ascii_host = host.encode("idna").decode().lower()
    except ValueError:
        # A bad port or bracket, or a label that IDNA (RFC 3490) forbids.
        raise ValidationError(_not_a_site(address)) from None
    if "@" in parts.netloc:
        raise ValidationError(
            _("The address holds a user name or password. Leave out all up to the “@”.")
        )
    if not _HOST.fullmatch(ascii_host) or len(ascii_host) > 253:
        raise ValidationError(_not_a_site(host))
    if ascii_host.endswith(".onion") and not is_onion_service(ascii_host):
        raise ValidationError(
            _(
                "This onion address cannot be right: there are 56 characters before “.onion”, and "
                "the last ones confirm the others. Copy it again from Tor Browser."
            )
        )
    netloc = f"{host}:{port}" if port is not None else host
    return urlunsplit(parts._replace(netloc=netloc))


def _not_a_site(host: str) -> str:
    return _("“%(host)s” is not the name of a site. Check it for typing errors.") % {
        "host": host[:80]
    }
