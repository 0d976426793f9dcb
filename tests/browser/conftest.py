"""Chromium for the tests: the system's own, without calls home, watched for errors and requests that leave the site.

A test waits for what a person would see, never for time: a busy machine may take long, and is no failure.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from community.members.models import Member

SECONDS = 60  # of patience
expect.set_options(timeout=SECONDS * 1000)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright keeps an event loop in this thread, which Django takes for an async caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person's browser. `problems` collects what no page may do: leave the site, break the CSP, raise, fail."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base, self.problems = context, base, []  # type: ignore[var-annotated]
        self.page: Page = context.new_page()
        self.page.on("request", self._stays_home)
        self.page.on("console", lambda m: self.problems.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _stays_home(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.base).netloc:
            self.problems.append(f"leaves the site: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, who: str) -> None:
        """Give the browser a session of theirs."""
        client = Client()
        client.force_login(Member.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.base}])

    def sign_in_by_form(self, who: str, password: str = "a-good-long-password") -> None:
        self.open("/accounts/login/")
        self.page.locator("input[name=login]").fill(who)
        self.page.locator("input[name=password]").fill(password)
        go(self.page.locator("main form button[type=submit]").first)
        expect(self.page.locator(".masthead .menu")).to_have_count(1)


def go(target: Locator) -> None:
    """Click what leads to another page, and wait until that page and its scripts are there."""
    with target.page.expect_navigation():
        target.click()


def press(page: Page, name: str) -> None:
    """Press the first button of that name, which leads to another page."""
    go(page.get_by_role("button", name=name).first)


def wait_until(is_so: Callable[[], object]) -> None:
    """For what no page shows, like a row of the database."""
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def wait_until_answered() -> None:
    """Until the live server has answered all that was sent to it: each connection is a thread of its own."""
    wait_until(lambda: not any("process_request_thread" in thread.name for thread in threading.enumerate()))


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """`visit()`: a fresh browser; `visit(javascript=False, width=360, scheme="dark")`."""
    opened: list[Visit] = []

    def begin(*, javascript: bool = True, width: int = 1280, scheme: str = "light") -> Visit:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(SECONDS * 1000)
        opened.append(Visit(context, live_server.url))
        return opened[-1]

    yield begin
    problems = [problem for person in opened for problem in person.problems]
    for person in opened:
        person.context.close()
    wait_until_answered()  # what a page sent last (drafts, reading) must find the database
    assert not problems, problems
