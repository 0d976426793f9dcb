"""A product's photos, large: walked through by keyboard, closed with Escape, leading back to their reviews."""

from collections.abc import Callable

from playwright.sync_api import expect

from community.products.models import Product
from tests.browser.conftest import Visit
from tests.reviews.product_page import load_reviews


def test_photos_are_walked_through_by_keyboard_and_lead_back_to_their_reviews(
    visit: Callable[..., Visit], product: Product
) -> None:
    _, older = load_reviews(product, [{"stars": 4, "photo": True}, {"stars": 2, "photo": True}])
    person = visit()
    page = person.open("/products/fell-jumper/photos/")
    first = page.locator("[data-lightbox] a").first
    first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Photos of Fell Jumper")
    expect(dialog.get_by_role("status")).to_have_text("1 of 2")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("status")).to_have_text("2 of 2")
    back = dialog.get_by_role("link", name="Read the review")
    expect(back).to_have_attribute("href", f"{person.base}/reviews/{older.pk}/")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("status")).to_have_text("1 of 2")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()
    assert person.problems == []
