"""The desk's side: conversations as the staff left them, and triage for what still waits."""

import random
from datetime import datetime, timedelta

from community.demo.content import Row
from community.demo.scenes import Scene, Stage, Told
from community.members.models import Member
from community.threads.models import Thread
from staff.clocks.hours import hours_now, policy_for, subject_of
from staff.history import log, log_event
from staff.linking import attach_link
from staff.models import (
    Conversation,
    ConversationType,
    Effect,
    Evidence,
    LinkOpening,
    Note,
    Outcome,
    Reason,
    Reply,
)
from staff.triage.case import Escalation
from staff.triage.running import triage

Kind, State = Reason.Kind, Conversation.State
SOON = timedelta(minutes=2)  # after a message the rules have looked at it
RULES = {  # as staff.triage words them
    Kind.ASKS_COMPANY: (3, "A customer asks the company."),
    Kind.COMPANY_ONLY: (3, "Only the company can help in this category."),
    Kind.UNANSWERED: (2, "No useful answer from anyone after 4 business hours."),
    Kind.LOW_RATING: (3, "A review of 2 stars or fewer."),
    Kind.ESCALATED: (5, "{by} escalated it."),
}


def load_desk(scenes: list[Scene], stage: Stage) -> None:
    """Conversations with their history, then one look of the rules at every thread that might need us."""
    for scene in scenes:
        _note_outcomes(scene, stage)
        if "conversation" in scene.data:
            _Case(scene, stage).load()
        elif scene.thread.kind == Thread.Kind.REVIEW and scene.data["stars"] <= 2:
            triage(scene.saved.pk, now=scene.opening.at + SOON)
        elif scene.question or "flags" in scene.data:
            triage(scene.saved.pk, now=stage.now)


class _Case:
    """One conversation: its beginning, its replies, its end."""

    def __init__(self, scene: Scene, stage: Stage) -> None:
        self.scene, self.stage = scene, stage
        self.data: Row = scene.data["conversation"]
        self.asked_at = scene.opening.at
        replies = scene.company_replies()
        self.first_reply = replies[0] if replies else None

    def load(self) -> None:
        conversation = self._open()
        for told in self.scene.company_replies():
            self._add_reply(conversation, told)
        if self.data["state"] == State.WAITING:
            self._leave_waiting(conversation)
        else:
            self._end(conversation)
        if "note" in self.data:
            at = self._at(self.data["note_at"])
            author = self._who("note_by")
            Note.objects.create(conversation=conversation, author=author, body=self.data["note"], created_at=at)
        if self.first_reply or self.scene.question:
            triage(self.scene.saved.pk, now=self.stage.now)

    def _open(self) -> Conversation:
        return Conversation.objects.create(
            thread=self.scene.saved,
            customer=self.scene.opening.new.author,
            state=State.SETTLED,
            opened_at=self.asked_at + SOON,
            asked_at=self.asked_at,
        )

    def _add_reply(self, conversation: Conversation, told: Told) -> None:
        type_of: str = told.data.get("type", conversation.type)
        is_holding = told.data.get("holding", False)
        Reply.objects.create(
            post=told.saved,
            conversation=conversation,
            type=type_of,
            is_holding=is_holding,
            waited_since=self.asked_at,
            stars_then=self.scene.data.get("stars"),
        )
        self._confirm_type(conversation, type_of, told.new.author, told.at)
        words = "Sent a holding reply" if is_holding else "Replied as the company"
        log(conversation, words, by=told.new.author, at=told.at)

    def _confirm_type(self, conversation: Conversation, type_of: str, by: Member, at: datetime) -> None:
        if conversation.type != type_of:
            conversation.type, conversation.type_confirmed_by = type_of, by
            conversation.type_suggested, conversation.type_suggested_because = type_of, self.data["because"]
            conversation.save()
            log(conversation, f"Type: {ConversationType(type_of).label}", by=by, at=at)

    def _leave_waiting(self, conversation: Conversation) -> None:
        """The rules find why; where they do not, a colleague has called."""
        if self.first_reply and not self.first_reply.data.get("holding"):
            self._add_past_reason(conversation, self.first_reply.at, "The company replied.")
        last_word = max(told.at for told in self.scene.said_by_asker())
        current = triage(self.scene.saved.pk, now=min(self.stage.now, last_word + SOON))
        if current is None or not current.needs_reply:
            current = triage(self.scene.saved.pk, now=self.stage.now, escalation=self._call())
        wanted: str = self.data.get("type") or self.data.get("type_suggested", "")
        conversation.refresh_from_db()
        if wanted and conversation.type_suggested != wanted:
            self._confirm_type(
                conversation, wanted, self.stage.members["moderator"], self.asked_at + timedelta(hours=1)
            )
        if "claimed_by" in self.data:
            self._claim(conversation)

    def _call(self) -> Escalation:
        holding = self.first_reply
        by = holding.new.author if holding else self._who("raised_by", "moderator")
        why = "Promised to come back" if holding else self.data.get("evidence", "")
        at = holding.at + timedelta(seconds=1) if holding else self.asked_at + timedelta(minutes=50)
        return Escalation(self.scene.opening.saved.pk, by.name, why, min(at, self.stage.now), by.pk)

    def _claim(self, conversation: Conversation) -> None:
        """Held for a few hours, so that a visitor sees a claim."""
        who = self._who("claimed_by")
        conversation.claimed_by, conversation.claimed_until = who, self.stage.now + timedelta(hours=4)
        conversation.save(update_fields=["claimed_by", "claimed_until"])
        log(conversation, "Claimed it", by=who, at=self.stage.now - timedelta(minutes=12))

    def _end(self, conversation: Conversation) -> None:
        is_answered = self.data["state"] == State.ANSWERED
        ended_at = self.first_reply.at if self.first_reply else self._at(self.data["closed_at"])
        because = "The company replied." if self.first_reply else "A colleague said that no reply is needed."
        self._add_past_reason(conversation, ended_at, because)
        conversation.state = self.data["state"]
        if not is_answered:
            self._close(conversation)
        conversation.save()

    def _close(self, conversation: Conversation) -> None:
        who, at, because = self._who("closed_by"), self._at(self.data["closed_at"]), self.data["closed_because"]
        if not conversation.type:
            self._confirm_type(conversation, self.data["type"], who, at)
        conversation.closed_by, conversation.closed_at, conversation.closed_because = who, at, because
        conversation.dismissed_until = at
        words = "No reply needed" if conversation.state == State.NO_REPLY_NEEDED else "Closed it"
        log(conversation, f"{words}: {because}", by=who, at=at)

    def _add_past_reason(self, conversation: Conversation, settled_at: datetime, because: str) -> None:
        kind = Kind(self.data["reason"])
        caller = self._who("raised_by", "moderator") if kind == Kind.ESCALATED else None
        weight, rule = RULES[kind]
        raised_at = self.asked_at + SOON
        Reason.objects.create(
            conversation=conversation,
            kind=kind,
            post=self.scene.opening.saved,
            evidence=self._evidence(kind),
            rule=rule.format(by=caller),
            weight=weight + (self.scene.data.get("stars") == 1),
            raised_at=raised_at,
            raised_by=caller,
            settled_at=settled_at,
            settled_because=because,
        )
        caller_pk = caller.pk if caller else None
        log_event(conversation, f"Needs a reply: {kind.label}", by_pk=caller_pk, at=raised_at)
        log_event(conversation, f"Settled: {kind.label}. {because}", by_pk=None, at=settled_at)
        targets = policy_for(subject_of(conversation, priority=weight))
        conversation.first_due_at = hours_now().add(self.asked_at, targets.first_reply_minutes)
        conversation.sla_policy_id = targets.policy_id
        conversation.save(update_fields=["first_due_at", "sla_policy"])

    def _evidence(self, kind: str) -> str:
        stars = self.scene.data.get("stars", 0)
        return f"{stars} star{'s'[: stars > 1]}" if kind == Kind.LOW_RATING else self.data.get("evidence", "")

    def _who(self, name: str, otherwise: str = "responder") -> Member:
        return self.stage.members[self.data.get(name, otherwise)]

    def _at(self, text: str) -> datetime:
        return self.stage.moment(text, self.asked_at)


def _note_outcomes(scene: Scene, stage: Stage) -> None:
    """What the customer did (accepted, voted, opened the link) and what people recorded."""
    outcomes = []
    for told in scene.answers:
        attach_link(told.link, told.saved)
        outcomes += [_recorded(row, told, scene, stage) for row in told.data.get("outcome", [])]
        if "link_opened" in told.data:
            outcomes.append(_opened(told, scene, stage))
        if told.data.get("asker_voted"):
            outcomes.append(_sign(told, Evidence.HELPFUL_VOTE, Effect.STRENGTHENED, told.at + timedelta(hours=9)))
    question = scene.question
    if question and question.accepted_at:
        told = next(told for told in scene.answers if told.saved == question.accepted_post)
        outcomes.append(_sign(told, Evidence.ACCEPTED, Effect.STRENGTHENED, question.accepted_at))
    Outcome.objects.bulk_create(outcomes)


def _sign(told: Told, evidence: str, effect: str, at: datetime, words: str = "") -> Outcome:
    return Outcome(post=told.saved, evidence=evidence, effect=effect, recorded_at=at, words=words)


def _recorded(row: Row, told: Told, scene: Scene, stage: Stage) -> Outcome:
    words = row.get("words", "")
    outcome = _sign(told, row["evidence"], row["effect"], stage.moment(row["at"], scene.opening.at), words)
    outcome.recorded_by = stage.members[row["by"]]
    if outcome.evidence == Evidence.CUSTOMER_SAID:
        outcome.evidence_post = next(said.saved for said in scene.said_by_asker() if words in said.new.body)
    return outcome


def _opened(told: Told, scene: Scene, stage: Stage) -> Outcome:
    """The asker opened the link, and some of those who found the reply helpful did too."""
    if told.link is None:
        raise ValueError(f"{scene.data['title']!r}: a link that nobody gave was opened.")
    at = stage.moment(told.data["link_opened"], scene.opening.at)
    asker = scene.opening.new.author
    readers = [voter for voter, _ in told.new.votes if voter != asker][: random.Random(told.new.body).randint(0, 5)]
    LinkOpening.objects.bulk_create(
        LinkOpening(
            link=told.link,
            member=member,
            visitor=f"member:{member.pk}",
            is_asker=member == asker,
            opened_at=min(stage.now, at + timedelta(hours=11 * place)),
        )
        for place, member in enumerate([asker, *readers])
    )
    return _sign(told, Evidence.LINK_OPENED, Effect.UNKNOWN, at, told.link.need)
