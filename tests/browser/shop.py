"""A shop on another origin, with a strict Content-Security-Policy: its pages show our widgets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = """<!doctype html>
<html lang="en"{attributes}>
<head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="/icon"></head>
<body><main><h1>Fell Jumper</h1><p>Wool, from the north.</p>{widgets}<p>Delivered in three days.</p></main></body>
</html>"""


class Shop:
    """`address` and `other_address` are two origins of the same pages; `pages` are by path."""

    def __init__(self, community: str, port: int) -> None:
        self.community, self.pages = community, {}  # type: ignore[var-annotated]
        self.address, self.other_address = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        # as docs/widget.md says: one source for the script, one for the frame, and nothing for styles
        self.policy = f"default-src 'none'; img-src 'self'; script-src {community}; frame-src {community}"

    def put(self, path: str, widgets: str, attributes: str = "") -> None:
        self.pages[path] = PAGE.format(widgets=widgets, attributes=attributes)


@contextmanager
def open_shop(community: str) -> Iterator[Shop]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = shop.pages.get(self.path)
            self.send_response(200 if page or self.path == "/icon" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if page else "image/svg+xml")
            self.send_header("Content-Security-Policy", shop.policy)
            self.end_headers()
            self.wfile.write((page or '<svg xmlns="http://www.w3.org/2000/svg"/>').encode())

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    shop = Shop(community, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, name="shop")
    thread.start()
    yield shop
    server.shutdown()
    server.server_close()
    thread.join()
