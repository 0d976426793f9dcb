"""Answering where it was said: write it here, post it there, bring back its address. And whose words they were."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from staff.access import StaffRequest, for_responders
from staff.listening.answering import discard_answer, mark_posted, tie_author, write_answer
from staff.listening.forms import AnswerForm, AuthorForm
from staff.models import Conversation, Message
from staff.permissions import AskFirst
from staff.views.conversation import fetch, show_conversation


@for_responders
@require_POST
def answer_elsewhere(request: StaffRequest, pk: int) -> HttpResponse:
    current = _mentioned(request, pk)
    form = AnswerForm(request.POST, prefix="answer")
    sent = form.attempt(partial(_write, request, current, form)) if form.is_valid() else None
    if sent is None:
        return show_conversation(request, current, status=200 if form.question else 422, answer_form=form)
    messages.success(request, "Written. Copy it, post it there, and paste its address below.")
    return redirect(f"{current.get_absolute_url()}#to-post")


def _write(request: StaffRequest, current: Conversation, form: AnswerForm) -> Message | None:
    try:
        return write_answer(by=request.user, conversation=current, **form.cleaned_data)
    except AskFirst as question:
        form.ask_first(str(question))
        return None


@for_responders
@require_POST
def message_posted(request: StaffRequest, pk: int) -> HttpResponse:
    """A person has posted it: from now on it is a reply."""
    message = _message(request, pk)
    try:
        if mark_posted(by=request.user, message=message, permalink=request.POST.get("permalink", "")):
            messages.success(request, "It counts as our reply now.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(message.conversation)


@for_responders
@require_POST
def discard_answer_elsewhere(request: StaffRequest, pk: int) -> HttpResponse:
    message = Message.objects.filter(pk=pk).first()
    if message is None:  # thrown away already, by the first click
        return redirect("listening")
    message = _message(request, pk)
    if discard_answer(by=request.user, message=message):
        messages.success(request, "Discarded. Nothing was posted.")
    else:
        messages.error(request, "It was posted already, so it stays.")
    return redirect(message.conversation)


@for_responders
@require_POST
def tie_mention_author(request: StaffRequest, pk: int) -> HttpResponse:
    current = _mentioned(request, pk)
    form = AuthorForm(request.POST, prefix="author")
    if form.is_valid():
        try:
            tied = tie_author(by=request.user, conversation=current, member=form.cleaned_data["member"])
        except ValidationError as error:
            form.add_error("member", error)
    if not form.is_valid():
        return show_conversation(request, current, status=422, author_form=form)
    if tied:
        messages.success(request, "Noted. Their purchases and earlier conversations stand beside it.")
    return redirect(current)


def _mentioned(request: StaffRequest, pk: int) -> Conversation:
    get_object_or_404(Conversation.objects.visible_to(request.user).filter(mention__isnull=False), pk=pk)
    return fetch(request, pk)


def _message(request: StaffRequest, pk: int) -> Message:
    """A company message that goes elsewhere, in a conversation that the reader may see; else 404."""
    seen = Conversation.objects.visible_to(request.user)
    found = Message.objects.select_related("conversation").filter(place=Message.Place.OUTSIDE, conversation__in=seen)
    return get_object_or_404(found, pk=pk)
