"""Every address × every kind of person. A named address without a row here fails the first test."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.every_address import ALLAUTH, ROLES, TABLE, Row, Scene


def named_addresses(resolver: URLResolver, namespace: str = "") -> set[str]:
    """The names of all addresses, those of the admin site left to its own test."""
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names |= {f"{namespace}{pattern.name}"} if pattern.name else set()
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= named_addresses(pattern, inner)
    return names


def test_every_named_address_has_a_row() -> None:
    expected = named_addresses(get_resolver())
    rows = {row.name for row in TABLE} | set(ALLAUTH)
    assert expected - rows == set(), "addresses without a row"
    assert rows - expected == set(), "rows without an address"


def test_every_address_has_a_name() -> None:
    def nameless(resolver: URLResolver) -> list[str]:
        found = []
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                found += [] if pattern.namespace == "admin" else nameless(pattern)
            elif not pattern.name:
                found.append(str(pattern.pattern))
        return found

    assert nameless(get_resolver()) == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.name}")
def test_who_gets_what(row: Row, scene: Scene, as_: Callable[..., Client]) -> None:
    answered = {role: _status(row, scene, as_(scene.people[role])) for role in ROLES}
    assert answered == dict(zip(ROLES, row.expected, strict=True))


ACTS = sorted({row.name for row in TABLE if row.method == "POST"} - {row.name for row in TABLE if row.method == "GET"})


@pytest.mark.parametrize("row", [row for row in TABLE if row.name in ACTS], ids=lambda row: row.name)
def test_an_act_is_not_done_by_a_get(row: Row, scene: Scene, as_: Callable[..., Client]) -> None:
    assert as_(scene.people["admin"]).get(row.address(scene)).status_code == 405


def _status(row: Row, scene: Scene, client: Client) -> int:
    send = client.post if row.method == "POST" else client.get
    response = send(row.address(scene), row.data(scene) if row.data else None)
    return 0 if response.headers.get("Location", "").startswith("/accounts/login/") else response.status_code


@pytest.mark.parametrize("name", ALLAUTH)
def test_a_stranger_never_breaks_the_sign_in_pages(name: str, client: Client, db: None) -> None:
    assert client.get(reverse(name)).status_code in (200, 302, 404, 405)


def test_the_admin_site_is_for_staff_accounts_only(scene: Scene, as_: Callable[..., Client]) -> None:
    address = reverse("admin:index")
    assert {role: as_(scene.people[role]).get(address).status_code for role in ROLES} == dict(
        zip(ROLES, [302, 302, 302, 302, 200, 200, 200, 200], strict=True)
    )
