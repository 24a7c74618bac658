"""One question to one address: time, bytes and certificate are minded here.

Of the answer only the first lines are read, never a body. Environment proxies are not used.
"""

from __future__ import annotations

import errno
import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass

from links.checking.addresses import Target
from links.checking.outcomes import Failed, Problem

# What we are, and not who: the sites that are visited need not learn which collective links them.
USER_AGENT = "Tract link check"
MOST_BYTES = 64 * 1024
_AT_ONCE = 4096
# It says nothing about the site where there is no way to it from here.
_NO_WAY = {
    *(errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL),
    *(errno.EAFNOSUPPORT, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE),
}


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    sets_cookies: bool
    read: int  # bytes


class TooMuch(http.client.HTTPException):
    """The head of the answer has no end."""


class _Source(io.RawIOBase):
    """What comes over a connection, until `deadline` (of time.monotonic) or too many bytes.

    A socket's own timeout begins anew with every byte: a slow drip would go on for ever.
    """

    def __init__(self, connection: socket.socket, deadline: float):
        super().__init__()
        self.connection, self.deadline, self.read_so_far = connection, deadline, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.read_so_far >= MOST_BYTES:
            raise TooMuch
        self.connection.settimeout(_left(self.deadline))
        read = self.connection.recv_into(buffer, min(len(buffer), _AT_ONCE))
        self.read_so_far += read
        return read

    def makefile(self, _mode: str) -> io.BufferedReader:
        # What http.client asks a socket for.
        return io.BufferedReader(self, _AT_ONCE)


def ask(
    method: str,
    target: Target,
    ip: str,
    *,
    deadline: float,
    connect_timeout: float,
    context: ssl.SSLContext,
) -> Answer:
    """Ask for `target` at the very address `ip`, and give the head of the answer.

    Raises Failed.
    """
    try:
        return _ask(method, target, ip, deadline, connect_timeout, context)
    except ssl.SSLCertVerificationError as error:
        raise Failed(Problem.CERTIFICATE) from error
    except TimeoutError as error:
        raise Failed(Problem.TIME_OUT) from error
    except ConnectionRefusedError as error:
        raise Failed(Problem.NO_ANSWER) from error
    except ConnectionError as error:
        raise Failed(Problem.CUT) from error
    except ssl.SSLError as error:
        raise Failed(Problem.INSECURE) from error
    except OSError as error:
        no_way = error.errno in _NO_WAY
        raise Failed(Problem.OUR_NETWORK if no_way else Problem.CUT) from error
    except (http.client.HTTPException, ValueError) as error:
        raise Failed(Problem.ODD) from error


def _ask(method, target, ip, deadline, connect_timeout, context) -> Answer:
    connection = _connect(target, ip, deadline, connect_timeout, context)
    try:
        connection.settimeout(_left(deadline))
        connection.sendall(_request(method, target))
        source = _Source(connection, deadline)
        response = http.client.HTTPResponse(source, method=method)
        response.begin()
        headers = response.headers
        return Answer(
            response.status,
            headers.get("Location", ""),
            "Set-Cookie" in headers,
            source.read_so_far,
        )
    finally:
        connection.close()


def _connect(target: Target, ip: str, deadline, connect_timeout, context) -> socket.socket:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(min(connect_timeout, _left(deadline)))
        connection.connect((ip, target.port))
        if target.scheme == "https":
            connection.settimeout(_left(deadline))
            connection = context.wrap_socket(connection, server_hostname=target.host)
    except BaseException:
        connection.close()
        raise
    return connection


def _request(method: str, target: Target) -> bytes:
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        f"User-Agent: {USER_AGENT}",
        "Accept: text/html, */*;q=0.5",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
