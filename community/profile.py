"""A member's page: who they are, and what they asked, answered and reviewed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.members.models import Member
from community.threads.models import Post, Thread
from forum.models import Question
from reviews.models import Review

ROWS = 10


@require_safe
def member(request: HttpRequest, username: str) -> HttpResponse:
    person = get_object_or_404(Member, username__iexact=username, is_active=True, erased_at=None)
    answers = Post.objects.published().answers().filter(author=person, thread__kind=Thread.Kind.QUESTION)
    questions = Question.objects.listed().filter(thread__author=person).with_list_data()
    # A review under a shortened or no name must not lead back to the person.
    reviews = Review.objects.listed().filter(thread__author=person, name_shown=Review.NameShown.FULL).with_list_data()
    return render(
        request,
        "home/member.html",
        {
            "person": person,
            "questions": questions.order_by("-thread__created_at")[:ROWS],
            "answers": answers.select_related("thread", "accepted_in").order_by("-created_at")[:ROWS],
            "reviews": reviews.order_by("-thread__created_at")[:ROWS],
            "answer_count": answers.count(),
            "accepted_count": answers.filter(accepted_in__isnull=False).count(),
            "origin": settings.SITE_URL,
        },
    )
