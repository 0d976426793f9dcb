"""Where some questions stand: who has them too, what waits for whom, second solutions, and what was asked before."""

from datetime import datetime, timedelta

from django.db import transaction

from community.demo.content import Row, read
from community.members.models import Member
from community.threads.models import Edition, Post, Thread
from community.threads.publishing import recount
from community.threads.rendering import render
from forum.closing import close_quiet_ones
from forum.models import AlsoAccepted, AnswerFound, MeToo, Question, QuestionQuerySet


@transaction.atomic
def load_states(now: datetime) -> int:
    """All of it where none of it is there yet; how many marks."""
    if MeToo.objects.exists():
        return 0
    data = read("states")
    added = _have_too(data["me_too"], now) + _accept(data["also_accepted"]) + _link(data["duplicate"], now)
    added += _save_questions(data["answer_found"], now)
    for row in data["needs_details"]:
        comment = _comment(row, now, by=Member.objects.get(username=row["by"]))
        asked = {"needs_info_at": comment.created_at, "needs_info_by": comment.author}
        added += _questions(row).update(**asked)
    for row in data["still_needed"]:
        comment = _comment(row, now, by=_questions(row).select_related("thread__author").get().thread.author)
        added += _questions(row).update(still_needed_at=comment.created_at)
    Edition.advance()
    return added + close_quiet_ones(now)


def _have_too(wanted: dict[str, int], now: datetime) -> int:
    """Customers in the order of their names, so that every demo has the same."""
    customers = list(Member.objects.filter(is_staff=False, is_active=True).order_by("username"))
    said = []
    for title, number in wanted.items():
        question = Question.objects.select_related("thread").filter(thread__title=title).first()
        if question is None:
            continue
        others = [one for one in customers if one.pk != question.thread.author_id and one.username != "customer"]
        step = (now - question.thread.created_at) / (number + 1)
        said += [
            MeToo(question=question, member=one, created_at=now - step * place)
            for place, one in enumerate(others[:number], start=1)
        ]
        Question.objects.filter(pk=question.pk).update(me_too_count=len(others[:number]))
    return len(MeToo.objects.bulk_create(said))


def _accept(rows: list[Row]) -> int:
    """Where the asker has accepted another one already."""
    added = 0
    for row in rows:
        question = _questions(row).filter(accepted_post__isnull=False).first()
        post = Post.objects.answers().filter(thread__title=row["question"], author__username=row["by"]).first()
        if question and post and question.accepted_by and question.accepted_at:
            at = question.accepted_at + timedelta(hours=1)
            AlsoAccepted.objects.create(post=post, question=question, accepted_by=question.accepted_by, accepted_at=at)
            added += 1
    return added


def _link(rows: list[Row], now: datetime) -> int:
    linked = 0
    for row in rows:
        canonical = Question.objects.filter(thread__title=row["of"]).first()
        by = Member.objects.get(username=row["by"])
        at = now - timedelta(hours=3)
        linked += _questions(row).update(duplicate_of=canonical, duplicate_by=by, duplicate_at=at)
    return linked


def _save_questions(rows: list[Row], now: datetime) -> int:
    found = [
        AnswerFound(
            thread=thread,
            title=row["asked"],
            member=Member.objects.filter(username=row.get("by", "")).first(),
            created_at=now - timedelta(days=row["days_ago"]),
        )
        for row in rows
        for thread in Thread.objects.filter(title=row["question"])
    ]
    return len(AnswerFound.objects.bulk_create(found))


def _questions(row: Row) -> QuestionQuerySet:
    return Question.objects.filter(thread__title=row["question"])


def _comment(row: Row, now: datetime, *, by: Member) -> Post:
    opening = Post.objects.get(kind=Post.Kind.OPENING, thread__title=row["question"])
    comment = Post.objects.create(
        thread_id=opening.thread_id,
        parent=opening,
        author=by,
        kind=Post.Kind.COMMENT,
        body=row["body"],
        body_html=render(row["body"], is_trusted=True),
        created_at=now - timedelta(hours=row["hours_ago"]),
    )
    recount(opening.thread_id)
    return comment
