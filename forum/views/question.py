"""A question's page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.threads.drafting import read_draft
from community.threads.models import Post
from community.threads.permissions import can_answer
from community.threads.structured_data import absolute, as_script, breadcrumbs, picture_address
from forum.forms import AnswerForm
from forum.listing import page_number
from forum.models import Question
from forum.permissions import acts_on, acts_on_question, can_have_too, can_link, can_retag
from forum.reading import BEST, ORDERS, Said, ThreadPage, read_page, read_public_page
from forum.standing import Standing, place_of, standing_of
from forum.strangers import mark_of
from forum.structured_data import question_data
from forum.views.answering import writer_of


@require_safe
def question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    order = request.GET.get("order", BEST)
    if order not in ORDERS:
        raise Http404("There is no such order.")
    standing = standing_of(request.user, pk, mark=mark_of(request))
    shown = _read(request.user, standing, pk, order, page_number(request.GET))
    if shown is None:
        return _gone(request, pk, standing)
    address = shown.thread.get_absolute_url()
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    return render(request, "forum/question.html", _about(request, shown) | _for_reader(request, shown, standing))


def _read(reader: Any, standing: Standing, pk: int, order: str, number: int) -> ThreadPage | None:
    """Most members see what everybody sees, which is kept; the others see more."""
    if reader.is_authenticated and not reader.is_moderator and not standing.is_waiting:
        shown = read_public_page(pk, order=order, number=number)
        if shown:
            return shown
    return read_page(pk, reader, order=order, number=number)


def _about(request: HttpRequest, shown: ThreadPage) -> dict[str, Any]:
    thread, category, page = shown.thread, shown.question.category, shown.page
    address = thread.get_absolute_url()
    crumbs = [("Questions", reverse("questions")), (category.name, category.get_absolute_url())]
    is_read_by_robots = thread.is_published and not request.user.is_authenticated
    data = [question_data(shown), breadcrumbs([*crumbs, (thread.title, address)])] if is_read_by_robots else []
    return {
        "shown": shown,
        "thread": thread,
        "question": shown.question,
        "crumbs": crumbs,
        "query": "" if shown.order == BEST else f"order={shown.order}&",
        "canonical": absolute(f"{address}?page={page.number}" if page.number > 1 else address),
        "is_indexed": thread.is_published and shown.order == BEST,
        "structured_data": as_script(data) if data else "",
        "og_image": picture_address(thread.product) if thread.product else "",
    }


def _for_reader(request: HttpRequest, shown: ThreadPage, standing: Standing) -> dict[str, Any]:
    reader, writer = request.user, writer_of(request)
    context: dict[str, Any] = {
        "opening": _entry(reader, shown, standing, shown.opening),
        "answers": [_entry(reader, shown, standing, one) for one in shown.answers],
        "level": standing.level,
        "is_following": standing.is_following,
        "deleted": standing.deleted,
        "has_it_too": standing.has_it_too,
        "may_have_too": can_have_too(reader, shown.question),
        "may_link": can_link(reader, shown.question),
        "may_retag": can_retag(reader, shown.opening.post),
        "acts": acts_on_question(reader, shown.question),
        "may_answer": can_answer(reader, shown.thread),
    }
    if writer and context["may_answer"] and standing.is_drafting:
        place = place_of(shown.thread.pk)
        context |= {"form": AnswerForm(by=writer, initial=read_draft(writer, place)), "draft_place": place}
    return context


def _entry(reader: Any, shown: ThreadPage, standing: Standing, said: Said) -> dict[str, Any]:
    """One post as its component takes it."""
    post = said.post
    accepted = shown.accepted.get(post.pk)
    return {
        "post": post,
        "photos": said.photos,
        "comments": said.comments,
        "comments_may": {comment.pk: acts_on(reader, shown.question, comment) for comment in said.comments},
        "may": acts_on(reader, shown.question, post, accepted_by=accepted.by_pk if accepted else None),
        "my_vote": standing.votes.get(post.pk),
        "accepted": accepted,
    }


def _gone(request: HttpRequest, pk: int, standing: Standing) -> HttpResponse:
    """410 for what was here and has been taken away; 404 for everything else. Who deleted it may bring it back."""
    if standing.deleted and Post.objects.withdrawn_by(request.user).filter(pk=standing.deleted).exists():
        return redirect("restore_post", standing.deleted)
    if Question.objects.gone().filter(thread__pk=pk).exists():
        return render(request, "410.html", status=410)
    raise Http404("There is no such question.")
