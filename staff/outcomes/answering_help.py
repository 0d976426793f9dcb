"""What customers answer to “Did this help you?”, and their “this helped” to a helpful link.

The addresses are signed and name one question, or one link and its asker: they work without signing in.
"""

from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.members.consenting import give_consent, withdraw_consent
from community.members.models import Consent, Member
from staff.history import log_event
from staff.models import Conversation, Effect, Evidence, HelpfulLink, HelpQuestion, Outcome
from staff.outcomes.gathering import reply_of
from staff.outcomes.opening import asker_of
from staff.outcomes.recording import Said, stand, withdraw

ASKED, LINKED = "staff.help_question", "staff.link_helped"
Answer = HelpQuestion.Answer
EFFECTS = {Answer.YES: Effect.STRENGTHENED, Answer.PARTLY: Effect.NO_CHANGE, Answer.NO: Effect.WEAKENED}
LONGEST = 500
MAIL, FOLLOW_UP = Consent.Channel.MAIL, Consent.Purpose.FOLLOW_UP


def question_path(question: HelpQuestion) -> str:
    """Holds for ever: old letters are read late."""
    return reverse("help_question", args=[dumps(question.pk, salt=ASKED)])


def stopping_path(question: HelpQuestion) -> str:
    return reverse("ask_no_more", args=[dumps(question.pk, salt=ASKED)])


def question_of(token: str) -> HelpQuestion | None:
    """None for a token that is not ours, or whose thread or member has gone."""
    related = ("thread", "member", "post__author", "message__author")
    found = HelpQuestion.objects.select_related(*related).filter(pk=_load(token, ASKED)).first()
    return found if found and found.member.is_active and found.thread.is_published else None


@transaction.atomic
def answer(*, question: HelpQuestion, answer: str, words: str = "") -> bool:
    """Keep the asker's answer as their own evidence for the reply; the newest counts. False if it stands already."""
    current = HelpQuestion.objects.select_for_update().get(pk=question.pk)
    words = words.strip()[:LONGEST]
    if (current.answer, current.words) == (answer, words):
        return False
    current.answer, current.words, current.answered_at = answer, words, timezone.now()
    current.save(update_fields=["answer", "words", "answered_at"])
    reply = Said(current.post_id, None if current.post_id else current.message_id)
    if reply != Said():
        label = Answer(answer).label
        stand(reply, Evidence.CUSTOMER_SAID, EFFECTS[Answer(answer)], words=f"{label}. {words}" if words else label)
    _log(current.thread_id, current.member_id, f"Asked whether it helped: {Answer(answer).label.lower()}")
    return True


def stop(*, by: Member) -> bool:
    """Ask them no more. False if they had said so."""
    return withdraw_consent(by=by, channel=MAIL, purpose=FOLLOW_UP, source="“Did this help you?”")


def go_on(*, by: Member) -> bool:
    """They may be asked again."""
    return give_consent(by=by, channel=MAIL, purpose=FOLLOW_UP, source="“Did this help you?”")


def helped_path(link: HelpfulLink) -> str | None:
    """Where its asker says that it helped; None where we don't know whose need it is."""
    asker = asker_of(link)
    return reverse("link_helped", args=[dumps([link.pk, asker], salt=LINKED)]) if asker else None


def link_of(token: str) -> HelpfulLink | None:
    """The link whose asker holds this token; None for any other token."""
    pair = _load(token, LINKED)
    if not isinstance(pair, list) or len(pair) != 2:
        return None
    related = ("post__thread", "message__conversation")
    link = HelpfulLink.objects.select_related(*related).filter(pk=pair[0]).first()
    is_shown = link is not None and (link.post is None or link.post.is_published)
    return link if link and is_shown and asker_of(link) == pair[1] else None


@transaction.atomic
def say_helped(*, link: HelpfulLink, helped: bool = True) -> bool:
    """The third step: the asker says that the page helped, or takes that back. False if it stands so."""
    current = HelpfulLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if (current.helped_at is not None) is helped:
        return False
    current.helped_at = timezone.now() if helped else None
    current.save(update_fields=["helped_at"])
    words = f"This helped: {current.need}"
    if helped:
        stand(reply_of(current), Evidence.CUSTOMER_SAID, Effect.STRENGTHENED, words=words)
    elif Outcome.objects.standing().filter(words=words, post=current.post_id, message=current.message_id).exists():
        withdraw(reply_of(current), Evidence.CUSTOMER_SAID)
    return True


def _load(token: str, salt: str) -> Any:
    try:
        return loads(token, salt=salt)
    except (BadSignature, ValueError, TypeError):
        return None


def _log(thread_id: int, member_id: int, what: str) -> None:
    conversation = Conversation.objects.filter(thread=thread_id).first()
    if conversation:
        log_event(conversation, what, by_pk=member_id, at=timezone.now())
