"""The widget in a shop's own page, under a strict policy: it shows, moves nothing and keeps nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from community.products.models import Product
from reviews.models import Review, ShopOrigin
from tests.browser.conftest import wait_until_answered
from tests.browser.shop import Shop, open_shop
from tests.browser.test_axe import AXE, RULES
from tests.conftest import make_member
from tests.reviews.writing import write

SHIFTS = """() => new Promise(done => {
  const seen = []
  const watch = new PerformanceObserver(list => seen.push(...list.getEntries()))
  watch.observe({ type: "layout-shift", buffered: true })
  const read = () => done([...seen, ...watch.takeRecords()].reduce((sum, shift) => sum + shift.value, 0))
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(read)))
})"""


@pytest.fixture
def shop(live_server: Any) -> Iterator[Shop]:
    with open_shop(live_server.url) as shop:
        ShopOrigin.objects.create(origin=shop.address)
        yield shop


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context: BrowserContext = chromium.new_context(viewport={"width": 1000, "height": 1400})
    page = context.new_page()
    yield page
    context.close()
    wait_until_answered()


def by_script(shop: Shop, product: str, target: str, *, room: int = 420, more: str = "") -> str:
    spacer = f'<svg width="1" height="{room}" aria-hidden="true"></svg>' if room else ""
    link = f'<a href="{shop.community}/products/{product}/">Reviews of {product}</a><br>'
    script = f'<script src="{shop.community}/widget/v1.js" data-product="{product}" data-target="{target}"{more} async>'
    return f'<div id="{target}">{link}{spacer}</div>{script}</script>'


def by_frame(shop: Shop, product: str) -> str:
    address = f"{shop.community}/widget/{product}/?theme=light"
    return f'<iframe src="{address}" title="Reviews" width="100%" height="420"></iframe>'


def problems_of(page: Page) -> list[str]:
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return problems


def findings(frame: Page | Frame) -> list[str]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make test installs it")
    frame.evaluate(AXE.read_text())
    result = frame.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return [f"{found['id']}: {found['nodes'][0]['html'][:160]}" for found in result["violations"]]


@pytest.mark.parametrize(("width", "scheme", "attributes"), [(1000, "light", ""), (320, "dark", ' dir="rtl"')])
def test_both_forms_and_several_on_one_page(
    page: Page, shop: Shop, review: Review, product: Product, width: int, scheme: Any, attributes: str
) -> None:
    for number in range(6):
        write(make_member(f"reader{number}"), product, stars=1, body="It pilled after a month of wearing it. " * 6)
    Product.objects.create(name="New Coat", slug="new-coat", sku="nc-1", category=product.category)
    widgets = by_script(shop, "fell-jumper", "one") + by_frame(shop, "fell-jumper")
    shop.put("/", widgets + by_script(shop, "new-coat", "two", room=300, more=' data-theme="dark"'), attributes)
    problems = problems_of(page)
    page.set_viewport_size({"width": width, "height": 1400})
    page.emulate_media(color_scheme=scheme)
    page.goto(shop.address)
    expect(page.locator("#one .w-list > li")).to_have_count(5)
    expect(page.locator("#two")).to_contain_text("Nobody has reviewed it yet")
    inside = page.frames[1]
    expect(page.frame_locator("iframe").locator(".w-list > li")).to_have_count(5)
    assert (page.evaluate(SHIFTS), inside.evaluate(SHIFTS)) == (0, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert inside.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0  # only its list scrolls
    assert findings(page) + findings(inside) == []
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    assert problems == []


def test_its_list_is_read_by_keyboard(page: Page, shop: Shop, review: Review, product: Product) -> None:
    for number in range(5):
        write(make_member(f"reader{number}"), product, body="It pilled after a month of wearing it. " * 6)
    shop.put("/", by_script(shop, "fell-jumper", "one"))
    page.goto(shop.address)
    newest = page.locator("#one").get_by_role("list", name="Newest reviews of Fell Jumper")
    newest.focus()
    newest.press("End")
    page.wait_for_function("document.getElementById('one').shadowRoot.querySelector('.w-list').scrollTop > 0")
    page.keyboard.press("Tab")
    expect(page.locator("#one .w-name").first).to_be_focused()


def test_the_measure_sees_a_page_that_keeps_no_room(page: Page, shop: Shop, review: Review) -> None:
    shop.put("/", by_script(shop, "fell-jumper", "one", room=0))
    page.goto(shop.address)
    expect(page.locator("#one .w-list > li")).to_have_count(1)
    assert page.evaluate(SHIFTS) > 0


@pytest.mark.parametrize("case", ["another shop", "community down", "no JavaScript"])
def test_where_it_cannot_show_a_link_stays(chromium: Browser, shop: Shop, review: Review, case: str) -> None:
    shop.put("/", by_script(shop, "fell-jumper", "one") + by_frame(shop, "fell-jumper"))
    context = chromium.new_context(java_script_enabled=case != "no JavaScript")
    if case == "community down":
        context.route("**/widget/v1/*", lambda route: route.abort())
    page = context.new_page()
    problems = problems_of(page)
    page.goto(shop.other_address if case == "another shop" else shop.address, wait_until="networkidle")
    expect(page.locator("#one").get_by_role("link", name="Reviews of fell-jumper")).to_be_visible()
    expect(page.locator("#one .w-list")).to_have_count(0)
    is_framed = "Warm and honest" in page.frames[1].content()
    assert is_framed is (case != "another shop")
    assert any("frame-ancestors" in problem for problem in problems) is (case == "another shop")
    context.close()
    wait_until_answered()
