"""Answering by mail: what comes to a letter's reply address is posted where it belongs, or its sender told why not.

An answer to what the company wrote to somebody alone goes to the company alone. Everything goes through the verbs of
the page: the same rates, screening, limits and photo rules.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from smtplib import SMTPException
from uuid import NAMESPACE_URL, uuid5

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member
from community.notifications.incoming import Incoming, read_mail
from community.notifications.letters import absolute, host, letter
from community.notifications.models import ReceivedMail
from community.notifications.reply_addresses import Place
from community.threads.attaching import PHOTOS_IN_A_POST, take_photo
from community.threads.fields import BodyField
from community.threads.forms import BODY_LIMITS
from community.threads.models import Attachment, Post, Thread
from community.threads.permissions import can_answer, can_comment, require
from community.threads.posting import add_comment
from forum.answering import answer_question
from staff.models import Conversation, Message
from staff.one_to_one import messaging
from staff.one_to_one.messaging import LIMITS

logger = logging.getLogger(__name__)
Outcome = ReceivedMail.Outcome
MOST_EXPLAINED_A_DAY = 10  # letters that say why not, to one member: a machine on the other side is not fed
OLD_ADDRESS = "The address you wrote to is not valid any more, or was not copied whole. Answer on the page instead."
OTHER_SENDER = "It came from another address than the one of your account. Write from that one."
NOTHING_SAID = "We found no words of yours in it. Write above what you quote, or answer on the page."
GONE = "What you answered is not there any more."


class NotPosted(Exception):  # noqa: N818 - a sentence for the sender
    """Why a mail becomes no post."""


@dataclass(frozen=True)
class Explained:
    """What its sender is told of a mail."""

    why: str
    post: Post | None = None


def receive(raw: bytes, *, recipient: str = "") -> ReceivedMail:
    """Post a raw mail, or refuse it, and note what became of it. The same mail again changes nothing."""
    mail = read_mail(raw, recipient=recipient)
    known = ReceivedMail.objects.filter(message_id=mail.message_id).first()
    if known is not None:
        return known
    member = _member_of(mail)
    if mail.is_automatic or mail.is_forged or member is None:
        why = "sent by a machine" if mail.is_automatic else "forged" if mail.is_forged else "from nobody we know"
        return _note(mail, member, Outcome.IGNORED, why)
    try:
        if mail.place is not None and mail.place.conversation_id is not None:
            said = _answer_alone(mail, member, mail.place.conversation_id)
            return _note(mail, member, Outcome.POSTED, f"message {said.pk}")
        post = _post(mail, member)
    except (NotPosted, PermissionDenied, TooSoon, ValidationError) as error:
        why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return _note(mail, member, Outcome.REFUSED, why, said=Explained(why))
    left_out = f"Only photos can be posted. Left out: {', '.join(mail.left_out)}."
    told = Explained(left_out, post) if mail.left_out else None
    return _note(mail, member, Outcome.POSTED, post=post, said=told)


def _member_of(mail: Incoming) -> Member | None:
    """Whom the signed address names; without one, whose address it came from, so that they learn that it failed."""
    if mail.place is not None:
        return Member.objects.filter(pk=mail.place.member_id, is_active=True, erased_at=None).first()
    owner = EmailAddress.objects.filter(email__iexact=mail.sender, verified=True, user__is_active=True).first()
    return owner.user if owner else None


def _answer_alone(mail: Incoming, member: Member, conversation_id: int) -> Message:
    """What the company wrote to `member` alone is answered to the company alone."""
    _require_good_place(mail, member)
    conversation = Conversation.objects.filter(pk=conversation_id, customer=member).first()
    if conversation is None:
        raise NotPosted(GONE)
    if mail.photos:
        raise NotPosted("A message takes no photos yet. Send the words alone.")
    if not mail.text:
        raise NotPosted(NOTHING_SAID)
    key, source = uuid5(NAMESPACE_URL, f"mail:{member.pk}:{mail.message_id}"), Post.Source.MAIL
    body = BodyField(*LIMITS).clean(mail.text)
    return messaging.receive(customer=member, conversation=conversation, body=body, source=source, submission_key=key)


def _require_good_place(mail: Incoming, member: Member) -> Place:
    """The place it answers; NotPosted where that is none, too old, or another's."""
    if mail.place is None or mail.place.is_over:
        raise NotPosted(OLD_ADDRESS)
    if not _is_theirs(mail.sender, member):
        raise NotPosted(OTHER_SENDER)
    return mail.place


def _post(mail: Incoming, member: Member) -> Post:
    place = _require_good_place(mail, member)
    target = Post.objects.visible_to(member).select_related("thread", "parent__thread").filter(pk=place.post_id or 0)
    post = target.first()
    if post is None:
        raise NotPosted(GONE)
    if not mail.text and not mail.photos:
        raise NotPosted(NOTHING_SAID)
    return _say(mail, member, _place_for_words(post))


def _place_for_words(post: Post) -> Post:
    """What can be commented on: not a comment itself, and of an update the review that it belongs to."""
    if post.kind == Post.Kind.UPDATE:
        return Post.objects.select_related("thread").get(thread=post.thread_id, kind=Post.Kind.OPENING)
    return post.parent or post


def _is_theirs(sender: str, member: Member) -> bool:
    verified = EmailAddress.objects.filter(user=member, email__iexact=sender, verified=True)
    return sender == member.email.lower() or verified.exists()


def _say(mail: Incoming, member: Member, target: Post) -> Post:
    """A comment below an answer or a review, as on the page; to a question, or where that is too small, an answer."""
    key, source = uuid5(NAMESPACE_URL, f"mail:{member.pk}:{mail.message_id}"), Post.Source.MAIL
    if not _is_answer(mail, member, target):
        require(can_comment(member, target), "This conversation takes no further comments.")
        if mail.photos:
            raise NotPosted("A comment takes no photos. Send the words alone, or answer on the page.")
        body = BodyField(*BODY_LIMITS[Post.Kind.COMMENT]).clean(mail.text)
        is_official = member.is_responder
        return add_comment(
            by=member, parent=target, body=body, is_official=is_official, submission_key=key, source=source
        )
    require(can_answer(member, target.thread), "This conversation takes no further answers.")
    body = BodyField(*BODY_LIMITS[Post.Kind.ANSWER]).clean(mail.text)
    made = Post.objects.filter(author=member, submission_key=key).first()
    photos = () if made else _take(mail, member)
    question = target.thread.question
    return made or answer_question(
        by=member, question=question, body=body, photos=photos, submission_key=key, source=source
    )


def _is_answer(mail: Incoming, member: Member, target: Post) -> bool:
    if target.thread.kind != Thread.Kind.QUESTION:
        return False
    is_small = len(mail.text) <= BODY_LIMITS[Post.Kind.COMMENT][1] and not mail.photos
    return not is_small or (target.is_opening and target.author_id != member.pk)


def _take(mail: Incoming, member: Member) -> list[Attachment]:
    if len(mail.photos) > PHOTOS_IN_A_POST:
        raise NotPosted(f"A post can have at most {PHOTOS_IN_A_POST} photos. This had {len(mail.photos)}.")
    return [take_photo(by=member, upload=photo) for photo in mail.photos]


def _note(
    mail: Incoming,
    member: Member | None,
    outcome: str,
    why: str = "",
    *,
    post: Post | None = None,
    said: Explained | None = None,
) -> ReceivedMail:
    """Note what became of it; who sent it is told what is `said`, once."""
    about = {"member": member, "outcome": outcome, "detail": why[:300], "post": post}
    try:
        with transaction.atomic():
            noted = ReceivedMail.objects.create(message_id=mail.message_id, **about)
    except IntegrityError:  # the other delivery of the same mail came first
        return ReceivedMail.objects.get(message_id=mail.message_id)
    if said and member:
        _explain(mail, member, said)
    return noted


def _explain(mail: Incoming, member: Member, said: Explained) -> None:
    """Write to the member's own address, whoever sent the mail, once it is certain what became of it."""
    since = timezone.now() - timedelta(days=1)
    refused = ReceivedMail.objects.filter(member=member, outcome=Outcome.REFUSED, received_at__gt=since)
    if refused.count() <= MOST_EXPLAINED_A_DAY and member.email:
        transaction.on_commit(partial(_send, mail, member, said))


def _send(mail: Incoming, member: Member, said: Explained) -> None:
    context = {
        "title": mail.subject or "Your mail",
        "said": said,
        "text": mail.text[:5000],
        "url": absolute(said.post.get_absolute_url()) if said.post else "",
    }
    headers = {
        "Message-ID": f"<about-{uuid5(NAMESPACE_URL, mail.message_id)}@{host()}>",
        "In-Reply-To": f"<{mail.message_id}>",
        "References": f"<{mail.message_id}>",
        "Auto-Submitted": "auto-replied",
    }
    subject = "Your answer was posted without a file" if said.post else "Your answer was not posted"
    try:
        letter(
            to=member, subject=subject, template="notifications/mail/explained", context=context, headers=headers
        ).send()
    except (OSError, SMTPException):
        logger.exception("Member %d could not be told what became of their mail.", member.pk)
