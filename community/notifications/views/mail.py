"""Which mail one gets: chosen on a page of one's account, or stopped from a link in a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.notifications.following import follow, unfollow
from community.notifications.forms import MailPreferenceForm
from community.notifications.unsubscribing import Letter, letter_of, preference_of, resume_all, stop_all
from community.notifications.views.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_preferences(request: MemberRequest) -> HttpResponse:
    form = MailPreferenceForm(request.POST or None, instance=preference_of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. This holds from the next letter on.")
        return redirect("mail_preferences")
    return render(request, "notifications/mail_preferences.html", {"form": form})


@csrf_exempt  # the signed token is the permission: a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts; a POST that says nothing else stops all mail."""
    letter = letter_of(token)
    if letter is None:
        raise Http404("This link is not complete, or the account is gone.")
    if request.method == "POST":
        _act(letter, request.POST.get("what", "all"))
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("Unsubscribed.", content_type="text/plain")
        return redirect("unsubscribe", token=token)
    response = render(request, "notifications/unsubscribe.html", {"letter": letter, "token": token})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _act(letter: Letter, what: str) -> None:
    if what == "resume":
        resume_all(by=letter.member)
    elif what == "unmute" and letter.thread:
        follow(by=letter.member, thread=letter.thread)
    elif what == "thread" and letter.thread:
        unfollow(by=letter.member, thread=letter.thread)
    else:
        stop_all(by=letter.member)
