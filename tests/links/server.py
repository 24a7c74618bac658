"""A server on this machine that behaves as badly as the web does."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Of “secure.example.org”, signed by itself: nobody trusts it who was not told to.
CERTIFICATE = Path(__file__).parent / "certificate.pem"
LONGEST = 20  # seconds: a test that hangs ends by itself


class Server:
    """Answers at 127.0.0.1 by `pages`: path → function(connection). `asked` is what came in."""

    def __init__(self, pages: dict[str, Callable], context: ssl.SSLContext | None = None):
        self.pages, self.context = pages, context
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.at_once = self.most_at_once = 0
        self.sent = 0
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.address}"

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        self._listening.close()

    def _accept(self):
        with suppress(OSError):
            while True:
                connection, _peer = self._listening.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket):
        with suppress(OSError), connection:
            connection.settimeout(LONGEST)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (part := connection.recv(4096)):
                    return
                head += part
            with self._lock:
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            try:
                self._reply(connection, head.decode("latin-1"))
            finally:
                with self._lock:
                    self.at_once -= 1

    def _reply(self, connection, head: str):
        method, path, _version = head.split("\r\n", 1)[0].split(" ")
        self.asked.append(f"{method} {path}")
        self.heads.append(head)
        page = self.pages.get(path.partition("?")[0], status(404))
        for part in page(method):
            connection.sendall(part)
            self.sent += len(part)


@contextmanager
def serving(pages: dict, **options) -> Iterator[Server]:
    server = Server(pages, **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


# What pages do: each gives the parts of an answer to a method.


def status(code: int, *headers: str, body: str = "", get: int | None = None) -> Callable:
    """An answer of this status; to GET, of the status `get`, where that is given."""

    def page(method):
        number = get if get and method == "GET" else code
        lines = [f"HTTP/1.1 {number} Words", *headers, "Content-Length: 0", "", body]
        yield "\r\n".join(lines).encode()

    return page


def leading(to: str, code: int = 302, *headers: str) -> Callable:
    return status(code, f"Location: {to}", *headers)


def huge_body(method):
    """A page of many megabytes, as an answer to HEAD as well: nobody should read it."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _number in range(1024):
        yield b"x" * 64 * 1024


def endless_head(method):
    """Headers without an end."""
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100_000):
        yield f"X-{number}: {'x' * 500}\r\n".encode()


def endless_line(method):
    """A first line without an end."""
    for _number in range(1024):
        yield b"x" * 64 * 1024


def drip(method):
    """One byte of a header now and then: no pause is ever long, and there is no end."""
    yield b"HTTP/1.1 200 OK\r\nX-Slow: "
    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        time.sleep(0.02)
        yield b"x"


def silent(method):
    """Nothing at all."""
    time.sleep(LONGEST)
    yield b""


def cut(method):
    """The connection ends without an answer."""
    yield from ()


def nonsense(method):
    yield b"\x00\x01 hello\r\n\r\n"


def only_by(wanted: str, other: Callable) -> Callable:
    """Works when asked by `wanted`, and does otherwise what `other` does."""

    def page(method):
        yield from (status(200) if method == wanted else other)(method)

    return page
