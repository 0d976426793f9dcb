"""Whether a member has anything of their own on a page: then it is drawn for them alone (see kept_for_members)."""

from typing import Any, NamedTuple

from django.db import connection

from community.members.models import Member
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Draft, Edition, Post, Tag, Thread, Vote
from forum.models import AlsoAccepted, MeToo, Question, SavedFilter
from forum.standing import LARGEST_PK, place_of

_TABLES = {
    model.__name__.lower(): model._meta.db_table
    for model in (
        AlsoAccepted,
        Draft,
        Edition,
        MeToo,
        Post,
        Product,
        Question,
        SavedFilter,
        Subscription,
        Tag,
        Thread,
        Vote,
    )
}
_WROTE = "SELECT 1 FROM {post} WHERE thread_id = %(pk)s AND author_id = %(member)s"
_VOTED = """SELECT 1 FROM {vote} WHERE member_id = %(member)s
    AND post_id IN (SELECT id FROM {post} WHERE thread_id = %(pk)s)"""
_FOLLOWS_THREAD = "SELECT 1 FROM {subscription} WHERE member_id = %(member)s AND thread_id = %(pk)s"
_DRAFTS = "SELECT 1 FROM {draft} WHERE member_id = %(member)s AND place = %(place)s"
_ACCEPTED = "SELECT 1 FROM {question} WHERE thread_id = %(pk)s AND accepted_by_id = %(member)s"
_ALSO_ACCEPTED = "SELECT 1 FROM {alsoaccepted} WHERE question_id = %(pk)s AND accepted_by_id = %(member)s"
_HAS_IT_TOO = "SELECT 1 FROM {metoo} WHERE question_id = %(pk)s AND member_id = %(member)s"
_FOLLOWS_ANYTHING = "SELECT 1 FROM {subscription} WHERE member_id = %(member)s AND level >= 2"
_ASKED = "SELECT 1 FROM {thread} WHERE author_id = %(member)s AND kind = 'question'"
_ANSWERED = "SELECT 1 FROM {post} WHERE author_id = %(member)s AND kind = 'answer'"
_FOLLOWS_A_CATEGORY = "SELECT 1 FROM {subscription} WHERE member_id = %(member)s AND category_id IS NOT NULL"
_SAVED_A_LIST = "SELECT 1 FROM {savedfilter} WHERE member_id = %(member)s"
_FOLLOWS_TAG = """SELECT 1 FROM {subscription} WHERE member_id = %(member)s
    AND tag_id IN (SELECT id FROM {tag} WHERE slug = %(slug)s)"""
_FOLLOWS_PRODUCT = """SELECT 1 FROM {subscription} WHERE member_id = %(member)s
    AND product_id IN (SELECT id FROM {product} WHERE slug = %(slug)s)"""
_REVIEWED = """SELECT 1 FROM {thread} WHERE author_id = %(member)s
    AND product_id IN (SELECT id FROM {product} WHERE slug = %(slug)s)"""
_VOTED_ON_PRODUCT = """SELECT 1 FROM {vote} v JOIN {post} p ON p.id = v.post_id JOIN {thread} t ON t.id = p.thread_id
    WHERE v.member_id = %(member)s AND t.product_id IN (SELECT id FROM {product} WHERE slug = %(slug)s)"""

# By name of the address: what would make its page a member's own. By hand, as every page of every member asks it.
_OWN: dict[str, tuple[str, ...]] = {
    "home": (_FOLLOWS_ANYTHING, _ASKED, _ANSWERED),
    "questions": (_SAVED_A_LIST, _FOLLOWS_A_CATEGORY),
    "products": (),
    "tag": (_FOLLOWS_TAG,),
    "question": (_WROTE, _VOTED, _FOLLOWS_THREAD, _DRAFTS, _ACCEPTED, _ALSO_ACCEPTED, _HAS_IT_TOO),
    "review": (_WROTE, _VOTED),
    "product": (_FOLLOWS_PRODUCT, _REVIEWED, _VOTED_ON_PRODUCT),
}


def _question_of(own: tuple[str, ...]) -> str:
    """“Which Edition is it, and is there anything?” as one query."""
    found = f"EXISTS ({' UNION ALL '.join(own)})" if own else "FALSE"  # stops at the first
    return f"SELECT number, {found} FROM {{edition}} WHERE id = 1".format(**_TABLES)  # noqa: S608 - no values


PAGES = {name: _question_of(own) for name, own in _OWN.items()}


class Look(NamedTuple):
    edition: int
    has_own: bool


def look(name: str, arguments: dict[str, Any], member: Member) -> Look:
    """The Edition as committed, and whether `member` has anything of their own on that page. One query."""
    pk = min(arguments.get("pk", 0), LARGEST_PK)  # an address may name a number that no database takes
    values = {"member": member.pk, "pk": pk, "slug": arguments.get("slug", ""), "place": place_of(pk)}
    with connection.cursor() as cursor:
        cursor.execute(PAGES[name], values)
        row = cursor.fetchone() or (0, True)  # nothing was ever said here
    return Look(row[0], bool(row[1]))
