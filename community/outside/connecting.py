"""A connection to a public address, and to no other, that ends when its time is over.

The name is resolved once, every number it has is looked at, and the connection goes to a number that was looked at: a
name that answers differently the second time (DNS rebinding) leads nowhere.
"""

import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import monotonic
from typing import Any

from django.conf import settings

from community.outside.public import is_loopback, is_public

LONGEST_WAIT = 5.0  # seconds for one step: resolving, connecting, the next bytes


class NotReachedError(Exception):
    """Why nothing came, in a sentence for the page of sources."""


def left(ends: float) -> float:
    """Seconds for the next step. Raises TimeoutError when the whole time is over."""
    remaining = ends - monotonic()
    if remaining <= 0:
        raise TimeoutError
    return min(LONGEST_WAIT, remaining)


class _Ending:
    """Makes each read end in time, so that a byte now and then cannot hold us for ever."""

    ends: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(left(self.ends))  # type: ignore[attr-defined]
        return super().recv_into(*args, **kwargs)  # type: ignore[misc]


class _PlainSocket(_Ending, socket.socket):
    pass


class _SafeSocket(_Ending, ssl.SSLSocket):
    pass


class PublicConnection(HTTPConnection):
    """`ends` is monotonic time. The Host header and the certificate keep the name; only the number is ours."""

    def __init__(self, host: str, port: int, *, is_safe: bool, ends: float) -> None:
        super().__init__(host, port)
        self.default_port = 443 if is_safe else 80
        self._is_safe = is_safe
        self._ends = ends

    def connect(self) -> None:
        self.sock = _connected(numbers_of(self.host, self.port, self._ends), self.port, self._ends)
        if self._is_safe:
            context = ssl.create_default_context()
            context.sslsocket_class = _SafeSocket
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.sock.ends = self._ends  # type: ignore[attr-defined]


def may_reach_loopback() -> bool:
    """For tests and development alone; a system check refuses the setting elsewhere."""
    return bool(settings.LISTEN_TO_LOOPBACK and (settings.TESTING or settings.DEBUG))


def numbers_of(host: str, port: int, ends: float) -> list[str]:
    """What `host` resolves to. Raises NotReachedError if one of it is not public: a mixture is an attack."""
    with_resolver = ThreadPoolExecutor(1)  # the system's resolver knows no time limit
    try:
        asked = with_resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        numbers = list(dict.fromkeys(str(found[4][0]) for found in asked.result(left(ends))))
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        raise NotReachedError(f"There is no server called {host[:100]}.") from error
    finally:
        with_resolver.shutdown(wait=False)
    if not numbers or not all(map(_may_reach, numbers)):
        raise NotReachedError(f"{host[:100]} does not lead to a public address, so it is not opened.")
    return numbers


def _may_reach(number: str) -> bool:
    return is_public(number) or (may_reach_loopback() and is_loopback(number))


def _connected(numbers: list[str], port: int, ends: float) -> socket.socket:
    """To the first that answers. The number is looked at once more where it is used."""
    problem: OSError = OSError("No address answers.")
    for number in numbers:
        if not _may_reach(number):
            raise NotReachedError("That is not a public address, so it is not opened.")
        made = _PlainSocket(socket.AF_INET6 if ":" in number else socket.AF_INET, socket.SOCK_STREAM)
        try:
            made.settimeout(left(ends))
            made.connect((number, port))
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
