"""The whole conversation as people live it: asked, answered, accepted, reviewed, needed, replied to, judged, found."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from playwright.sync_api import expect

from community.branding.models import Branding
from community.members.models import Member
from community.products.models import Product
from community.threads.models import Category, Post
from tests.browser.conftest import Visit, go, press

TITLE = "Does the Fell Jumper survive a wool wash?"
LINK = "https://alder-and-tarn.example/care/wool"
pytestmark = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])


def a_minute_passes() -> None:
    """Out of reach of the rates for people who post in one second what takes us a minute."""
    Post.objects.update(created_at=F("created_at") - timedelta(minutes=1))


def ask(person: Visit) -> str:
    page = person.open("/questions/ask/")
    page.get_by_label("Your question in one line").fill(TITLE)
    page.locator("select[name=product]").select_option(label="Fell Jumper")
    page.locator("select[name=category]").select_option(label="Care and repair")
    page.locator("textarea[name=body]").fill("The label says **hand wash**, my machine says wool. Who is right?")
    press(page, "Post your question")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url.removeprefix(person.base)


def answer(person: Visit, address: str) -> None:
    page = person.open(address)
    form = page.locator("form[action$='/answer/']")
    form.locator("textarea[name=body]").fill("Cold, wool soap, no spin. Mine is on its third year.")
    go(form.locator("button.button--primary"))
    expect(page.get_by_text("third year")).to_be_visible()


def accept(person: Visit, address: str) -> None:
    page = person.open(address)
    go(page.locator("[formaction$='/accept/']").first)
    expect(page.get_by_text("accepted by Mara Lind", exact=False).first).to_be_visible()


def write_review(person: Visit) -> str:
    page = person.open("/products/fell-jumper/")
    go(page.get_by_role("link", name="Write a review").first)
    page.locator("input[name=stars][value='2']").check(force=True)
    page.locator("input[name=title]").fill("Warm, but the cuffs gave up")
    page.locator("textarea[name=body]").fill("Warm on the hill. Both cuffs unravelled in the second month, sadly.")
    press(page, "Publish your review")
    expect(page.locator("main p").get_by_text("cuffs unravelled").first).to_be_visible()
    return page.url.removeprefix(person.base)


def reply_as_company(person: Visit) -> None:
    page = person.open("/staff/")
    expect(page.get_by_text("Review of 2 stars or fewer").first).to_be_visible()
    go(page.get_by_role("link", name="Warm, but the cuffs gave up").first)
    press(page, "Claim")
    page.locator("#reply textarea[name=body]").fill("That is not how a cuff should age, Tomas. We mend it for nothing.")
    page.locator("#reply input[name=type][value=retention]").check()
    page.locator("#reply details:has(input[name=link_need]) > summary").click()
    page.locator("#reply input[name=link_need]").fill("how to send it in")
    page.locator("#reply input[name=link_url]").fill(LINK)
    go(page.locator("#reply button.button--primary"))
    expect(page.get_by_text("not how a cuff should age").first).to_be_visible()


def hear_of_it(person: Visit) -> None:
    page = person.open("/notifications/")
    expect(page.get_by_text("Warm, but the cuffs gave up").first).to_be_visible()


def follow_the_link(person: Visit, review: str) -> None:
    page = person.open(review)
    expect(page.get_by_text("Company reply").first).to_be_visible()
    href = page.locator("a[href*='/go/']").first.get_attribute("href")
    response = person.context.request.get(person.base + str(href), max_redirects=0)
    assert response.status == 302
    assert response.headers["location"] == LINK


def judge(person: Visit) -> None:
    page = person.open("/staff/?view=all")
    go(page.get_by_role("link", name="Warm, but the cuffs gave up").first)
    button = page.get_by_role("button", name="Strengthened").first
    if not button.is_visible():
        page.locator("details:has(button[value=strengthened]) > summary").first.click()
    go(button)
    expect(page.get_by_text("Judge again").first).to_be_visible()


def find(person: Visit, words: str, title: str) -> None:
    page = person.open(f"/search/?q={words}")
    expect(page.locator("main").get_by_role("link", name=title).first).to_be_visible()


def test_one_whole_conversation(
    javascript: bool,
    visit: Callable[..., Visit],
    member: Member,
    other_member: Member,
    responder: Member,
    manager: Member,
    brand: Branding,
    category: Category,
    product: Product,
    search_index: Path,
) -> None:
    people = {name: visit(javascript=javascript) for name in ("mara", "tomas", "rhea", "maud")}
    for name, person in people.items():
        person.sign_in_by_form(name)
    question = ask(people["mara"])
    answer(people["tomas"], question)
    accept(people["mara"], question)
    a_minute_passes()
    review = write_review(people["tomas"])
    reply_as_company(people["rhea"])
    hear_of_it(people["tomas"])
    follow_the_link(people["tomas"], review)
    judge(people["rhea"])
    expect(people["maud"].open("/staff/insights/").get_by_role("heading", level=1)).to_be_visible()
    find(visit(javascript=javascript, width=360), "wool+wash", TITLE)
