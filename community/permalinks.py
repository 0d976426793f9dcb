"""A post's lasting address: leads to the page of its thread that shows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from community.threads.models import Post, Thread
from forum.reading import page_of


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread__question", "parent"), pk=pk)
    address = post.thread.get_absolute_url()
    if post.thread.kind == Thread.Kind.QUESTION:
        number = page_of(post, request.user)
        address += f"?page={number}" if number > 1 else ""
    if post.is_opening:
        return redirect(address)  # it is the page: whoever comes sees its head, and what was just done
    return redirect(f"{address}#{post.anchor}")
