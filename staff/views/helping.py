"""“Did this help you?”: pages that a signed link opens, without signing in. GET shows, POST records."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.members.consenting import stands
from community.members.text import TextField
from community.threads.reading import Request
from staff.models import HelpfulLink, HelpQuestion
from staff.outcomes import answering_help as helping

GONE = "This link is not complete, or what it is about is gone."


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Did it help?",
        choices=HelpQuestion.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    words = TextField(
        label="Anything you want to add",
        required=False,
        max_length=helping.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only the company's staff read this.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_question(request: Request, token: str) -> HttpResponse:
    """`?answer=` chooses one for the reader to send; looking at the page answers nothing."""
    question = helping.question_of(token)
    if question is None:
        raise Http404(GONE)
    chosen = {"answer": request.GET.get("answer") or question.answer, "words": question.words}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        helping.answer(question=question, **form.cleaned_data)
        return redirect(f"{request.path}?thanks=1")
    context = {
        "question": question,
        "reply": question.message or (question.post if question.post and question.post.is_published else None),
        "form": form,
        "is_thanked": "thanks" in request.GET and bool(question.answer),
        "stop_path": helping.stopping_path(question),
    }
    return _quiet(render(request, "helping/question.html", context, status=422 if form.errors else 200))


@csrf_exempt  # the signed token is the permission: a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_no_more(request: Request, token: str) -> HttpResponse:
    """Asked no more, or, with `again`, asked again."""
    question = helping.question_of(token)
    if question is None:
        raise Http404(GONE)
    if request.method == "POST":
        act = helping.go_on if "again" in request.POST else helping.stop
        act(by=question.member)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("Unsubscribed.", content_type="text/plain")
        return redirect(request.path)
    is_asked = stands(question.member, helping.MAIL, helping.FOLLOW_UP)
    return _quiet(render(request, "helping/stop.html", {"is_asked": is_asked}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_helped(request: Request, token: str) -> HttpResponse:
    """The asker says that the page behind a helpful link helped; with `helped` empty, takes that back."""
    link = helping.link_of(token)
    if link is None:
        raise Http404(GONE)
    if request.method == "POST":
        helping.say_helped(link=link, helped=bool(request.POST.get("helped", "1")))
        return redirect(request.path)
    return _quiet(render(request, "helping/link.html", {"link": link, "back": _page_of(link)}))


def _page_of(link: HelpfulLink) -> str:
    return link.post.thread.get_absolute_url() if link.post else ""


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address is a key: it goes to nobody else."""
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "no-referrer"
    return response
