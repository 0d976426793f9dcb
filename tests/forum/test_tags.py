"""Tags: their pages, the page of all, synonyms, and what the administration does to them."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.following import follow
from community.notifications.models import Subscription
from community.search.indexing import compare, reindex
from community.threads.models import Post, Status, Tag, TagSynonym
from community.threads.publishing import set_status
from forum.merging import merge_tags
from forum.models import Question
from tests.forum.conftest import Ask
from tests.forum.test_lists import titles

As = Callable[[Member | None], Client]


@pytest.fixture
def wool(asked: Ask) -> Tag:
    asked("One about wool", tags=["wool", "zip"])
    asked("Another about wool", answers=1, tags=["wool"])
    asked("One about merino", tags=["merino"])
    return Tag.objects.get(name="wool")


def page_of(client: Client, address: str = "/tags/wool/") -> str:
    return client.get(address).content.decode()


def test_a_tags_page_says_what_it_is_and_who_follows_it(wool: Tag, member: Member, client: Client) -> None:
    Tag.objects.filter(pk=wool.pk).update(description="Sheep's, mostly.")
    TagSynonym.objects.create(name="woollen", slug="woollen", tag=wool)
    follow(by=member, tag=wool)
    page = page_of(client)
    for words in ("Sheep&#x27;s, mostly.", "2 questions", "1 follower", "also called woollen"):
        assert words in page


def test_its_tabs_stay_on_its_page(wool: Tag, client: Client) -> None:
    assert 'href="/tags/wool/?tab=unanswered"' in page_of(client)
    assert titles(client, "/tags/wool/?tab=unanswered") == ["One about wool"]
    assert 'content="noindex"' in page_of(client, "/tags/wool/?tab=unanswered")


def test_tags_that_go_with_it_are_links_to_both(wool: Tag, client: Client) -> None:
    page = page_of(client)
    assert "Related tags" in page and 'href="/questions/?tag=zip"' in page


def test_filter_links_say_how_many_questions_they_leave(wool: Tag, client: Client) -> None:
    page = page_of(client, "/questions/?tab=unanswered")
    assert 'tag=wool" rel="nofollow">wool <span class="num">1</span>' in page
    assert 'tag=merino" rel="nofollow">merino <span class="num">1</span>' in page


def test_all_tags_are_on_one_page_the_commonest_first(wool: Tag, client: Client) -> None:
    page = page_of(client, "/tags/")
    assert page.index("wool</a>") < page.index("merino</a>") < page.index("zip</a>")
    TagSynonym.objects.create(name="sheep", slug="sheep", tag=wool)
    found = page_of(client, "/tags/?q=shee")
    assert "wool</a>" in found and "zip</a>" not in found
    assert "No tag is called so" in page_of(client, "/tags/?q=nothing")


def test_a_tag_of_hidden_questions_alone_is_not_listed(wool: Tag, client: Client) -> None:
    set_status(Post.objects.get(thread__title="One about merino", kind="opening"), Status.HIDDEN)
    assert "merino</a>" not in page_of(client, "/tags/")


@pytest.mark.parametrize("query", ["?page=0", "?page=x"])
def test_an_odd_page_of_tags_is_404(wool: Tag, client: Client, query: str) -> None:
    assert client.get(f"/tags/{query}").status_code == 404
    assert client.get("/tags/?page=99").status_code == 200


def test_a_synonyms_page_leads_to_its_tag(wool: Tag, client: Client) -> None:
    TagSynonym.objects.create(name="woollen", slug="woollen", tag=wool)
    answer = client.get("/tags/woollen/?tab=solved")
    assert (answer.status_code, answer.url) == (301, "/tags/wool/?tab=solved")


def test_merging_moves_threads_and_followers_and_keeps_the_name(
    wool: Tag, admin: Member, member: Member, regular: Member, client: Client
) -> None:
    merino = Tag.objects.get(name="merino")
    follow(by=member, tag=merino)
    follow(by=regular, tag=merino)
    follow(by=regular, tag=wool)
    assert merge_tags(by=admin, tag=merino, into=wool) == 1
    assert set(titles(client, "/tags/wool/")) == {"One about wool", "Another about wool", "One about merino"}
    assert client.get("/tags/merino/").url == "/tags/wool/"
    assert Subscription.objects.filter(tag=wool).count() == 2


def test_search_follows_a_merge(wool: Tag, admin: Member) -> None:
    reindex()
    merge_tags(by=admin, tag=Tag.objects.get(name="merino"), into=wool)
    assert compare().count == 0


def test_a_thread_with_both_tags_keeps_one(asked: Ask, admin: Member) -> None:
    question = asked(tags=["wool", "merino"])
    wool, merino = Tag.objects.get(name="wool"), Tag.objects.get(name="merino")
    merge_tags(by=admin, tag=merino, into=wool)
    assert [tag.name for tag in question.thread.tags.all()] == ["wool"]


def test_customers_merge_nothing(wool: Tag, regular: Member) -> None:
    with pytest.raises(PermissionDenied):
        merge_tags(by=regular, tag=wool, into=Tag.objects.get(name="merino"))


def test_a_renamed_tag_keeps_its_old_address(wool: Tag, admin: Member, as_: As) -> None:
    none = {f"synonyms-{what}": 0 for what in ("TOTAL_FORMS", "INITIAL_FORMS")}
    fields = {"name": "sheep's wool", "slug": "sheeps-wool", "description": "", **none}
    as_(admin).post(reverse("admin:threads_tag_change", args=[wool.pk]), fields)
    assert as_(None).get("/tags/wool/").url == "/tags/sheeps-wool/"
    assert titles(as_(None), "/tags/sheeps-wool/")


def test_the_administration_merges_and_names_synonyms(wool: Tag, admin: Member, as_: As) -> None:
    ada = as_(admin)
    chosen = {"action": "merge", "_selected_action": [Tag.objects.get(name="merino").pk], "into": "Wool"}
    ada.post(reverse("admin:threads_tag_changelist"), chosen)
    assert Question.objects.filter(thread__tags=wool).count() == 3
    chosen |= {"into": "nothing", "_selected_action": [wool.pk]}
    assert b"There is no tag" in ada.post(reverse("admin:threads_tag_changelist"), chosen, follow=True).content
    ada.post(reverse("admin:threads_tagsynonym_add"), {"name": "Woollen", "tag": wool.pk})
    assert TagSynonym.objects.filter(slug="woollen", tag=wool).exists()
    refused = ada.post(reverse("admin:threads_tagsynonym_add"), {"name": "Zip", "tag": wool.pk})
    assert b"is a tag itself" in refused.content
