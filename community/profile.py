"""A member's pages: who they are, what they know, and what they asked, answered and reviewed under their name."""

from typing import Any, NamedTuple

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.members.models import Member
from community.moderation.trusting import next_level, steps_to
from community.notifications.following import level_of
from community.people.badges import RULES
from community.people.models import Award, Badge, Expertise, Standing
from community.people.naming import can_name_experts
from community.people.structured_data import profile_data
from community.recognising.confirming import CONFIRMED, answers_to_others
from community.threads.models import Post, Status, Thread
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute, as_script
from forum.models import Question
from reviews.models import Review

ROWS, PER_PAGE, KNOWN, SNIPPET = 5, 20, 8, 180
THIN = 3
"""Fewer rows than this are nothing to send a search engine's reader to."""


class AnswerRow(NamedTuple):
    post: Post
    snippet: str
    is_accepted: bool


class Won(NamedTuple):
    award: Award
    name: str
    icon: str
    url: str


@require_safe
def member(request: HttpRequest, username: str) -> HttpResponse:
    """Three queries, one for each list, and for who reads: one for following, or four for their own next level."""
    person, standing = _person(username)
    known = Expertise.objects.filter(member=person, confirmed__gt=0) | Expertise.objects.filter(
        member=person, named_at__isnull=False
    )
    context = _about(request, person, standing, "overview") | {
        "known": list(known.select_related("product", "tag").best_first()[:KNOWN]),
        "won": _won(person),
        "answers": _answer_rows(_answers(person).order_by("-is_confirmed", "-helpful_score", "-created_at")[:ROWS]),
        "questions": list(_questions(person)[:ROWS]),
        "reviews": list(_reviews(person)[:ROWS]),
        "steps": _steps(request, person),
        "is_indexed": standing.is_listed and (standing.questions + standing.answers + standing.reviews) >= THIN,
    }
    context["structured_data"] = as_script([profile_data(person, standing)])
    return render(request, "home/member.html", context)


@require_safe
def questions(request: HttpRequest, username: str) -> HttpResponse:
    return _tab(request, username, "questions")


@require_safe
def answers(request: HttpRequest, username: str) -> HttpResponse:
    return _tab(request, username, "answers")


@require_safe
def reviews(request: HttpRequest, username: str) -> HttpResponse:
    return _tab(request, username, "reviews")


def _tab(request: HttpRequest, username: str, tab: str) -> HttpResponse:
    """One list, paged. Three queries, and one for who reads."""
    person, standing = _person(username)
    rows = {"questions": _questions, "answers": _answers, "reviews": _reviews}[tab](person)
    page = _page_or_404(rows.order_by("-created_at", "-pk") if tab == "answers" else rows, request.GET.get("page", "1"))
    shown = _answer_rows(page.object_list) if tab == "answers" else page.object_list
    context = _about(request, person, standing, tab, page.number) | {
        "page": page,
        tab: shown,
        "is_indexed": page.paginator.count >= THIN,
    }
    return render(request, "home/member_tab.html", context)


def _person(username: str) -> tuple[Member, Standing]:
    """A member with their counts: one query. Who has not written anything has a row of noughts."""
    here = Member.objects.filter(is_active=True, erased_at=None).select_related("standing")
    person = get_object_or_404(here, username__iexact=username)
    standing = getattr(person, "standing", None) or Standing(member=person, joined_at=person.date_joined)
    return person, standing


def _about(request: HttpRequest, person: Member, standing: Standing, tab: str, number: int = 1) -> dict[str, Any]:
    """What every page of a member shows above its list."""
    own = person.get_absolute_url()
    counts = {"overview": None, "answers": standing.answers, "questions": standing.questions}
    counts |= {"reviews": standing.reviews} if standing.reviews or tab == "reviews" else {}
    paths = {name: own if name == "overview" else reverse(f"member_{name}", args=[person.username]) for name in counts}
    is_oneself = request.user.pk == person.pk
    return {
        "person": person,
        "standing": standing,
        "tab": tab,
        "tabs": [
            {"label": name.capitalize(), "url": paths[name], "current": name == tab, "count": count}
            for name, count in counts.items()
        ],
        "is_oneself": is_oneself,
        "may_name_expert": can_name_experts(request.user) and not person.is_staff,
        "follow_level": None if is_oneself or person.is_unclaimed else level_of(request.user, person=person),
        "canonical": absolute(f"{paths[tab]}?page={number}" if number > 1 else paths[tab]),
    }


def _answers(person: Member) -> Any:
    answers = answers_to_others().filter(author=person).annotate(is_confirmed=CONFIRMED)
    return answers.select_related("thread__product", "accepted_in", "also_accepted").defer("body")


def _questions(person: Member) -> QuerySet[Question]:
    asked = Question.objects.listed().filter(thread__author=person)
    return asked.with_list_data().order_by("-thread__created_at", "-pk")


def _reviews(person: Member) -> QuerySet[Review]:
    """A review under a shortened or no name must not lead back to the person."""
    named = Review.objects.listed().filter(thread__author=person, name_shown=Review.NameShown.FULL)
    return named.with_list_data().order_by("-thread__created_at", "-pk")


def _answer_rows(answers: Any) -> list[AnswerRow]:
    return [AnswerRow(post, plain_text(post.body_html, SNIPPET), _is_accepted(post)) for post in answers]


def _is_accepted(post: Any) -> bool:
    return getattr(post, "accepted_in", None) is not None or getattr(post, "also_accepted", None) is not None


def _won(person: Member) -> list[Won]:
    """Badges in the order of the rules, each with the post that earned it where everybody may read it."""
    rows = Award.objects.filter(member=person).select_related("post__thread")
    awards = {Badge(row.badge): row for row in rows if row.badge in Badge.values}
    return [
        Won(awards[badge], badge.label, rule.icon, _evidence(awards[badge]))
        for badge, rule in RULES.items()
        if badge in awards
    ]


def _evidence(award: Award) -> str:
    post = award.post
    if post is None or post.thread.kind != Thread.Kind.QUESTION:  # a review's name may have been shortened since
        return ""
    is_public = post.status == post.thread.status == Status.PUBLISHED
    return post.get_absolute_url() if is_public else ""


def _steps(request: HttpRequest, person: Member) -> dict[str, Any] | None:
    """What one's own next level asks for. Nobody else learns of it."""
    if request.user.pk != person.pk:
        return None
    level = next_level(person)
    return {"level": level, "rows": steps_to(level, person)} if level else None


def _page_or_404(rows: QuerySet, number: str) -> Page:
    try:
        return Paginator(rows, PER_PAGE).page(number)
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
