"""Deleting one's own post; a page that brings it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from community.threads.models import Post
from community.threads.reading import Request, sign_in_first, visible_post
from community.threads.withdrawing import restore, withdraw

UNDO = 'It is deleted. <button class="button button--small" form="act" formaction="{}">Undo</button>'
BACK = "It is back, as it was."


@require_POST
def withdraw_post(request: Request, pk: int) -> HttpResponse:
    if _is_withdrawn(request, pk):
        return redirect("restore_post", pk)  # the second click of a double click
    post = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=post.get_absolute_url())
    withdraw(by=request.user, post=post)
    undo = reverse("restore_post", args=[post.pk])
    if post.is_opening:
        return redirect(undo)
    messages.success(request, format_html(UNDO, undo))
    return redirect(post.thread)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_post(request: Request, pk: int) -> HttpResponse:
    """GET shows the deleted post to its author; POST brings it back."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    if not _is_withdrawn(request, pk):
        return redirect(visible_post(request, pk))  # brought back already
    post = Post.objects.select_related("thread", "author").get(pk=pk)
    if request.method != "POST":
        return render(request, "threads/withdrawn.html", {"post": post})
    restore(by=request.user, post=post)
    messages.success(request, BACK)
    return redirect(post)


def _is_withdrawn(request: Request, pk: int) -> bool:
    return request.user.is_authenticated and Post.objects.withdrawn_by(request.user).filter(pk=pk).exists()
