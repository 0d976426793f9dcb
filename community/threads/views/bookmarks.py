"""A member's bookmarks: the page, and what changes them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from community.members.text import LineField
from community.threads.bookmarking import bookmark, bookmarks_of, note_why, unbookmark
from community.threads.reading import MemberRequest, Request, sign_in_first, visible_post
from community.threads.rendering import plain_text

PER_PAGE = 20
EXCERPT = 160


class NoteForm(forms.Form):
    note = LineField(max_length=200, required=False)


@require_safe
@login_required
def bookmarks(request: MemberRequest) -> HttpResponse:
    page = Paginator(bookmarks_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    for kept in page:
        kept.excerpt = plain_text(kept.post.body_html, EXCERPT)  # type: ignore[attr-defined]
    return render(request, "threads/bookmarks.html", {"page": page})


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Back to the post, with a word on where to find it again."""
    post = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=post.get_absolute_url())
    bookmark(by=request.user, post=post)
    messages.success(request, format_html('Kept in <a href="{}">your bookmarks</a>.', reverse("bookmarks")))
    return redirect(post)


@require_POST
@login_required
def let_go(request: MemberRequest, pk: int) -> HttpResponse:
    if unbookmark(by=request.user, post_id=pk):
        messages.success(request, "The bookmark is gone.")
    else:
        visible_post(request, pk)  # 404 for what is no post of theirs to see
    return redirect("bookmarks")


@require_POST
@login_required
def note(request: MemberRequest, pk: int) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A note has at most 200 characters.")
    elif note_why(by=request.user, post_id=pk, note=form.cleaned_data["note"]):
        messages.success(request, "Noted.")
    else:
        visible_post(request, pk)
    return redirect("bookmarks")
