"""Atom feeds: valid, whole, conditional, and without what is hidden."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from community.members.models import Member
from community.threads.models import Category, Post, Status, Tag, TagSynonym, Thread
from community.threads.publishing import set_status
from reviews.models import Review

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/feeds/questions/", "/feeds/tags/wool/", "/feeds/categories/care-and-repair/", "/feeds/products/fell-jumper/")


def read(client: Client, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_all_that_atom_asks_for(address: str, question: Thread, client: Client) -> None:
    feed = read(client, address)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == feed.findtext(f"{ATOM}id") == settings.SITE_URL + address
    (entry,) = feed.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published", "author/{http://www.w3.org/2005/Atom}name"):
        assert entry.findtext(ATOM + name)
    content = entry.find(f"{ATOM}content")
    assert content is not None and content.get("type") == "html" and "hand wash only" in (content.text or "")
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_what_is_hidden_is_out_of_it_at_once(question: Thread, client: Client) -> None:
    assert titles(read(client, "/feeds/questions/")) == [question.title]
    set_status(question.posts.get(), Status.HIDDEN)
    for address in FEEDS:
        assert not titles(read(client, address))


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_who_has_it_is_sent_nothing(header: str, question: Thread, client: Client) -> None:
    first = client.get("/feeds/questions/")
    asks = {"ETag": "HTTP_IF_NONE_MATCH", "Last-Modified": "HTTP_IF_MODIFIED_SINCE"}[header]
    again = client.get("/feeds/questions/", **{asks: first[header]})  # type: ignore[arg-type]
    assert again.status_code == 304 and not again.content


def test_a_hidden_question_is_news_to_who_has_the_feed(question: Thread, answer: Post, client: Client) -> None:
    tag = client.get("/feeds/questions/")["ETag"]
    set_status(question.posts.get(kind="opening"), Status.HIDDEN)
    assert client.get("/feeds/questions/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_feed_read_again_costs_one_query(
    question: Thread, client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    client.get("/feeds/questions/")
    with django_assert_num_queries(1):
        client.get("/feeds/questions/")


@pytest.mark.parametrize("name_shown", ["first", "initials", "anonymous"])
def test_a_shortened_name_never_leads_to_its_author(name_shown: str, review: Review, client: Client) -> None:
    Review.objects.update(name_shown=name_shown)
    page = client.get("/feeds/products/fell-jumper/").content.decode()
    assert "4 of 5 stars: Warm and honest" in page
    assert "Berg" not in page and "/members/tomas/" not in page


def test_links_in_it_are_whole_and_odd_characters_left_out(question: Thread, client: Client) -> None:
    Post.objects.update(body_html='<p>\x0b<a href="/tags/wool/">wool</a> <img src="/media/a.webp"></p>')
    content = read(client, "/feeds/questions/").find(f"{ATOM}entry/{ATOM}content")
    assert content is not None and f'href="{settings.SITE_URL}/tags/wool/"' in str(content.text)
    assert f'src="{settings.SITE_URL}/media/a.webp"' in str(content.text)


def test_a_feed_of_nothing_is_still_a_feed(category: Category, client: Client) -> None:
    first = client.get("/feeds/categories/care-and-repair/")
    assert not titles(ET.fromstring(first.content))
    assert client.get("/feeds/categories/care-and-repair/")["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", ["/feeds/tags/none/", "/feeds/categories/none/", "/feeds/products/none/"])
def test_what_is_not_there_is_404(address: str, client: Client, db: None) -> None:
    assert client.get(address).status_code == 404


def test_a_synonyms_feed_leads_to_its_tags(question: Thread, client: Client) -> None:
    TagSynonym.objects.create(name="woollen", slug="woollen", tag=Tag.objects.get())
    assert client.get("/feeds/tags/woollen/").url == "/feeds/tags/wool/"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", FEEDS[0]),
        ("/questions/", FEEDS[0]),
        ("/questions/?category=care-and-repair", FEEDS[2]),
        ("/questions/?product=fell-jumper", FEEDS[3]),
        ("/tags/wool/", FEEDS[1]),
        ("/products/fell-jumper/", FEEDS[3]),
    ],
)
def test_pages_name_their_feed(page: str, feed: str, question: Thread, member: Member, client: Client) -> None:
    html = client.get(page).content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in html and f'href="{feed}">' in html
