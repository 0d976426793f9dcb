"""Rule 13: the big switch stops every sender. The timetable itself is walked, so that a new task is in it too."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core import mail
from django.utils import timezone

from community.management.commands.plan_tasks import wanted_schedules
from community.members.consenting import give_consent
from community.members.models import Consent, Member
from community.notifications.following import follow
from community.notifications.models import Notification
from community.notifications.unsubscribing import choose_digest
from community.products.models import Product
from community.threads.models import Post, Tag, Thread
from community.threads.pausing import lift, pause
from forum.models import Question
from forum.solving import accept
from staff.automation.acting import consider
from staff.automation.ruling import switch_on, write_rule
from staff.automation.trying import try_out
from staff.former.working import write_once
from staff.models import Conversation, FormerCustomer, HelpQuestion, Message, RuleAction
from staff.triage.running import triage


def work_through_the_timetable() -> None:
    """Everything that the worker does by itself, once."""
    for function, _ in wanted_schedules().values():
        module, _, name = function.rpartition(".")
        getattr(import_module(module), name)()


@pytest.fixture
def solved(answer: Post, member: Member) -> Thread:
    """Mara accepted Tomas's answer yesterday; Tomas's letter about it and hers about the answer are due."""
    accept(by=member, post=answer)
    Question.objects.update(accepted_at=timezone.now() - timedelta(hours=25))
    return answer.thread


@pytest.fixture
def reader(regular: Member, product: Product, solved: Thread) -> Member:
    choose_digest(by=regular, wanted=True, source="test")
    follow(by=regular, product=product)
    return regular


@pytest.fixture
def written(new_member: Member, responder: Member) -> Message:
    """A personal message that nobody asked for; its letter has not left."""
    give_consent(by=new_member, channel=Consent.Channel.MAIL, purpose=Consent.Purpose.REACTIVATION, source="test")
    former = FormerCustomer.objects.create(member=new_member, found_by="Purchases")
    return write_once(by=responder, former=former, subject="How are you?", body="We have not seen you for long.")


@pytest.fixture
def rule(manager: Member) -> None:
    tag = Tag.objects.create(name="returns", slug="returns")
    fields = {"name": "Returns", "event": "closed", "conditions": {}, "action": "tag", "parameters": {"tag": tag.pk}}
    written = write_rule(by=manager, **fields)
    try_out(by=manager, rule=written)
    switch_on(by=manager, rule=written)


def all_is_due() -> None:
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    Notification.objects.awaiting_mail().update(mail_due_at=a_minute_ago)
    Message.objects.filter(mail_due_at__isnull=False).update(mail_due_at=a_minute_ago)


def test_the_big_switch_stops_every_sender_and_nothing_is_lost(
    solved: Thread, reader: Member, rule: None, responder: Member, manager: Member, new_member: Member, member: Member
) -> None:
    """Each had been queued, or would have passed, before the switch was used."""
    conversation = triage(solved.pk) or Conversation.objects.create(
        thread=solved, customer=solved.author, state=Conversation.State.SETTLED
    )
    stopped = pause(by=responder, because="A recall is in the news")
    all_is_due()
    mail.outbox.clear()
    work_through_the_timetable()
    assert consider(conversation, "closed", "closed:1") == 0
    assert [letter.to for letter in mail.outbox] == []
    assert not HelpQuestion.objects.exists()
    assert RuleAction.objects.held().count() == 1

    lift(by=manager, pause=stopped)
    all_is_due()
    work_through_the_timetable()
    work_through_the_timetable()
    assert HelpQuestion.objects.count() == 1
    sent = {letter.to[0] for letter in mail.outbox}
    assert {member.email, reader.email} <= sent
    assert RuleAction.objects.held().count() == 1, "what was held back is a person's to decide, even now"


def test_the_big_switch_stops_a_message_that_nobody_asked_for(
    written: Message, responder: Member, manager: Member, new_member: Member
) -> None:
    mail.outbox.clear()
    Message.objects.update(mail_due_at=timezone.now() - timedelta(minutes=1), mailed_at=None)
    stopped = pause(by=responder, because="A recall is in the news")
    work_through_the_timetable()
    assert mail.outbox == []
    lift(by=manager, pause=stopped)
    Message.objects.update(mail_due_at=timezone.now() - timedelta(minutes=1))
    work_through_the_timetable()
    assert [letter.to for letter in mail.outbox] == [[new_member.email]]
