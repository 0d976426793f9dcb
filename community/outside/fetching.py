"""Fetches a public page over HTTP, within bounds of size and time: a feed's address is a stranger's word."""

import ssl
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from community.outside.connecting import NotReachedError, PublicConnection, may_reach_loopback

LARGEST = 2 * 1024 * 1024  # bytes, as sent and once more as unpacked, where the caller says nothing else
FEEDS = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
SECONDS = 20  # for everything, redirects included
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Fetched:
    """`body` is None where nothing has changed since `etag` and `last_modified`."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""
    charset: str = ""


def fetch(url: str, *, etag: str = "", last_modified: str = "", largest: int = LARGEST, accept: str = FEEDS) -> Fetched:
    """The page at `url`, after at most three redirects. Sends no cookies; raises NotReachedError with a sentence."""
    headers = _headers(etag, last_modified, accept)
    ends = monotonic() + SECONDS
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _ask(url, ends, headers, largest)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    except TimeoutError as error:
        raise NotReachedError("It took too long, so we stopped waiting.") from error
    except ssl.SSLCertVerificationError as error:
        raise NotReachedError("Its certificate is not valid, so it is not trusted.") from error
    except (HTTPException, OSError, ValueError) as error:
        raise NotReachedError("The server does not answer as a web server should.") from error
    raise NotReachedError(f"It redirects more than {MOST_REDIRECTS} times.")


def require_openable(url: str) -> SplitResult:
    """The parts of an address that we would open. Raises NotReachedError with what is wrong with it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotReachedError("That is not a web address.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotReachedError("Only addresses that begin with http:// or https:// are opened.")
    if parts.username is not None or parts.password is not None:
        raise NotReachedError("Addresses with a name and password in them are not opened.")
    if port not in (None, *PORTS.values()) and not may_reach_loopback():
        raise NotReachedError("Only the web's own ports, 80 and 443, are opened.")
    return parts


def _ask(url: str, ends: float, headers: dict[str, str], largest: int) -> Fetched | str:
    """One request: what came, or where to ask instead."""
    parts = require_openable(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = PublicConnection(host, port, is_safe=parts.scheme == "https", ends=ends)
    try:
        connection.connect()
        connection.putrequest("GET", iri_to_uri(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"))
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return _taken(connection.getresponse(), url, largest)
    finally:
        connection.close()


def _headers(etag: str, last_modified: str, accept: str) -> dict[str, str]:
    headers = {
        "User-Agent": f"SecondConversation/1.0 (+{settings.SITE_URL})",
        "Accept": accept,
        "Connection": "close",
    }
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return headers | {name: value for name, value in known.items() if value}


def _taken(response: HTTPResponse, url: str, largest: int) -> Fetched | str:
    if response.status in _MOVED and response.headers.get("Location"):
        return urljoin(url, response.headers["Location"].strip())
    if response.status == 304:
        return Fetched(None)
    if response.status != 200:
        raise NotReachedError(f"The server answers {response.status} ({_plain(response.reason, 60)}).")
    return Fetched(
        b"".join(_unpacked(response, largest)),
        etag=_plain(response.headers.get("ETag", ""), 200),
        last_modified=_plain(response.headers.get("Last-Modified", ""), 80),
        charset=str(response.headers.get_content_charset() or ""),
    )


def _plain(text: str, most: int) -> str:
    """A header as we may send it back: short, printable, on one line. Else nothing."""
    return text if text.isascii() and text.isprintable() and len(text) <= most else ""


def _chunks(response: HTTPResponse, largest: int) -> Iterator[bytes]:
    size = 0
    while chunk := response.read1(CHUNK):
        size += len(chunk)
        _require_size(size, largest)
        yield chunk


def _unpacked(response: HTTPResponse, largest: int) -> Iterator[bytes]:
    """We ask for no packing; some servers pack all the same. What they pack may not grow past the bound either."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity":
        yield from _chunks(response, largest)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise NotReachedError(f"The server packs its answer in a way we do not read: {_plain(packing, 40)}.")
    unpacker, size = zlib.decompressobj(wbits=47), 0
    for chunk in _chunks(response, largest):
        try:
            unpacked = unpacker.decompress(chunk, largest + 1)
        except zlib.error as error:
            raise NotReachedError("The server's packed answer is damaged.") from error
        size += len(unpacked)
        _require_size(size, largest)
        yield unpacked


def _require_size(size: int, largest: int) -> None:
    if size > largest:
        raise NotReachedError(f"It has more than {largest // 1024**2} MB, so it is not read.")
