"""Recording what a reply did: a post, or a message to one customer alone or elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.threads.models import Post
from staff.access import StaffRequest, for_responders
from staff.forms import OutcomeForm
from staff.models import Conversation, Evidence, Message
from staff.outcomes import recording

UNCLEAR = "That outcome could not be recorded: choose what the reply did."
NO_WORDS = "Write down what the customer said, in their words."


@for_responders
@require_POST
def record_outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """`pk` is the reply's post. An empty effect takes back what was recorded."""
    posts = Post.objects.visible_to(request.user).select_related("thread__conversation")
    post = get_object_or_404(posts.filter(thread__conversation__isnull=False), pk=pk)
    if not request.POST.get("effect"):
        recording.take_back(by=request.user, post=post, evidence=_evidence(request))
        return _back(request, post.thread.conversation, post.anchor)
    form = OutcomeForm(request.POST, post=post)
    if form.is_valid():
        recording.record(by=request.user, post=post, **form.cleaned_data)
    else:
        messages.error(request, UNCLEAR)
    return _back(request, post.thread.conversation, post.anchor)


@for_responders
@require_POST
def record_message_outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """The same for a message. What the customer said is given in their words, as no post holds it."""
    seen = Conversation.objects.visible_to(request.user)
    message = get_object_or_404(Message.objects.filter(conversation__in=seen).select_related("conversation"), pk=pk)
    if not request.POST.get("effect"):
        recording.take_back(by=request.user, message=message, evidence=_evidence(request))
        return _back(request, message.conversation, f"message-{pk}")
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, UNCLEAR)
    elif form.cleaned_data["evidence"] == Evidence.CUSTOMER_SAID and not form.cleaned_data["words"]:
        messages.error(request, NO_WORDS)
    else:
        recording.record(by=request.user, message=message, **form.cleaned_data)
    return _back(request, message.conversation, f"message-{pk}")


def _evidence(request: StaffRequest) -> str:
    said = request.POST.get("evidence", "")
    return said if said in recording.BY_PEOPLE else Evidence.STAFF_JUDGEMENT


def _back(request: StaffRequest, conversation: Conversation, anchor: str) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{conversation.get_absolute_url()}{'?' if query else ''}{query}#{anchor}")
