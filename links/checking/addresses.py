"""Which addresses may be visited.

A link is written by people, a redirect by anybody: neither may make this server ask its own
machine, its neighbours, or the services that a host keeps for its machines (SSRF). So a host's
name, and every address behind it, is looked at before each connection, after a redirect too.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from links.checking.outcomes import Problem, Refused

PORTS = {"http": 80, "https": 443}

# Names that lead nowhere in public: RFC 6761, RFC 6762 (.local), RFC 8375 (home.arpa), RFC 9476
# (.alt), and what home routers and companies call theirs.
_NOT_PUBLIC = (
    *("localhost", "local", "internal", "home.arpa", "lan", "home", "corp", "intranet", "private"),
    *("alt", "test", "invalid", "i2p", "arpa"),
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

# IANA's registries of special-purpose addresses, and multicast. Named here rather than asked of
# `ipaddress`, whose answers differ from one Python to the next.
# fmt: off
_NOT_GLOBAL_4 = [ipaddress.ip_network(network) for network in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
)]
# fmt: on
# Of IPv6 only what is given out to sites; in it, what carries an IPv4 address (Teredo, 6to4) or is
# for documents. All else, IPv4-mapped, NAT64 (64:ff9b::), unique local, is outside of it.
_GLOBAL_6 = ipaddress.ip_network("2000::/3")
_NOT_GLOBAL_6 = [
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


@dataclass(frozen=True)
class Rules:
    """Which ports may be asked, and which `hosts` although they are not public: a test's own."""

    ports: frozenset[int] = frozenset(PORTS.values())
    hosts: frozenset[str] = frozenset()

    @classmethod
    def with_test_server(cls, server: str) -> Rules:
        """The rules, but for one server ("127.0.0.1:8001"); "" for none."""
        host, _colon, port = server.rpartition(":")
        if not host:
            return cls()
        return cls(ports=cls().ports | {int(port)}, hosts=frozenset([host]))


@dataclass(frozen=True)
class Target:
    """An address taken apart, all in ASCII: what is connected to, and what is asked for there."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As a request names it (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(address: str, rules: Rules) -> Target:
    """`address` taken apart. Raises Refused where it may not be visited."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused(Problem.NO_SITE) from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise Refused(Problem.NO_SITE)
    if "@" in parts.netloc:
        raise Refused(Problem.LOGIN_INSIDE)
    host = ascii_host(host)
    if host not in rules.hosts:
        require_public_name(host)
    port = PORTS[scheme] if port is None else port
    if port not in rules.ports:
        raise Refused(Problem.PORT)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return Target(scheme, host, port, path)


def ascii_host(host: str) -> str:
    """A host's name as it is looked up: small, in ASCII, without a dot at its end.

    Raises Refused for what no name can be.
    """
    try:
        # Full-width digits and dots become plain ones here, before anybody looks at them.
        return host.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        pass
    if host.isascii():
        # A label that is too long or empty; it is refused by its letters below.
        return host.lower().removesuffix(".")
    raise Refused(Problem.NO_SITE)


def require_public_name(host: str):
    """Raise Refused for a host that is no public site: by its name, or by the address it is."""
    literal = _literal(host)
    if literal is not None:
        require_public(literal)
        return
    labels = host.split(".")
    if labels[-1] == "onion":
        raise Refused(Problem.ONION)
    if any(host == name or host.endswith(f".{name}") for name in _NOT_PUBLIC):
        raise Refused(Problem.PRIVATE)
    # What ends in a number is an IPv4 address to a browser (WHATWG URL, “ends in a number”), in
    # whatever spelling: 2130706433, 0x7f.1, 127.1, 0177.0.0.1.
    if _NUMBER.fullmatch(labels[-1]) or _is_odd_ipv4(host):
        raise Refused(Problem.PRIVATE)
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise Refused(Problem.NO_SITE)


def require_public(address: str):
    """Raise Refused for an IP address that does not belong to a public site."""
    if not is_public(address):
        raise Refused(Problem.PRIVATE)


def is_public(address: str) -> bool:
    """Whether an IP address is one of a public site, as far as its number tells."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        # With a zone ("fe80::1%eth0"), or none at all.
        return False
    if found.version == 4:
        return not any(found in network for network in _NOT_GLOBAL_4)
    if getattr(found, "scope_id", None):
        return False
    return found in _GLOBAL_6 and not any(found in network for network in _NOT_GLOBAL_6)


def _literal(host: str) -> str | None:
    """The IP address that `host` is in its usual spelling, else None."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _is_odd_ipv4(host: str) -> bool:
    try:
        socket.inet_aton(host)
    except (OSError, ValueError):
        return False
    return True
