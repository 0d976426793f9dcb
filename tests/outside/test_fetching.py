"""Fetching feeds: a stranger's address must not lead into our own network, hold us for ever, or fill our memory."""

import gzip
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.checks import run_checks

from community.outside import connecting, fetching
from community.outside.connecting import NotReachedError
from community.outside.fetching import fetch
from community.outside.public import is_public
from staff.listening.feeds import BadFeedError, read_feed
from tests.staff.feed_server import FeedServer, endless, feed, feed_server, gzip_bomb, item, slow_body, slow_head

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.1.1.1",
    "255.255.255.255", "240.0.0.1", "192.0.2.1", "203.0.113.9",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1",
    "3fff::1", "localhost", "",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::8"]


@pytest.fixture
def feeds(settings: Any) -> Iterator[FeedServer]:
    settings.LISTEN_TO_LOOPBACK = True
    with feed_server() as serving:
        yield serving


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.6)


@pytest.mark.parametrize("number", INSIDE)
def test_what_is_not_public_is_known(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", OUTSIDE)
def test_what_is_public_is_known(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
        "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.8/", "http://[fe80::1]/", "http://192.168.0.1/feed",
    ],
)  # fmt: skip
def test_no_address_of_our_own_network_is_opened(url):
    with pytest.raises(NotReachedError, match=r"public|no server"):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "begin with"), ("ftp://example.com/", "begin with"), ("gopher://x/", "begin with"),
        ("http://user:pass@example.com/", "name and password"), ("http://example.com:6379/", "ports"),
        ("http://example.com:99999/", "no.*address|not a web address"), ("http://[bad/", "not a web address"),
        ("http:///path", "begin with"), ("", "begin with"),
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_opened(url, words):
    with pytest.raises(NotReachedError, match=words):
        fetch(url)


def test_an_open_service_of_ours_hears_nothing(settings, feeds):
    """The trap: looking at the name alone. The server is there and would answer."""
    url = feeds.serve("/feed", feed())
    assert fetch(url).body
    settings.LISTEN_TO_LOOPBACK = False
    with pytest.raises(NotReachedError, match="ports"):
        fetch(url)
    with pytest.raises(NotReachedError, match="public"):
        fetch("http://127.0.0.1/feed")
    assert len(feeds.asked) == 1


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[list[str]]:
    """The system's resolver answers with these numbers, one list a question."""
    left = list(answers)

    def answer(host: str, port: int, **_: Any) -> list[tuple]:
        numbers = left.pop(0)
        kinds = (socket.AF_INET6 if ":" in number else socket.AF_INET for number in numbers)
        return [(kind, socket.SOCK_STREAM, 6, "", (number, port)) for kind, number in zip(kinds, numbers, strict=True)]

    monkeypatch.setattr(connecting.socket, "getaddrinfo", answer)
    return left


def test_a_name_with_one_private_number_is_refused(monkeypatch):
    resolver(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(NotReachedError, match="public"):
        fetch("http://mixed.example/")


def test_a_name_is_resolved_once_and_the_looked_at_number_is_connected_to(monkeypatch):
    """DNS rebinding: the second answer, loopback, is never asked for."""
    left = resolver(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    reached: list[Any] = []

    def connect(self: Any, address: Any) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(connecting._PlainSocket, "connect", connect)
    with pytest.raises(NotReachedError):
        fetch("http://rebinding.example/")
    assert reached == [("93.184.216.34", 80)]
    assert left == [["127.0.0.1"]]


@pytest.mark.parametrize("inside", ["http://169.254.169.254/latest/", "http://10.1.1.1/", "file:///etc/passwd"])
def test_a_redirect_into_our_network_is_not_followed(feeds, inside):
    feeds.redirect("/hop", feeds.redirect("/start", inside))
    with pytest.raises(NotReachedError, match=r"public|begin with"):
        fetch(feeds.url + "/hop")


def test_three_redirects_are_followed_and_no_more(feeds):
    last = feeds.serve("/last", feed())
    for nth in range(3):
        last = feeds.redirect(f"/{nth}", last)
    assert fetch(last).body
    with pytest.raises(NotReachedError, match="more than 3"):
        fetch(feeds.redirect("/one-more", last))


def test_a_redirect_may_be_relative(feeds):
    feeds.serve("/a/feed", feed())
    assert fetch(feeds.redirect("/a/old", "feed")).body


def test_the_host_is_named_and_nothing_of_ours_is_told(feeds, settings):
    fetch(feeds.serve("/feed", feed(), Set_Cookie="a=b"))
    fetch(feeds.url + "/feed")
    _, headers = feeds.asked[1]
    assert headers["Host"] == feeds.url.removeprefix("http://")
    assert settings.SITE_URL in headers["User-Agent"]
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_an_unchanged_feed_costs_nothing(feeds):
    def page(handler: Any) -> None:
        handler.send_response(304 if handler.headers.get("If-None-Match") == '"7"' else 200)
        handler.send_header("ETag", '"7"')
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    feeds.pages["/feed"] = page
    first = fetch(feeds.url + "/feed")
    assert first.body == b""
    assert fetch(feeds.url + "/feed", etag=first.etag).body is None


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize("writes", [slow_body, slow_head])
def test_a_slow_server_is_left_in_time(feeds, writes):
    """A byte now and then never trips a limit of one read; the whole has one."""
    feeds.pages["/slow"] = writes
    with pytest.raises(NotReachedError, match="too long"):
        fetch(feeds.url + "/slow")


@pytest.mark.usefixtures("_hurried")
def test_a_resolver_that_hangs_is_left_in_time(monkeypatch):
    monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *_, **__: time.sleep(1))
    with pytest.raises(NotReachedError, match="too long"):
        fetch("http://hangs.example/")


def test_an_endless_body_is_left(feeds):
    feeds.pages["/endless"] = endless
    with pytest.raises(NotReachedError, match="2 MB"):
        fetch(feeds.url + "/endless")


def test_a_packed_feed_is_read_and_a_bomb_is_not(feeds):
    packed = feeds.serve("/packed", gzip.compress(feed()), Content_Encoding="gzip")
    assert fetch(packed).body == feed()
    with pytest.raises(NotReachedError, match="2 MB"):
        fetch(feeds.serve("/bomb", gzip_bomb(), Content_Encoding="gzip"))
    with pytest.raises(NotReachedError, match="damaged"):
        fetch(feeds.serve("/damaged", b"no gzip", Content_Encoding="gzip"))


@pytest.mark.parametrize("status", [401, 404, 500, 206])
def test_an_error_is_said(feeds, status):
    with pytest.raises(NotReachedError, match=str(status)):
        fetch(feeds.serve("/feed", b"", status))


def test_what_is_no_web_server_is_said(feeds):
    feeds.pages["/odd"] = lambda handler: handler.wfile.write(b"220 mail ESMTP\r\n")
    with pytest.raises(NotReachedError, match="web server"):
        fetch(feeds.url + "/odd")


def test_reaching_our_own_machine_is_refused_where_customers_are(settings):
    settings.LISTEN_TO_LOOPBACK, settings.TESTING = True, False
    assert "staff.E001" in [error.id for error in run_checks(tags=["security"])]
    with pytest.raises(NotReachedError, match="public"):
        fetch("http://127.0.0.1/")


# Reading --------------------------------------------------------------------------------------------------------------

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><author><name>The feed</name></author><entry><id>tag:1</id>
<title type="html">A &lt;b&gt;bold&lt;/b&gt; one</title><link rel="edit" href="/edit"/><link href="/1"/>
<author><name>Ann</name><uri>http://ann.example</uri></author><published>2026-11-20T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two <b>more</b></p></div></content>
</entry></feed>"""
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;">]>
<rss><channel><item><title>&lol2;</title></item></channel></rss>"""
FILE = b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item>
</channel></rss>"""


def test_rss_is_read():
    (entry,) = read_feed(feed(item("n1", "Rain &amp; wool&nbsp;", "<p>Hi</p>", date="Fri, 20 Nov 2026 10:00:00 GMT")))
    assert (entry.id, entry.title, entry.text) == ("n1", "Rain & wool\xa0".strip(), "<p>Hi</p>")
    assert (entry.author, entry.url) == ("Pen Moor", "https://blog.example.com/1")
    assert entry.published_at and entry.published_at.isoformat() == "2026-11-20T10:00:00+00:00"


def test_atom_is_read():
    (entry,) = read_feed(ATOM, base_url="https://ann.example/feed")
    assert (entry.id, entry.url, entry.author) == ("tag:1", "https://ann.example/1", "Ann")
    assert entry.text.split() == ["One", "Two", "more"]


@pytest.mark.parametrize("data", [LAUGHS, FILE])
def test_a_feed_that_declares_entities_is_refused(data):
    with pytest.raises(BadFeedError, match="entities"):
        read_feed(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "well-formed"), (b"<rss><item>", "well-formed"), (b"<html><body/></html>", "neither RSS nor Atom"),
        (b"<a>" * 100_000, "nested"), (b"\x00\x01", "well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><rss/>', "encoding|well-formed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_said(data, words):
    with pytest.raises(BadFeedError, match=words):
        read_feed(data)


def test_a_javascript_address_leads_nowhere():
    (entry,) = read_feed(feed(item("n1", "x", link="javascript:alert(1)")))
    assert entry.url == ""
