"""The admin of the lower floor: everything can be looked up, what is written by the software is never changed there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.members.consenting import give_consent
from community.members.models import Consent, Member
from community.products.models import Product, ProductCategory, Purchase
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.drafting import save_draft
from community.threads.events import thread_changed
from community.threads.models import Attachment, Draft, Post, Revision, Tag, Thread, Vote

LOGS = [Thread, Post, Revision, Vote, Attachment, Draft, Consent]
KEPT_BY_HAND = [Tag, Member, Product, ProductCategory, Purchase]


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{page}", args=args)


def fill(count: int, author: Member, product: Product) -> None:
    """`count` rows of everything."""
    rows = []
    for nth in range(count):
        helper = Member.objects.create(username=f"helper{count}-{nth}", email=f"{count}-{nth}@example.com")
        give_consent(by=helper, channel="mail", purpose="digest", source="test")
        save_draft(by=helper, place="question", fields={"body": "Not yet for anybody."})
        category = ProductCategory.objects.create(name=f"{count}-{nth}", slug=f"{count}-{nth}")
        thing = Product.objects.create(name="Thing", slug=f"{count}-{nth}", sku=f"{count}-{nth}", category=category)
        Purchase.objects.create(
            product=thing, member=helper, email=helper.email, reference="A", purchased_at=timezone.now()
        )
        answer = NewPost(helper, "Text", votes=[(author, True)])
        tags = [f"tag{count}-{nth}"]
        rows.append(NewThread("question", "Title", NewPost(author, "Text"), [answer], product=thing, tags=tags))
    load_threads(rows)
    posts = [row.answers[0].saved for row in rows]
    Revision.objects.bulk_create(Revision(post=post, editor=post.author, version=1, body="x") for post in posts)
    Attachment.objects.bulk_create(
        Attachment(post=post, uploader=post.author, small="x.webp", width=1, height=1) for post in posts
    )


@pytest.mark.parametrize("model", [*LOGS, *KEPT_BY_HAND])
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    model: type[Model], admin: Member, member: Member, product: Product, as_: Callable[..., Client], count_queries: Any
) -> None:
    client = as_(admin)
    fill(2, member, product)
    few = count_queries(lambda: client.get(address(model, "changelist")))
    fill(12, member, product)
    assert count_queries(lambda: client.get(address(model, "changelist"))) <= few


@pytest.fixture
def count_queries() -> Any:
    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert act().status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize("model", LOGS)
def test_a_log_is_looked_at_and_left(
    model: type[Model], admin: Member, member: Member, product: Product, as_: Callable[..., Client]
) -> None:
    fill(1, member, product)
    client, row = as_(admin), model._default_manager.latest("pk")
    assert client.get(address(model, "changelist"), {"q": "title"}).status_code == 200
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", KEPT_BY_HAND)
def test_what_is_kept_by_hand_has_a_page_without_long_menus(
    model: type[Model], admin: Member, member: Member, product: Product, as_: Callable[..., Client]
) -> None:
    fill(12, member, product)
    page = as_(admin).get(address(model, "change", model._default_manager.latest("pk").pk)).content.decode()
    assert page.count("<option") < 12


def test_nobody_reads_a_draft_in_the_admin(admin: Member, member: Member, as_: Callable[..., Client]) -> None:
    save_draft(by=member, place="question", fields={"body": "Not yet for anybody."})
    page = as_(admin).get(address(Draft, "change", Draft.objects.get().pk)).content.decode()
    assert "Not yet" not in page


def test_a_renamed_tag_is_told_to_its_threads(admin: Member, question: Thread, as_: Callable[..., Client]) -> None:
    heard: list[int] = []

    def hear(thread_id: int, **_: Any) -> None:
        heard.append(thread_id)

    thread_changed.connect(hear)
    fields = {"name": "merino", "slug": "merino", "synonyms-TOTAL_FORMS": 0, "synonyms-INITIAL_FORMS": 0}
    as_(admin).post(address(Tag, "change", Tag.objects.get().pk), fields)
    thread_changed.disconnect(hear)
    assert heard == [question.pk]


def test_a_member_is_changed_but_never_deleted(admin: Member, member: Member, as_: Callable[..., Client]) -> None:
    client = as_(admin)
    assert client.post(address(Member, "delete", member.pk), {"post": "yes"}).status_code == 403
    fields = {"username": "mara", "email": member.email, "display_name": "Mara", "trust_level": 3, "is_active": "on"}
    client.post(address(Member, "change", member.pk), fields)
    member.refresh_from_db()
    assert (member.display_name, member.trust_level) == ("Mara", 3)
