"""A web server on this machine that serves feeds, and everything that is wrong with feeds."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RSS = (
    """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Trail notes</title>{}</channel></rss>"""
)


def item(name: str, title: str, text: str = "", link: str = "https://blog.example.com/1", date: str = "") -> str:
    when = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item><guid isPermaLink='false'>{name}</guid><title>{title}</title><link>{link}</link>"
        f"<description><![CDATA[{text}]]></description><author>pen@example.com (Pen Moor)</author>{when}</item>"
    )


def feed(*items: str) -> bytes:
    return RSS.format("".join(items)).encode()


class FeedServer:
    """`pages`: path → (status, headers, body), or a function that writes with the handler itself."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def serve(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url + path

    def redirect(self, path: str, to: str) -> str:
        return self.serve(path, b"", 302, Location=to)


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    serving = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving.asked.append((self.path, dict(self.headers)))
            page = serving.pages.get(self.path, (404, {}, b""))
            with suppress(OSError):  # who asked has gone
                page(self) if callable(page) else self._answer(*page)

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    serving.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield serving
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body that never ends."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<x/>" * 16_384)


def slow_head(handler: BaseHTTPRequestHandler) -> None:
    """A header now and then, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for nth in range(600):
        handler.wfile.write(f"X-{nth}: on\r\n".encode())
        time.sleep(0.1)


def slow_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b" ")
        time.sleep(0.1)


def gzip_bomb() -> bytes:
    """40 KB that unpack to 40 MB."""
    return gzip.compress(b"\0" * (40 * 1024**2))
