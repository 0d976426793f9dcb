"""One conversation of each type as people live it: what set it off, our reply, what it did, where insights show it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.branding.models import Branding
from community.members.consenting import give_consent
from community.members.models import Consent, Member
from community.products.models import Product
from community.threads.models import Category, Post
from staff.models import DeskSettings, FormerCustomer
from tests.browser.conftest import Visit, go, press

LINK = "https://alder-and-tarn.example/compare"


@pytest.fixture
def people(
    visit: Callable[..., Visit],
    member: Member,
    other_member: Member,
    responder: Member,
    manager: Member,
    brand: Branding,
    category: Category,
    product: Product,
) -> Iterator[dict[str, Visit]]:
    DeskSettings.objects.update_or_create(pk=1, defaults={"competitors": "Northmoor\nFjordline"})
    signed_in = {name: visit() for name in ("mara", "tomas", "rhea", "maud")}
    for name, person in signed_in.items():
        person.sign_in(name)
    yield signed_in
    for name, person in signed_in.items():
        assert person.problems == [], name


def a_minute_passes() -> None:
    Post.objects.update(created_at=F("created_at") - timedelta(minutes=1))


def ask(person: Visit, title: str, words: str) -> str:
    page = person.open("/questions/ask/")
    page.get_by_label("Your question in one line").fill(title)
    page.locator("select[name=category]").select_option(label="Care and repair")
    page.locator("textarea[name=body]").fill(words)
    press(page, "Post your question")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    a_minute_passes()
    return page.url.removeprefix(person.base)


def take_up(agent: Visit, subject: str, because: str) -> Page:
    """Out of the queue, which says why, to the conversation's page; claimed."""
    page = agent.open("/staff/")
    row = page.locator("article", has=page.get_by_role("link", name=subject))
    expect(row.get_by_text(because).first).to_be_visible()
    go(row.get_by_role("link", name=subject))
    expect(page.get_by_role("heading", name=subject).first).to_be_visible()
    press(page, "Claim")
    return page


def reply(page: Page, words: str, kind: str, *, link: str = "") -> None:
    page.locator("#reply textarea[name=body]").fill(words)
    page.locator(f"#reply input[name=type][value={kind}]").check()
    if link:
        page.locator("#reply details:has(input[name=link_need]) > summary").click()
        page.locator("#reply input[name=link_need]").fill("how the two compare")
        page.locator("#reply input[name=link_url]").fill(link)
    press(page, "Reply as")
    expect(page.get_by_text(words).first).to_be_visible()


def seen_in_insights(manager: Visit, subject: str, kind: str) -> None:
    """Among the replies that the customer showed to have helped; and so counted for its type, with itself behind it."""
    page = manager.open(f"/staff/insights/?type={kind}")
    expect(page.get_by_role("link", name=subject).first).to_be_visible()
    go(page.locator(".figure__number a").first)
    expect(page.get_by_role("link", name=subject).first).to_be_visible()


def test_appreciation_found_elsewhere_and_thanked_there(people: dict[str, Visit]) -> None:
    page = people["rhea"].open("/staff/listening/add/")
    page.get_by_label("Its address").fill("https://trail.example/t/4")
    page.get_by_label("Who said it").fill("isla_w")
    page.get_by_label("Title").fill("Four wool jumpers")
    page.get_by_label("Their words").fill(
        "My Alder & Tarn jumper is the best I have ever owned. Thank you, whoever knitted it!"
    )
    press(page, "Take it in")
    page = take_up(people["rhea"], "Four wool jumpers", "Said elsewhere")
    page.locator("#reply textarea").first.fill("Joan knitted it. We told her.")
    page.locator("#reply input[type=radio][value=appreciation]").check()
    press(page, "Keep it, to be posted")
    page.get_by_label("Address of your reply there").fill("https://trail.example/t/4#p9")
    press(page, "It is posted")
    page.locator("summary", has_text="They answered there").click()
    page.get_by_label("What they said, in their words").fill("Give Joan a hug from me")
    go(page.locator("details[open]").get_by_role("button", name="Strengthened").last)
    seen_in_insights(people["maud"], "Four wool jumpers", "appreciation")


def test_retention_taken_one_to_one_until_the_rating_is_raised(people: dict[str, Visit], product: Product) -> None:
    page = people["tomas"].open("/products/fell-jumper/")
    go(page.get_by_role("link", name="Write a review").first)
    page.locator("input[name=stars][value='1']").check(force=True)
    page.locator("input[name=title]").fill("Both cuffs unravelled")
    page.locator("textarea[name=body]").fill("Both cuffs unravelled in the second month, and it was not cheap.")
    press(page, "Publish your review")
    address = page.url.removeprefix(people["tomas"].base)
    a_minute_passes()
    page = take_up(people["rhea"], "Both cuffs unravelled", "Review of 2 stars or fewer")
    go(page.get_by_role("link", name="Write to Tomas Berg alone"))
    page.get_by_label("Your message").fill("That is ours to put right. Which size do you wear?")
    press(page, "Send to Tomas Berg alone")
    answer = people["tomas"].open("/messages/")
    go(answer.get_by_role("link", name="Both cuffs unravelled").first)
    answer.locator("#answer textarea").fill("Size L. The order was A-20931.")
    press(answer, "Send to")
    page = take_up(people["rhea"], "Both cuffs unravelled", "wrote to us alone")
    reply(page, "A mended jumper is on its way, Tomas, and the postage is ours.", "retention")
    page = people["tomas"].open(address)
    go(page.get_by_role("link", name="Change it").first)
    page.locator("input[name=stars][value='4']").check(force=True)
    go(page.locator("main form button.button--primary").first)
    seen_in_insights(people["maud"], "Both cuffs unravelled", "retention")


def test_conversion_by_the_one_link_that_helps(people: dict[str, Visit]) -> None:
    title = "Fell Jumper or the Northmoor Gale for a wet hill?"
    address = ask(people["mara"], title, "The Northmoor is forty pounds cheaper. What would I lose by taking that one?")
    page = take_up(people["rhea"], title, "Names a competitor")
    reply(page, "The Gale is the better buy if you never carry a pack.", "conversion", link=LINK)
    asker = people["mara"]
    page = asker.open(address)
    opened = asker.context.request.get(
        asker.base + str(page.locator("a[href*='/go/']").first.get_attribute("href")),
        max_redirects=0,
        headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"},
    )
    assert (opened.status, opened.headers["location"]) == (302, LINK)
    press(asker.open(address), "This helped")
    seen_in_insights(people["maud"], title, "conversion")


def test_reactivation_by_one_personal_message(people: dict[str, Visit], other_member: Member) -> None:
    give_consent(
        by=other_member, channel=Consent.Channel.MAIL, purpose=Consent.Purpose.REACTIVATION, source="test of the walk"
    )
    FormerCustomer.objects.create(
        member=other_member, found_by="Purchases", last_purchase_at=timezone.now() - timedelta(days=800)
    )
    page = people["rhea"].open("/staff/former-customers/")
    go(page.get_by_role("link", name="Tomas Berg"))
    page.get_by_label("Subject").fill("Your old Fell Jumper")
    page.locator("form.reply-form textarea").fill(
        "You wrote about the cuffs two years ago. They are knitted double now."
    )
    press(page, "Send it")
    page = people["tomas"].open("/messages/")
    go(page.get_by_role("link", name="Your old Fell Jumper").first)
    page.locator("#answer textarea").fill("I left because of those cuffs. Good to hear, I will look in again!")
    press(page, "Send to")
    page = take_up(people["rhea"], "Your old Fell Jumper", "wrote to us alone")
    page.locator("summary", has_text="Judge").first.click()
    press(page, "Strengthened")
    page = people["rhea"].open("/staff/former-customers/?state=written")
    go(page.get_by_role("link", name="Tomas Berg"))
    page.locator("summary", has_text="Note a reason").click()
    page.get_by_label("Quality").check()
    page.get_by_label("In their own words").fill("Those cuffs")
    press(page, "Note it")
    page = people["maud"].open("/staff/insights/productive/?type=reactivation")
    expect(page.get_by_role("row", name="Re-activation").first).to_contain_text("1")
    page = people["maud"].open("/staff/insights/leaving/")
    expect(page.get_by_text("Quality").first).to_be_visible()


def test_acquisition_answered_and_accepted(people: dict[str, Visit]) -> None:
    title = "Which jumper for a first winter on the hill?"
    address = ask(
        people["mara"], title, "I am thinking of buying the Fell Jumper, my first one. Is it warm enough at minus five?"
    )
    page = take_up(people["rhea"], title, "Means to buy")
    reply(page, "With a shirt under it, yes: down to about minus eight while you walk.", "acquisition")
    press(people["mara"].open(address), "This solved it")
    seen_in_insights(people["maud"], title, "acquisition")
