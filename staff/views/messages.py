"""The customer's side of what is said alone: their list, one exchange, their answer. Nobody else finds these pages."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.threads.reading import MemberRequest, Request
from community.threads.refusals import refused
from staff.former.stopping import channels_of, member_of, stop
from staff.models import Conversation, Message
from staff.one_to_one import exchange, messaging, publishing
from staff.one_to_one.forms import AnswerAloneForm
from staff.permissions import Refused


@never_cache
@require_safe
@login_required
def message_list(request: MemberRequest) -> HttpResponse:
    return render(request, "messages/list.html", {"exchanges": exchange.exchanges_of(request.user)})


@never_cache
@require_safe
@login_required
def message_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Colleagues are led to the desk: there they find the same, and more."""
    if request.user.is_desk_reader and not _own(request).filter(pk=pk).exists():
        return redirect(get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk))
    return _show(request, _fetch(request, pk), AnswerAloneForm())


@require_POST
@login_required
def answer_alone(request: MemberRequest, pk: int) -> HttpResponse:
    current = _fetch(request, pk)
    form = AnswerAloneForm(request.POST)
    said = form.attempt(lambda: _receive(request, current, form)) if form.is_valid() else None
    if said is None:
        return _show(request, current, form)
    messages.success(request, "Sent. Only we can read it.")
    return redirect(f"{request.path.removesuffix('answer/')}#message-{said.pk}")


@require_POST
@login_required
def message_seen(request: MemberRequest, pk: int) -> HttpResponse:
    """The exchange is open before the customer's eyes; a script says so."""
    exchange.see(by=request.user, conversation=_fetch(request, pk))
    return HttpResponse(status=204)


@require_POST
@login_required
def agree_to_publication(request: MemberRequest, pk: int) -> HttpResponse:
    said = "Thank you. It stands in the thread now."
    return _decide(request, pk, lambda it, words: publishing.agree(by=request.user, conversation=it, words=words), said)


@require_POST
@login_required
def decline_publication(request: MemberRequest, pk: int) -> HttpResponse:
    said = "Then it stays between us."
    return _decide(request, pk, lambda it, _: publishing.decline(by=request.user, conversation=it), said)


@csrf_exempt  # the signed token is the permission: a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_more_personal_letters(request: Request, token: str) -> HttpResponse:
    """From a letter after a long absence. GET shows, POST takes the consent back."""
    member = member_of(token)
    if member is None:
        raise Http404("This link is not complete, or the account is gone.")
    if request.method == "POST":
        stop(by=member)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("Unsubscribed.", content_type="text/plain")
        return redirect("no_more_personal_letters", token=token)
    response = render(request, "messages/no_more.html", {"is_stopped": not channels_of(member), "token": token})
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "no-referrer"
    return response


def _decide(request: MemberRequest, pk: int, act: Callable[[Conversation, str], object], said: str) -> HttpResponse:
    try:
        act(_fetch(request, pk), request.POST.get("words", ""))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("message_page", pk)


def _own(request: MemberRequest) -> QuerySet[Conversation]:
    return exchange.conversations_of(request.user)


def _fetch(request: MemberRequest, pk: int) -> Conversation:
    found = _own(request).filter(pk=pk).select_related("thread", "customer").first()
    if found is None:
        raise Http404
    return found


def _show(request: MemberRequest, current: Conversation, form: AnswerAloneForm) -> HttpResponse:
    return refused(request, "messages/page.html", exchange.page_of(current), form)


def _receive(request: MemberRequest, current: Conversation, form: AnswerAloneForm) -> Message:
    return messaging.receive(customer=request.user, conversation=current, **form.cleaned_data)
