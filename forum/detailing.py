"""Changing what a question is filed under after it was asked: its product, its subject, its tags."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from community.members.limits import Rate, enforce
from community.members.models import Member
from community.products.models import Product
from community.threads.events import announce, thread_changed
from community.threads.models import Category, Post, Thread
from community.threads.permissions import require
from community.threads.tagging import proper_tags
from forum.models import DetailChange, Question
from forum.permissions import can_refile, can_retag

CHANGES_A_DAY = Rate(60, timedelta(days=1), "You have changed the details of questions many times today.")
SENTENCE = "The details of this question can no longer be changed by you."
TAGS_ALONE = "You may change the tags of this question, not its product or subject."


@transaction.atomic
def change_details(
    *, by: Member, question: Question, product: Product | None, category: Category, tags: Iterable[str]
) -> bool:
    """File `question` anew. False if nothing would change. Each change is noted with who made it.

    Raises PermissionDenied, or TooSoon.
    """
    opening = question.thread.posts.select_related("thread").get(kind=Post.Kind.OPENING)
    require(can_retag(by, opening), SENTENCE)
    question = Question.objects.select_related("thread__product", "category").get(pk=question.pk)
    thread, wanted = question.thread, sorted(proper_tags(tags), key=str.casefold)
    changes: list[tuple[str, str, str]] = []
    if thread.product != product:
        changes.append((DetailChange.What.PRODUCT, _name(thread.product), _name(product)))
    if question.category != category:
        changes.append((DetailChange.What.CATEGORY, question.category.name, category.name))
    require(not changes or can_refile(by, opening), TAGS_ALONE)
    before, after = ", ".join(tags_of(thread)), ", ".join(wanted)
    if before.casefold() != after.casefold():
        changes.append((DetailChange.What.TAGS, before, after))
    if not changes:
        return False
    _enforce_rate(by)
    _note(by, question, changes)
    Thread.objects.filter(pk=thread.pk).update(product=product)
    Question.objects.filter(pk=question.pk).update(category=category)
    thread.tags.set(wanted)
    announce(thread_changed, thread_id=thread.pk)
    return True


def tags_of(thread: Thread) -> list[str]:
    """Names of its tags, in their order. One query."""
    return sorted(thread.tags.values_list("name", flat=True), key=str.casefold)


def _enforce_rate(by: Member) -> None:
    if not by.is_responder:
        enforce(CHANGES_A_DAY, DetailChange.objects.filter(changed_by=by))


def _note(by: Member, question: Question, changes: list[tuple[str, str, str]]) -> None:
    DetailChange.objects.bulk_create(
        DetailChange(question=question, changed_by=by, what=what, before=before[:200], after=after[:200])
        for what, before, after in changes
    )


def _name(product: Product | None) -> str:
    return product.name if product else ""
