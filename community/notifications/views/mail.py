"""Which mail one gets: chosen on a page of one's account, or from a link in a letter without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from community.members.models import Member
from community.notifications.bouncing import resume
from community.notifications.following import follow, unfollow
from community.notifications.forms import MailPreferenceForm
from community.notifications.unsubscribing import (
    Letter,
    choose_digest,
    letter_of,
    preference_of,
    resume_all,
    stop_all,
)
from community.threads.reading import MemberRequest

SAVED = "Saved. This holds from the next letter on."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_preferences(request: MemberRequest) -> HttpResponse:
    form = _form(request, request.user)
    if request.method == "POST" and form.is_valid():
        form.keep(source="mail preferences")
        messages.success(request, SAVED)
        return redirect("mail_preferences")
    return render(request, "notifications/mail_preferences.html", {"form": form, "address": request.user.email})


@login_required
@require_POST
def resume_mail(request: MemberRequest) -> HttpResponse:
    """The address works (again): send what was stopped because mail came back."""
    if resume(by=request.user):
        messages.success(request, "We send mail to you again.")
    return redirect("mail_preferences")


@csrf_exempt  # the signed token is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for who comes from a letter. GET shows, POST acts."""
    letter = _letter(token)
    form = _form(request, letter.member)
    if request.method == "POST" and form.is_valid():
        form.keep(source="link in a letter")
        messages.success(request, SAVED)
        return redirect("mail_preferences_by_link", token=token)
    context = {"form": form, "address": letter.address, "token": token}
    return _unlisted(render(request, "notifications/mail_preferences.html", context))


@csrf_exempt  # the signed token is the permission: a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts; a POST that says nothing else stops all mail, or the digest if it was one."""
    letter = _letter(token)
    if request.method == "POST":
        _act(letter, request.POST.get("what", "digest" if letter.is_digest else "all"))
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("Unsubscribed.", content_type="text/plain")
        return redirect("unsubscribe", token=token)
    return _unlisted(render(request, "notifications/unsubscribe.html", {"letter": letter, "token": token}))


def _letter(token: str) -> Letter:
    letter = letter_of(token)
    if letter is None:
        raise Http404("This link is not complete, or the account is gone.")
    return letter


def _form(request: HttpRequest, member: Member) -> MailPreferenceForm:
    return MailPreferenceForm(request.POST if request.method == "POST" else None, instance=preference_of(member))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _act(letter: Letter, what: str) -> None:
    member, thread = letter.member, letter.thread
    if what == "resume":
        resume_all(by=member)
    elif what == "deliver":
        resume(by=member)
    elif what in ("digest", "digest-again"):
        choose_digest(by=member, wanted=what == "digest-again", source="link in a letter")
    elif what == "unmute" and thread:
        follow(by=member, thread=thread)
    elif what == "thread" and thread:
        unfollow(by=member, thread=thread)
    else:
        stop_all(by=member)
