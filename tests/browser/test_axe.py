"""axe (WCAG 2.2 AA and best practices) finds nothing on any page, on a phone and on a desk, light and dark."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.every_address import Scene, pages_of
from tests.test_html import NO_PAGES

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SIGNED_OUT_ONLY = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/there-is-no-such-page/"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize("who", ["anonymous", "author", "manager"])
def test_axe_finds_nothing(who: str, width: int, scheme: str, visit: Callable[..., Visit], scene: Scene) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make test installs it")
    person = visit(width=width, scheme=scheme)
    if member := scene.people[who]:
        person.sign_in(member.username)
    addresses = [row.address(scene) for row in pages_of(who, without=NO_PAGES)]
    findings = [
        f"{address}: {finding}"
        for address in addresses + (SIGNED_OUT_ONLY if who == "anonymous" else [])
        for finding in _findings(person, address)
    ]
    person.problems = [p for p in person.problems if "404" not in p]  # the missing page is meant to be missing
    assert findings == []


def _findings(person: Visit, address: str) -> list[str]:
    page = person.open(address)
    page.evaluate(AXE.read_text())
    result = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]} {violation['nodes'][0]['failureSummary'][:200]}"
        for violation in result["violations"]
    ] + ([f"scrolls sideways by {too_wide} px"] if too_wide > 0 else [])
