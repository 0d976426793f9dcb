"""A member's page: who they are, and what they asked, answered and reviewed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.members.models import Member
from community.threads.models import Post
from forum.models import Question
from reviews.models import Review

ROWS = 10


@require_safe
def member(request: HttpRequest, username: str) -> HttpResponse:
    person = get_object_or_404(Member, username__iexact=username, is_active=True, erased_at=None)
    answers = Post.objects.published().answers().filter(author=person, thread__kind="question")
    named_reviews = Review.objects.listed().filter(thread__author=person, name_shown=Review.NameShown.FULL)
    return render(
        request,
        "home/member.html",
        {
            "person": person,
            "questions": Question.objects.listed().filter(thread__author=person).with_list_data()
            .order_by("-thread__created_at")[:ROWS],
            "answers": answers.select_related("thread").order_by("-created_at")[:ROWS],
            "reviews": named_reviews.with_list_data().order_by("-thread__created_at")[:ROWS],
            "answer_count": answers.count(),
            "accepted_count": answers.filter(accepted_in__isnull=False).count(),
        },
    )
