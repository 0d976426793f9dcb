"""Every address × every kind of person. A named address without a row in the table fails the first test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from community.kept_pages import kept_pages
from tests.every_address import ALLAUTH, ROLES, TABLE, Row, Scene

ACTS = sorted({row.name for row in TABLE if row.method == "POST"} - {row.name for row in TABLE if row.method == "GET"})
NO_ACTS = {"answer", "restore_post"}  # GET leads to the page where the act can be done


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """All addresses, those of the admin site left to its own test."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.namespace != "admin":
            yield from patterns(pattern)


def test_every_address_has_a_name_and_a_row() -> None:
    expected = {pattern.name or f"no name: {pattern.pattern}" for pattern in patterns(get_resolver())}
    rows = {row.name for row in TABLE} | set(ALLAUTH)
    assert expected - rows == set(), "addresses without a row"
    assert rows - expected == set(), "rows without an address"


@contextmanager
def undone() -> Iterator[None]:
    """Each address meets the scene untouched: what the one before did is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    kept_pages.clear()


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_what(role: str, scene: Scene, as_: Callable[..., Client]) -> None:
    client, surprises = as_(scene.people[role]), []
    for row in TABLE:
        with undone():
            got, expected = _status(row, scene, client), row.code(role)
        if got != expected:
            surprises.append(f"{row.method} {row.name}{row.query}: {got} instead of {expected}")
    assert surprises == []


def test_an_act_is_not_done_by_a_get(scene: Scene, as_: Callable[..., Client]) -> None:
    client = as_(scene.people["admin"])
    rows = {row.name: row for row in TABLE if row.name in ACTS and row.name not in NO_ACTS}
    answered = {name: client.get(row.address(scene)).status_code for name, row in rows.items()}
    assert answered == dict.fromkeys(rows, 405)


def test_unknown_numbers_and_names_are_not_found(scene: Scene, as_: Callable[..., Client]) -> None:
    client = as_(scene.people["admin"])
    unknown = {"pk": 987654321, "slug": "no-such-thing", "username": "nobody", "token": "x", "path": "no.webp"}
    for row in TABLE:
        arguments = row.arguments(scene) if row.arguments else {}
        known = [key for key in arguments if key in unknown]
        if known:
            address = reverse(row.name, kwargs=arguments | {known[0]: unknown[known[0]]})
            send = client.post if row.method == "POST" else client.get
            assert send(address).status_code == row.unknown, address


@pytest.mark.parametrize("name", ALLAUTH)
def test_a_stranger_never_breaks_the_sign_in_pages(name: str, client: Client, db: None) -> None:
    assert client.get(reverse(name)).status_code in (200, 302, 404, 405)


def test_the_admin_site_is_for_staff_accounts_only(scene: Scene, as_: Callable[..., Client]) -> None:
    answered = [as_(scene.people[role]).get(reverse("admin:index")).status_code for role in ROLES]
    assert answered == [302, 302, 302, 302, 200, 200, 200, 200, 200]


def _status(row: Row, scene: Scene, client: Client) -> int:
    send = client.post if row.method == "POST" else client.get
    response = send(row.address(scene), row.data(scene) if row.data else None)
    if response.streaming:
        list(response.streaming_content)  # read to its end, a file closes itself
    return 0 if response.headers.get("Location", "").startswith("/accounts/login/") else response.status_code
