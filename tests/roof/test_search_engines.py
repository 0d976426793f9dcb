"""What search engines are told, read back from the pages themselves."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.sitemaps import QuestionSitemap
from community.threads.models import Post, Status, Tag, Thread
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from forum.models import Question
from forum.solving import accept
from reviews.models import Review

As = Callable[[Member | None], Client]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def data_of(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """The JSON-LD of a page, by type. No type may be there twice."""
    page = client.get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    parts = json.loads(found[1]) if found else []
    assert len({part["@type"] for part in parts}) == len(parts)
    return {part["@type"]: part for part in parts}


def locations(client: Client, address: str) -> dict[str, str]:
    """What a sitemap or its index lists: address and date."""
    root = ET.fromstring(client.get(address).content)
    return {row.findtext(f"{SITEMAP}loc", ""): row.findtext(f"{SITEMAP}lastmod", "") for row in root}


def test_a_question_without_an_answer_is_a_posting(question: Thread, client: Client) -> None:
    data = data_of(client, question.get_absolute_url())
    assert set(data) == {"DiscussionForumPosting", "BreadcrumbList"}
    posting = data["DiscussionForumPosting"]
    assert posting["author"]["name"] == "Mara Lind" and posting["text"] and posting["datePublished"]
    assert posting["headline"] == question.title
    assert len(data["BreadcrumbList"]["itemListElement"]) >= 2


def test_an_answered_question_is_a_qa_page(answer: Post, member: Member, responder: Member, client: Client) -> None:
    accept(by=member, post=answer)
    second = add_answer(by=responder, thread=answer.thread, body="Confirmed: cold water it is, and no spin at all.")
    data = data_of(client, answer.thread.get_absolute_url())
    assert set(data) == {"QAPage", "BreadcrumbList"}
    asked = data["QAPage"]["mainEntity"]
    assert asked["answerCount"] == 2
    assert asked["acceptedAnswer"]["text"].startswith("Cold water, wool soap")
    assert asked["acceptedAnswer"]["url"].endswith(f"#post-{answer.pk}")
    assert [one["url"].rpartition("-")[2] for one in asked["suggestedAnswer"]] == [str(second.pk)]


def test_every_marked_text_is_whole_and_on_the_page(answer: Post, client: Client) -> None:
    Post.objects.filter(pk=answer.pk).update(body_html=f"<p>{'Cold water. ' * 200}</p>")
    asked = data_of(client, answer.thread.get_absolute_url())["QAPage"]["mainEntity"]
    assert len(asked["suggestedAnswer"][0]["text"]) > 2000


def test_an_answer_of_pictures_alone_is_not_marked(answer: Post, client: Client) -> None:
    Post.objects.filter(pk=answer.pk).update(body_html='<p><img src="/media/a.webp" alt=""></p>')
    assert "QAPage" not in data_of(client, answer.thread.get_absolute_url())


def test_a_deleted_author_has_a_name_and_no_page(answer: Post, client: Client) -> None:
    Member.objects.filter(pk=answer.author_id).update(erased_at=timezone.now())
    asked = data_of(client, answer.thread.get_absolute_url())["QAPage"]["mainEntity"]
    assert asked["suggestedAnswer"][0]["author"] == {"@type": "Person", "name": "Deleted member"}


def test_hidden_words_are_in_no_mark_up(answer: Post, client: Client) -> None:
    set_status(answer, Status.HIDDEN)
    assert "wool soap" not in client.get(answer.thread.get_absolute_url()).content.decode()


def test_a_product_carries_its_reviews_and_no_company_reply(review: Review, responder: Member, client: Client) -> None:
    add_answer(by=responder, thread=review.thread, body="Thank you, we are glad that it keeps you warm.")
    data = data_of(client, review.thread.product.get_absolute_url())["Product"]
    assert data["aggregateRating"]["reviewCount"] == 1
    assert [one["reviewRating"]["ratingValue"] for one in data["review"]] == [4]
    assert "glad" not in json.dumps(data)


PAGES = ("home", "questions", "tags", "tag", "question", "products", "product", "review", "how", "member")


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page_has_a_canonical_address_and_open_graph_with_a_picture(
    kind: str, answer: Post, review: Review, product: Product, client: Client
) -> None:
    addresses = {
        "home": "/",
        "questions": "/questions/",
        "tags": "/tags/",
        "tag": "/tags/wool/",
        "question": answer.thread.get_absolute_url(),
        "products": "/products/",
        "product": product.get_absolute_url(),
        "review": review.thread.get_absolute_url(),
        "how": "/reviews/how-reviews-work/",
        "member": "/members/tomas/",
    }
    page = client.get(addresses[kind]).content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{addresses[kind]}">' in page
    graph = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]+)">', page))
    assert {"type", "title", "url", "image"} <= set(graph)
    assert graph["url"] == settings.SITE_URL + addresses[kind]
    assert graph["image"].startswith("http")


def test_the_card_is_a_picture_of_the_right_size(brand: object, client: Client) -> None:
    card = client.get("/brand.png")
    assert card["Content-Type"] == "image/png" and card.content[16:24] == b"\x00\x00\x04\xb0\x00\x00\x02\x76"


def test_the_sitemap_lists_what_is_public(answer: Post, review: Review, client: Client) -> None:
    sections = locations(client, "/sitemap.xml")
    assert len(sections) == 5
    questions = locations(client, "/sitemap-questions.xml")
    assert list(questions) == [settings.SITE_URL + answer.thread.get_absolute_url()]
    assert list(locations(client, "/sitemap-products.xml")) == [settings.SITE_URL + "/products/fell-jumper/"]
    set_status(answer.thread.posts.get(kind="opening"), Status.HIDDEN)
    assert not locations(client, "/sitemap-questions.xml")


def test_the_dates_are_those_of_the_last_change(answer: Post, member: Member, client: Client) -> None:
    edited = timezone.now() - timedelta(minutes=5)
    Post.objects.filter(pk=answer.pk).update(edited_at=edited)
    ((_, changed),) = locations(client, "/sitemap-questions.xml").items()
    assert changed == edited.date().isoformat() or changed.startswith(f"{edited:%Y-%m-%dT%H:%M}")
    assert QuestionSitemap().get_latest_lastmod() == edited


def test_what_says_noindex_is_in_no_sitemap(answer: Post, review: Review, client: Client) -> None:
    assert not locations(client, "/sitemap-tags.xml")
    assert not locations(client, "/sitemap-reviews.xml")
    assert 'content="noindex"' in client.get("/tags/wool/").content.decode()


def test_a_tag_with_enough_is_in_the_sitemap(question: Thread, client: Client, category: Any) -> None:
    for number in range(2):
        other = Thread.objects.create(
            kind="question", author=question.author, title=f"Another {number}", last_post_by=question.author
        )
        Question.objects.create(thread=other, category=category)
        other.tags.add(Tag.objects.get(name="wool"))
    assert list(locations(client, "/sitemap-tags.xml")) == [f"{settings.SITE_URL}/tags/wool/"]


def test_robots_are_kept_out_of_what_is_no_page(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    for path in ("/accounts/", "/search/", "/staff/", "/go/", "/admin/"):
        assert f"Disallow: {path}\n" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_a_changed_slug_leads_on_and_a_removed_question_is_gone(answer: Post, client: Client) -> None:
    thread = answer.thread
    old = client.get(f"/questions/{thread.pk}/another-slug/")
    assert (old.status_code, old.url) == (301, thread.get_absolute_url())
    set_status(thread.posts.get(kind="opening"), Status.REMOVED)
    assert client.get(thread.get_absolute_url()).status_code == 410
