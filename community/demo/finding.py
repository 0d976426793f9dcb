"""What makes things easy to find again: what a customer follows, kept and has read, and what is known of tags."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from community.demo.content import Row, read
from community.members.models import Member
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Bookmark, Edition, Post, Tag, TagSynonym, Thread, ThreadRead
from forum.models import SavedFilter

CUSTOMER = "customer"
LAST_HERE = timedelta(days=8)


@transaction.atomic
def load_finding(now: datetime) -> int:
    """Descriptions, synonyms, bookmarks, lists, follows and reading marks that are not there yet; how many."""
    data = read("finding")
    customer = Member.objects.get(username=CUSTOMER)
    added = _describe_tags(data["tag"])
    if not customer.bookmarks.exists():
        added += _keep(customer, data, now) + _follow(customer, data["customer"]) + _have_read(customer, now)
    if added:
        Edition.advance()
    return added


def _describe_tags(rows: list[Row]) -> int:
    added = 0
    for row in rows:
        tag = Tag.objects.filter(name=row["name"]).first()
        if tag is None or tag.description or tag.synonyms.exists():
            continue
        Tag.objects.filter(pk=tag.pk).update(description=row["description"])
        free = [name for name in row["synonyms"] if not Tag.objects.filter(slug=slugify(name)).exists()]
        TagSynonym.objects.bulk_create(
            [TagSynonym(name=name, slug=slugify(name), tag=tag) for name in free], ignore_conflicts=True
        )
        added += 1 + len(free)
    return added


def _keep(customer: Member, data: Row, now: datetime) -> int:
    """The accepted answer of each question, or the question where there is none."""
    kept = []
    for number, row in enumerate(data["bookmark"]):
        posts = Post.objects.published().filter(thread__title=row["question"])
        post = posts.filter(accepted_in__isnull=False).first() or posts.filter(kind=Post.Kind.OPENING).first()
        if post:
            at = now - timedelta(days=3 * number + 1)
            kept.append(Bookmark(member=customer, post=post, note=row["note"], created_at=at))
    Bookmark.objects.bulk_create(kept)
    lists = SavedFilter.objects.bulk_create([SavedFilter(member=customer, **row) for row in data["list"]])
    return len(kept) + len(lists)


def _follow(customer: Member, data: Row) -> int:
    tags, products = Tag.objects.filter(name__in=data["tags"]), Product.objects.filter(slug__in=data["products"])
    rows = [Subscription(member=customer, tag=tag) for tag in tags]
    rows += [Subscription(member=customer, product=product) for product in products]
    return len(Subscription.objects.bulk_create(rows, ignore_conflicts=True))


def _have_read(customer: Member, now: datetime) -> int:
    """All they follow, up to when they were last here: what came since is new."""
    last_here = now - LAST_HERE
    followed = Thread.objects.filter(subscriptions__member=customer, created_at__lt=last_here)
    marks = [
        ThreadRead(
            member=customer,
            thread=thread,
            read_until=min(last_here, thread.last_post_at),
            posts_read=1,
            last_read_at=last_here,
        )
        for thread in followed
    ]
    return len(ThreadRead.objects.bulk_create(marks, ignore_conflicts=True))
