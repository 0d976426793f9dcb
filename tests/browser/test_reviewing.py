"""Writing a review in a browser: photos by three ways, the sample of the name, and drafts that lose nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from community.products.models import Product
from community.threads.models import Draft
from reviews.models import Review, ReviewAttribute
from tests.browser.conftest import Visit, go, wait_until

PATH = "/products/fell-jumper/review/"
TEXT = "Worn for two wet winters. It has kept its shape, and the cuffs still close."
HANDS_OVER = """([selector, kind]) => {
  const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0))
  const carried = new DataTransfer()
  carried.items.add(new File([bytes], `${kind}.png`, { type: "image/png" }))
  const facts = { bubbles: true, cancelable: true }
  const event = kind === "drop" ? new DragEvent("drop", { ...facts, dataTransfer: carried }) : new ClipboardEvent("paste", { ...facts, clipboardData: carried })
  document.querySelector(selector).dispatchEvent(event)
}"""  # noqa: E501


@pytest.fixture
def fit(product: Product) -> ReviewAttribute:
    words = {"low_label": "Runs small", "middle_label": "True to size", "high_label": "Runs large"}
    return ReviewAttribute.objects.create(category=product.category, name="Fit", slug="fit", kind="fit", **words)


def picture(folder: Path, name: str) -> str:
    Image.new("RGB", (60, 40), "teal").save(folder / name)
    return str(folder / name)


def chosen(page: Page, name: str) -> str:
    return page.locator(f"[name={name}]:checked").get_attribute("value") or ""


def test_photos_are_chosen_pasted_and_dropped_described_and_taken_out(
    visit: Callable[..., Visit], member: object, product: Product, tmp_path: Path
) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(PATH)
    page.locator("#photo-pick").set_input_files([picture(tmp_path, "cuff.png"), picture(tmp_path, "hem.png")])
    page.evaluate(HANDS_OVER, ["[name=title]", "paste"])
    page.evaluate(HANDS_OVER, ["textarea[name=body]", "paste"])
    page.evaluate(HANDS_OVER, ["[data-photo-drop]", "drop"])
    expect(page.locator(".photo-field img")).to_have_count(5)
    expect(page.locator("[data-photo-drop]")).to_be_hidden()
    page.get_by_role("button", name="Remove drop.png").click()
    expect(page.locator(".photo-field")).to_have_count(4)
    page.get_by_label("What it shows: cuff.png").fill("The cuff")
    page.get_by_label("4 stars").check(force=True)
    page.get_by_label("Headline").fill("Kept its shape")
    page.get_by_label("Your review", exact=True).fill(TEXT)
    page.get_by_text("First name and initial").click()
    expect(page.locator("[data-name-sample] output")).to_have_text("Mara L.")
    go(page.get_by_role("button", name="Publish your review"))
    expect(page.get_by_role("heading", name="Kept its shape")).to_be_visible()
    photos = Review.objects.get().thread.posts.get().attachments.all()
    assert [photo.alt for photo in photos] == ["The cuff", "", "", ""]
    assert person.problems == []


def test_a_draft_of_the_whole_review_is_there_after_a_reload(
    visit: Callable[..., Visit], member: object, fit: ReviewAttribute
) -> None:
    person = visit(width=360)
    person.sign_in("mara")
    page = person.open(PATH)
    page.get_by_label("2 stars").check(force=True)
    page.get_by_text("Runs large").click()
    page.get_by_label("Headline").fill("Half a thought")
    page.get_by_label("What could be better").fill("Hems that curl")
    wait_until(lambda: "Hems that curl" in str(Draft.objects.values_list("fields", flat=True).first()))
    expect(page.locator("[data-editor-status]")).to_have_text("Draft saved.")
    page.reload()
    assert (chosen(page, "stars"), chosen(page, f"attribute_{fit.pk}")) == ("2", "5")
    expect(page.get_by_label("What could be better")).to_have_value("Hems that curl")
    assert person.problems == []


def test_what_was_typed_before_signing_in_stays_in_the_browser_and_goes_with_the_sign_in(
    visit: Callable[..., Visit], member: object, fit: ReviewAttribute
) -> None:
    person = visit()
    page = person.open(PATH)
    page.get_by_label("2 stars").check(force=True)
    page.get_by_label("Headline").fill("Half a thought")
    expect(page.locator("[data-editor-status]")).to_have_text("Kept in this browser until you send it.")
    page.wait_for_function("JSON.stringify(localStorage).includes('Half a thought')")
    page = person.open(PATH)
    expect(page.get_by_label("Headline")).to_have_value("Half a thought")
    page.get_by_label("Your review", exact=True).fill(TEXT)
    person.context.set_offline(True)
    page.get_by_role("button", name="Go on to sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline. Nothing is lost")
    person.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    go(page.get_by_role("button", name="Go on to sign in"))
    expect(page.get_by_label("Password")).to_be_visible()
    person.sign_in("mara")
    assert page.evaluate("localStorage.length") == 0
    assert person.problems == []
