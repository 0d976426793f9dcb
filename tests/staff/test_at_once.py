"""Two agents, or two tasks, in the same moment."""

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from community.moderation.deciding import remove
from community.moderation.flagging import flag
from community.moderation.models import Decision, Flag
from community.threads.models import Status
from staff.claiming import claim
from staff.models import Event, LinkOpening, Outcome, Reason, Reply
from staff.outcomes.opening import note_opening
from staff.outcomes.recording import record
from staff.permissions import AskFirst, Refused
from staff.replying import reply
from staff.triage.running import triage
from tests.reviews.at_once import at_once
from tests.staff.test_links import link  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def counted(folder: Path, rows) -> int:
    return at_once(folder, [rows.count])[0]


def test_of_two_who_claim_one_gets_it_and_the_other_hears_who(waiting, responder, manager, tmp_path: Path):
    done = at_once(tmp_path, [partial(claim, by=who, conversation=waiting) for who in (responder, manager)])
    assert sorted(str(type(one).__name__) for one in done) == ["Refused", "bool"]
    assert any(isinstance(one, Refused) and "has this conversation" in str(one) for one in done)
    assert counted(tmp_path, Event.objects.filter(what="Claimed it")) == 1


def test_of_two_who_reply_one_is_sent_and_the_other_is_asked(waiting, responder, manager, tmp_path: Path):
    say = partial(reply, conversation=waiting, type="retention", seen_post=waiting.thread.posts.get().pk)
    bodies = ("Cold water, wool soap.", "Wash it cold and flat.")
    done = at_once(
        tmp_path, [partial(say, by=who, body=body) for who, body in zip((responder, manager), bodies, strict=True)]
    )
    assert sorted(type(one).__name__ for one in done) == ["AskFirst", "Reply"]
    assert any(isinstance(one, AskFirst) for one in done)
    assert counted(tmp_path, Reply.objects) == 1


def test_a_double_click_sends_one_reply(waiting, responder, tmp_path: Path):
    key = uuid4()
    say = partial(reply, by=responder, conversation=waiting, body="Cold water.", type="retention", submission_key=key)
    first, second = at_once(tmp_path, [say, say])
    assert first == second
    assert counted(tmp_path, Reply.objects) == 1


def test_triage_twice_at_once_raises_each_reason_once(question, tmp_path: Path):
    question.question.category.is_company_only = True
    question.question.category.save()
    at_once(tmp_path, [partial(triage, question.pk)] * 3)
    assert counted(tmp_path, Reason.objects) == 1
    assert counted(tmp_path, Event.objects) == 1


def test_one_persons_double_click_on_a_link_counts_once(link, member, tmp_path: Path):  # noqa: F811
    mark = [f"member:{member.pk}"]
    once = partial(note_opening, link_id=link.pk, member_id=member.pk, marks=mark, at=link.created_at)
    assert sorted(at_once(tmp_path, [once, once])) == [False, True]
    assert counted(tmp_path, LinkOpening.objects) == 1


def test_two_flags_that_together_reach_the_weight_hide_the_post_once(
    answer, regular, member, new_member, tmp_path: Path
):
    flag(by=new_member, post=answer, reason="spam")
    at_once(tmp_path, [partial(flag, by=who, post=answer, reason="spam") for who in (regular, member)])
    assert counted(tmp_path, Decision.objects.filter(action="hide")) == 1
    assert counted(tmp_path, Flag.objects) == 3


def test_two_moderators_decide_once(answer, moderator, manager, tmp_path: Path):
    done = at_once(tmp_path, [partial(remove, by=who, post=answer, reason="fake") for who in (moderator, manager)])
    assert sorted(done) == [False, True]
    assert counted(tmp_path, Decision.objects.filter(status_before=Status.PUBLISHED)) == 1


def test_two_judgements_leave_one_standing(waiting, responder, manager, tmp_path: Path):
    sent = reply(by=responder, conversation=waiting, body="Cold water.", type="retention").post
    judge = [
        partial(record, by=responder, post=sent, effect="weakened"),
        partial(record, by=manager, post=sent, effect="strengthened"),
    ]
    at_once(tmp_path, judge)
    assert counted(tmp_path, Outcome.objects.standing()) == 1
    assert counted(tmp_path, Outcome.objects) == 2
