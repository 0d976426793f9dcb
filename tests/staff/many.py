"""Many conversations at once, for budgets and figures."""

from datetime import datetime, timedelta

from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Thread
from forum.models import Question
from staff.models import Conversation, Event, Reason


def ask_many(
    count: int, author: Member, category: Category, product: Product | None = None, at: datetime | None = None
) -> list[Thread]:
    at = at or timezone.now() - timedelta(days=2)
    rows = [
        NewThread(
            "question",
            f"Question number {nth} about the jumper",
            NewPost(author, f"What about number {nth}? I wonder.", created_at=at + timedelta(minutes=nth)),
            product=product,
        )
        for nth in range(count)
    ]
    load_threads(rows)
    threads = [row.saved for row in rows]
    Question.objects.bulk_create(Question(thread=thread, category=category) for thread in threads)
    return threads


def queue_many(count: int, author: Member, category: Category, product: Product, holder: Member) -> list[Conversation]:
    """Waiting conversations with two reasons and a claim each."""
    now = timezone.now()
    made = Conversation.objects.bulk_create(
        Conversation(
            thread=thread,
            customer=author,
            subject=thread.title,
            customer_name=author.name,
            product=product,
            waiting_since=thread.created_at,
            due_at=now + timedelta(minutes=nth - count // 2),
            claimed_by=holder,
            claimed_until=now + timedelta(minutes=10),
            type_suggested="retention",
        )
        for nth, thread in enumerate(ask_many(count, author, category, product))
    )
    for conversation in made:
        post = conversation.thread.posts.get()
        for kind in (Reason.Kind.UNANSWERED, Reason.Kind.COMPANY_ONLY):
            Reason.objects.create(
                conversation=conversation, kind=kind, post=post, weight=2, rule="A rule.", evidence="words"
            )
        Event.objects.create(conversation=conversation, what="Opened")
    return made
