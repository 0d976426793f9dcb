"""Changing a post, seeing both texts where two people changed it at once, and how it read before."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.members.models import Member
from community.threads.attaching import change_photos
from community.threads.drafting import discard_edit_drafts, read_edit_draft
from community.threads.editing import EditConflict, revise
from community.threads.forms import EditForm
from community.threads.history import read_history
from community.threads.models import Post, Thread
from community.threads.permissions import can_edit, require
from community.threads.reading import Request, sign_in_first, visible_post
from community.threads.refusals import refused
from community.threads.wording import compare

CHANGES_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def edit_post(request: Request, pk: int) -> HttpResponse:
    post = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    require(can_edit(request.user, post), "This can no longer be edited by you.")
    if post.is_opening and post.thread.kind == Thread.Kind.REVIEW and post.thread.product:
        # its stars are changed along with its words
        return redirect("write_review", post.thread.product.slug)
    if request.method != "POST":
        draft = read_edit_draft(request.user, post)
        return refused(request, "threads/edit.html", _about(post), EditForm(by=request.user, post=post, initial=draft))
    form = EditForm(request.POST, request.FILES, by=request.user, post=post)
    try:
        is_done = form.is_valid() and form.attempt(partial(_save, request.user, form)) is not None
    except EditConflict as conflict:
        return _show_both(request, form, conflict.current)
    if not is_done:
        return refused(request, "threads/edit.html", _about(post), form)
    discard_edit_drafts(by=request.user, post=post)
    return redirect(post)


def _about(post: Post) -> dict[str, Any]:
    return {"post": post, "draft_place": f"edit:{post.pk}-{post.version}"}


@transaction.atomic
def _save(by: Member, form: EditForm) -> bool:
    said = form.cleaned_data
    words = {"body": said["body"], "title": said.get("title"), "base_version": said["base_version"]}
    is_reworded = revise(by=by, post=form.post, **words)
    photos = change_photos(by=by, post=form.post, added=said["photos"], dropped=form.dropped_photos, alts=form.alts)
    return is_reworded or photos


def _show_both(request: Request, form: EditForm, current: Post) -> HttpResponse:
    """The text as it stands now beside the editor's own; saving again replaces it knowingly."""
    data = request.POST.copy()
    data["base_version"] = str(current.version)
    form.data = data
    parts = compare(current.body, form.cleaned_data["body"])
    context = {**_about(form.post), "form": form, "current": current, "parts": parts}
    return render(request, "threads/conflict.html", context, status=409)


@require_safe
def post_history(request: Request, pk: int) -> HttpResponse:
    post = visible_post(request, pk)
    versions = post.revisions.visible_to(request.user).select_related("editor")
    page = Paginator(versions, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    newer = versions[page.start_index() - 2 : page.start_index() - 1].first() if page.has_previous() else None
    changes = read_history(post, list(page.object_list), newer)
    return render(request, "threads/history.html", {"post": post, "page": page, "changes": changes})
