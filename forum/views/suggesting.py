"""What a page for asking looks up while somebody writes: questions like theirs, products and tags by name."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from community.members.text import tidy_line
from community.members.visitors import visitor_of
from community.search.limits import enforce_suggestion_rate
from community.threads.models import Thread
from community.threads.tagging import tags_like
from forum.questions_saved import found_answer
from forum.suggesting import products_called, suggestions_for
from forum.views.answering import writer_of

LONGEST = 150


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`?title=`: a fragment with at most five questions like it, and the products it names."""
    enforce_suggestion_rate(request)
    title = tidy_line(request.GET.get("title", "")[:LONGEST])
    found = suggestions_for(title)
    response = render(request, "forum/suggestions.html", {"found": found, "title": title})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def answers_it(request: HttpRequest, pk: int) -> HttpResponse:
    """“This answers it”: counted, with thanks, and on to the question that does."""
    threads = Thread.objects.visible_to(request.user).questions().filter(question__isnull=False)
    thread = get_object_or_404(threads, pk=pk)
    title = tidy_line(request.POST.get("title", "")[:LONGEST])
    found_answer(by=writer_of(request), thread=thread, title=title, visitor=visitor_of(request))
    back = f"{reverse('ask')}?{urlencode({'title': title})}"
    thanks = 'Good that it was here already. Not quite what you meant? <a href="{}">Go on asking</a>'
    messages.success(request, format_html(thanks, back))
    return redirect(thread)


@require_safe
def product_choices(request: HttpRequest) -> HttpResponse:
    """`?q=`: JSON, at most twelve products as value, label and note."""
    enforce_suggestion_rate(request)
    products = products_called(tidy_line(request.GET.get("q", "")[:LONGEST]))
    choices = [
        {"value": one.slug, "label": one.name, "note": "no longer sold" if one.is_discontinued else one.category.name}
        for one in products
    ]
    return JsonResponse({"choices": choices})


@require_safe
def tag_choices(request: HttpRequest) -> HttpResponse:
    """`?q=`: JSON, at most eight tags as value, label and note; a synonym leads to its tag."""
    enforce_suggestion_rate(request)
    return JsonResponse({"choices": [choice._asdict() for choice in tags_like(request.GET.get("q", "")[:LONGEST])]})
