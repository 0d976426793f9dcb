"""Asking and writing as people do it in a browser: suggestions, lists to choose from, photos, quotes, drafts."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from community.members.models import Member
from community.products.models import Product
from community.search.indexing import reindex
from community.threads.models import Category, Draft, Post, Thread
from forum.asking import ask_question
from forum.models import AnswerFound, Question
from tests.browser.conftest import go, press
from tests.browser.test_axe import AXE, RULES
from tests.threads.pictures_to_send import upload

ASK = "/questions/ask/"
TITLE = "How should I wash my Fell Jumper at home?"
Open = Callable[..., Any]


@pytest.fixture
def many_products(product: Product) -> Product:
    rows = [Product(name=f"Tarn Tent {n}", slug=f"tent-{n}", sku=f"T{n}", category=product.category) for n in range(30)]
    Product.objects.bulk_create(rows)
    return product


def body_of(page: Page) -> Any:
    return page.locator("textarea[name=body]")


def wait_until_kept(page: Page) -> None:
    """Nothing is on its way to the server when the test ends."""
    expect(page.locator("[data-editor-status]")).to_have_text("Draft saved.")


def assert_axe_finds_nothing(page: Page) -> None:
    page.evaluate(AXE.read_text())
    assert page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"] == []


def test_a_question_is_saved_where_the_answer_is_found(visit: Open, question: Thread, many_products: Product) -> None:
    reindex()
    page = visit(width=360).open(ASK)
    page.locator("#id_title").fill(TITLE)
    expect(page.locator("#similar-status")).to_contain_text("1 question like yours")
    page.get_by_role("button", name="Fell Jumper", exact=True).click()
    expect(page.get_by_label("Which product is it about?")).to_have_value("Fell Jumper")
    assert_axe_finds_nothing(page)
    page.get_by_role("button", name=f"This answers it: {question.title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(question.title)
    assert AnswerFound.objects.get().title == TITLE


def test_a_product_is_searched_and_chosen_by_keyboard(visit: Open, many_products: Product) -> None:
    page = visit().open(ASK)
    field = page.get_by_role("combobox", name="Which product is it about?")
    field.press_sequentially("tent 2")
    expect(page.get_by_role("option").first).to_have_text("Tarn Tent 2Knitwear")
    assert_axe_finds_nothing(page)
    for key in ("ArrowDown", "Enter"):
        field.press(key)
    expect(field).to_have_value("Tarn Tent 20")
    expect(page.locator("select[name=product]")).to_have_value("tent-20")
    field.fill("no such thing")
    field.blur()
    expect(field).to_have_value("Tarn Tent 20")
    field.fill("")
    field.blur()
    expect(page.locator("select[name=product]")).to_have_value("")


def test_tags_and_people_are_completed(visit: Open, answer: Post, member: Member) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(ASK)
    tags = page.get_by_label("Tags")
    tags.press_sequentially("wo")
    expect(page.get_by_role("option", name="wool")).to_be_visible()
    for key in ("ArrowDown", "Enter"):
        tags.press(key)
    expect(tags).to_have_value("wool, ")
    page = person.open(answer.thread.get_absolute_url())
    body_of(page).press_sequentially("Thanks @")
    expect(page.get_by_role("option", name="Tomas Berg")).to_be_visible()
    body_of(page).press("Enter")
    expect(body_of(page)).to_have_value("Thanks @tomas ")
    wait_until_kept(page)


def test_a_photo_has_its_progress_its_description_and_a_way_out(
    visit: Open, category: Category, member: Member
) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(ASK)
    body_of(page).fill("It looks like this now.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a photo").click()
    photo = upload()
    chooser.value.set_files({"name": "label.jpg", "mimeType": "image/jpeg", "buffer": photo.read()})
    expect(page.locator(".photo-card img")).to_be_visible()
    page.keyboard.type("The [care] label")
    expect(body_of(page)).to_have_value(re.compile(r"now\.\n!\[The \\\[care\\\] label\]\(/media/photos/.+\.webp\)"))
    assert_axe_finds_nothing(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".editor__preview img")).to_have_attribute("alt", "The [care] label")
    page.get_by_role("button", name="Write").click()
    page.get_by_role("button", name="Remove label.jpg").click()
    expect(body_of(page)).to_have_value("It looks like this now.\n")
    wait_until_kept(page)


def test_a_refused_photo_says_why_and_can_be_tried_again(visit: Open, category: Category, member: Member) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(ASK)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a photo").click()
    chooser.value.set_files({"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"words"})
    expect(page.get_by_role("alert")).to_contain_text("not a picture")
    expect(page.get_by_role("button", name="Try again: notes.jpg")).to_be_visible()
    person.problems = [problem for problem in person.problems if "400" not in problem]


def test_what_is_selected_is_quoted_and_sent_by_keyboard(visit: Open, answer: Post, member: Member) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(answer.thread.get_absolute_url())
    page.locator(f"#post-{answer.pk} .post__body > .prose p").click(click_count=3)
    page.locator(".quote-floating").click()
    said = f"> {answer.body}\n>\n> — [Tomas Berg](/posts/{answer.pk}/)\n\n"
    expect(body_of(page)).to_have_value(said)
    body_of(page).press_sequentially("That worked for mine.")
    body_of(page).press("Control+Enter")
    expect(page.locator("blockquote").last).to_contain_text("wool soap")
    assert Post.objects.filter(body__startswith=said, author=member).exists()


def test_a_draft_is_kept_while_writing_and_thrown_away_when_asked(
    visit: Open, category: Category, member: Member
) -> None:
    person = visit()
    person.sign_in("mara")
    page = person.open(ASK)
    page.locator("#id_title").fill("Half a question")
    expect(page.locator("[data-editor-status]")).to_have_text("Draft saved.")
    page = person.open(ASK)
    expect(page.locator("#id_title")).to_have_value("Half a question")
    body_of(page).fill("And more.")
    expect(page.get_by_role("button", name="Discard draft")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Discard draft").click()
    expect(page.locator("#id_title")).to_have_value("")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_stranger_writes_joins_and_finds_the_question_again(
    javascript: bool, visit: Open, many_products: Product, category: Category
) -> None:
    page = visit(javascript=javascript, width=360).open(ASK)
    page.locator("#id_title").fill(TITLE)
    if not javascript:
        page.locator("select[name=product]").select_option(label="Fell Jumper")
    page.locator("select[name=category]").select_option(label="Care and repair")
    body_of(page).fill("The label says hand wash only, and I would like to know.")
    press(page, "Go on to sign in")
    go(page.get_by_role("link", name="sign up").first)
    for name, value in (("email", "wren@example.com"), ("username", "wren"), ("password1", "a-good-long-passphrase")):
        page.locator(f"input[name={name}]").fill(value)
    go(page.locator("main form button[type=submit]").first)
    expect(page.locator("input[name=code]")).to_be_visible()
    code = re.search(r"^\s*(\w{3,4}-?\w{3,4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    page.locator("input[name=code]").fill(code[1])
    go(page.locator("main form button[type=submit]").first)
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value(TITLE)
    press(page, "Post your question")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert Question.objects.get().thread.author.username == "wren"


def test_a_regular_links_a_duplicate_without_javascript(
    visit: Open, question: Thread, regular: Member, category: Category
) -> None:
    title = "Does anybody wash the Fell Jumper at home?"
    ask_question(by=question.author, category=category, title=title, body="I would rather not send it away.")
    reindex()
    person = visit(javascript=False, width=360)
    person.sign_in("rosa")
    page = person.open(f"/questions/{question.pk}/duplicate/")
    page.locator("#other").fill("wash fell jumper home")
    page.locator("main form.search button").click()
    page.get_by_role("button", name=f"This one answers it: {title}").click()
    expect(page.get_by_text("This has been asked before.")).to_be_visible()
