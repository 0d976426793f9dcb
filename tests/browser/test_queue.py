"""The staff queue by keyboard alone, and kept up to date without losing one's place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Category
from staff.models import Conversation
from tests.browser.conftest import Visit
from tests.staff.many import queue_many


def queue_of(count: int, member: Member, category: Category, product: Product, manager: Member) -> list[Conversation]:
    made = queue_many(count, member, category, product, manager)
    Conversation.objects.update(claimed_by=None, claimed_until=None)
    return made


def expect_focus(page: Page, words: str) -> None:
    """Wait until the focus stands on what says `words`."""
    expect(page.locator("*:focus")).to_contain_text(words)


def renew(page: Page) -> None:
    """The list asks for its news at once."""
    page.evaluate("document.dispatchEvent(new Event('queue:refresh'))")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_morning_at_the_desk_by_keyboard_alone(
    visit: Callable[..., Visit],
    member: Member,
    responder: Member,
    manager: Member,
    category: Category,
    product: Product,
) -> None:
    made = queue_of(4, member, category, product, manager)
    titles = [it.subject for it in made]
    person = visit()
    person.sign_in("rhea")
    page = person.open("/staff/")
    press(page, "j", "j", "j", "k")
    expect_focus(page, titles[1])
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    press(page, "Escape")
    press(page, "x", "j", "x", "a")
    expect_focus(page, "To me")
    press(page, "Enter")
    expect(page.get_by_text("Assigned to Rhea: 2 conversations.")).to_be_visible()
    expect_focus(page, titles[2])
    press(page, "k", "c")
    expect(page.get_by_text(f"Claimed: “{titles[1]}”.")).to_be_visible()
    expect_focus(page, titles[1])
    press(page, "s")
    expect_focus(page, "In one hour")
    press(page, "Escape")
    expect_focus(page, titles[1])
    press(page, "e")
    page.keyboard.type("Asked twice")
    press(page, "Enter")
    expect(page.get_by_text(f"Ended: “{titles[1]}”.")).to_be_visible()
    expect_focus(page, titles[2])
    press(page, "r")
    page.wait_for_url("**/conversations/*/#reply")
    expect(page.locator("#reply textarea[name=body]")).to_be_focused()


def test_the_list_renews_itself_and_leaves_everything_where_it_was(
    visit: Callable[..., Visit],
    member: Member,
    responder: Member,
    manager: Member,
    category: Category,
    product: Product,
) -> None:
    made = queue_of(20, member, category, product, manager)
    person = visit()
    person.sign_in("rhea")
    page = person.open("/staff/")
    press(page, *"jjjjjjjjjjjj", "x", "e")
    page.keyboard.type("I was just wri")
    row = page.locator(f"[data-row='{made[11].pk}']")
    before: Any = row.bounding_box()
    Conversation.objects.filter(pk=made[0].pk).update(state="closed")
    Conversation.objects.filter(pk=made[3].pk).update(subject="Renamed meanwhile")
    first = queue_of(3, member, category, product, manager)
    Conversation.objects.filter(pk__in=[it.pk for it in first]).update(due_at=timezone.now() - timedelta(days=2))
    renew(page)
    expect(page.locator("[data-queue-news]")).to_have_text("3 new")
    expect(page.locator(f"[data-row='{first[0].pk}']")).to_have_count(1)
    expect(page.locator(f"[data-row='{made[0].pk}']")).to_have_count(0)
    expect(page.locator(f"[data-row='{made[3].pk}']")).to_contain_text("Renamed meanwhile")
    expect(page.locator("[data-count=needs]").first).to_have_text("22")
    expect(page.locator("#bulk-because")).to_be_focused()
    expect(page.locator("#bulk-because")).to_have_value("I was just wri")
    expect(row.locator("input")).to_be_checked()
    after: Any = row.bounding_box()
    assert abs(after["y"] - before["y"]) < 2


def test_a_row_in_use_that_leaves_the_view_stays_marked_until_it_is_left(
    visit: Callable[..., Visit],
    member: Member,
    responder: Member,
    manager: Member,
    category: Category,
    product: Product,
) -> None:
    made = queue_of(3, member, category, product, manager)
    person = visit()
    person.sign_in("rhea")
    page = person.open("/staff/")
    press(page, "j", "j")
    Conversation.objects.filter(pk=made[1].pk).update(state="closed")
    renew(page)
    expect(page.locator(f"[data-row='{made[1].pk}']")).to_have_class("is-gone")
    expect_focus(page, made[1].subject)
    press(page, "j")
    expect_focus(page, made[2].subject)
    renew(page)
    expect(page.locator(f"[data-row='{made[1].pk}']")).to_have_count(0)


def test_the_clock_counts_down_and_nothing_moves(
    visit: Callable[..., Visit],
    member: Member,
    responder: Member,
    manager: Member,
    category: Category,
    product: Product,
) -> None:
    queue_of(1, member, category, product, manager)
    now = timezone.now()
    Conversation.objects.update(waiting_since=now, due_at=now + timedelta(hours=6, seconds=-5), warn_at=None)
    person = visit()
    person.sign_in("rhea")
    person.page.clock.install(time=timezone.now())
    page = person.open("/staff/")
    clock = page.locator("time.clock").first
    expect(clock).to_contain_text("5 h 59 min left")
    width = clock.evaluate("it => it.getBoundingClientRect().width")
    page.clock.fast_forward("02:00")
    expect(clock).to_contain_text("5 h 57 min left")
    assert clock.evaluate("it => it.getBoundingClientRect().width") == width
    page.clock.fast_forward("06:05:00")
    expect(clock).to_contain_text("min late")


def test_without_javascript_the_boxes_and_buttons_do_the_same(
    visit: Callable[..., Visit],
    member: Member,
    responder: Member,
    manager: Member,
    category: Category,
    product: Product,
) -> None:
    made = queue_of(3, member, category, product, manager)
    person = visit(javascript=False)
    person.sign_in("rhea")
    page = person.open("/staff/")
    for it in made[:2]:
        page.get_by_label(f"Pick “{it.subject}”").check()
    page.locator(".bulk summary", has_text="Snooze").click()
    page.get_by_role("button", name="Tomorrow at 9:00").click()
    expect(page.get_by_text("Snoozed: 2 conversations.")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(1)
