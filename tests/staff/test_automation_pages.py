"""Automation at the desk: the switch, the form, the dry run's page, the log, what is held back, pauses."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Category, Pause, Tag, Thread
from community.threads.pausing import pause, site_pause
from staff.automation.acting import consider
from staff.automation.ruling import switch_on
from staff.automation.trying import try_out
from staff.listening.taking import take
from staff.models import Conversation, Rule, RuleAction, Source

As = Callable[[Member | None], Client]
FORM = {
    "name": "Returns",
    "event": "closed",
    "position": "10",
    "words": "Send it back\n\nreturn",
    "action": "tag",
    "tag": "returns",
}
STAFF_PAGES = ("desk", "moderation", "searches", "insights", "automation", "pauses", "held_back", "automation_log")


@pytest.fixture
def rule(manager: Member, as_: As) -> Rule:
    as_(manager).post(reverse("new_rule"), FORM)
    return Rule.objects.get()


def switched_on(rule: Rule, manager: Member) -> Rule:
    Rule.objects.filter(pk=rule.pk).update(conditions={})
    try_out(by=manager, rule=rule)
    switch_on(by=manager, rule=rule)
    return rule


def page(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def test_every_staff_page_has_the_switch_and_shows_who_stopped_it(manager: Member, responder: Member, as_: As) -> None:
    """Rule 13: one big switch on every staff page."""
    client = as_(manager)
    assert all("Stop everything now" in page(client, name) for name in STAFF_PAGES)
    pause(by=responder, because="A recall is in the news")
    for name in STAFF_PAGES:
        shown = page(client, name)
        assert "Everything automatic is stopped" in shown and "A recall is in the news" in shown
        assert "Rhea stopped it" in shown and "Start again" in shown


def test_a_conversations_page_has_the_switch(waiting: Conversation, responder: Member, as_: As) -> None:
    assert "Stop everything now" in page(as_(responder), "conversation", waiting.pk)


def test_one_post_stops_everything_and_leads_back(responder: Member, as_: As) -> None:
    """Two clicks: open, stop. No reason is needed in a hurry."""
    response = as_(responder).post(reverse("stop_everything"), {"next": "/staff/insights/"})
    assert response["Location"] == "/staff/insights/"
    stopped = site_pause()
    assert stopped and stopped.paused_by == responder and stopped.because == "No reason given yet"


def test_nonsense_stops_it_all_the_same(responder: Member, as_: As) -> None:
    response = as_(responder).post(
        reverse("stop_everything"), {"hours": "soon", "because": "x" * 900, "next": "https://evil.example/"}
    )
    assert response["Location"] == reverse("pauses") and site_pause()


def test_it_stops_for_a_while(responder: Member, as_: As) -> None:
    as_(responder).post(reverse("stop_everything"), {"because": "News", "hours": "4"})
    stopped = site_pause()
    assert stopped and stopped.until and stopped.until > timezone.now()


def test_responders_see_that_managers_start_it_again(responder: Member, manager: Member, as_: As) -> None:
    pause(by=responder, because="News")
    assert "Managers start it again" in page(as_(responder), "desk")
    assert as_(responder).post(reverse("start_again")).status_code == 403
    as_(manager).post(reverse("start_again"))
    as_(manager).post(reverse("start_again"))
    assert site_pause() is None


def test_analysts_see_the_state_and_no_button(analyst: Member, as_: As) -> None:
    shown = page(as_(analyst), "desk")
    assert "Automation is on" in shown and "Stop everything now" not in shown


def test_a_rule_is_written_in_a_form(rule: Rule) -> None:
    assert rule.conditions == {"words": ["Send it back", "return"]}
    assert rule.parameters == {"tag": Tag.objects.get(name="returns").pk}
    assert not rule.is_on and rule.tried_at is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"tag": ""}, "Which tag?"),
        ({"action": "assign"}, "To whom?"),
        ({"action": "raise"}, "Why must we reply?"),
        ({"action": "priority", "points": "0"}, "greater than or equal to 1"),
        ({"action": "reply"}, "not one of the available choices"),
        ({"name": ""}, "required"),
        ({"words": "x" * 61}, "60 characters"),
        ({"products": "999"}, "not one of the available choices"),
    ],
)
def test_a_rule_that_lacks_something_is_not_written(changed: dict, sentence: str, manager: Member, as_: As) -> None:
    response = as_(manager).post(reverse("new_rule"), FORM | changed)
    assert response.status_code == 200 and sentence in response.content.decode()
    assert not Rule.objects.exists()


def test_two_rules_never_share_a_name(rule: Rule, manager: Member, as_: As) -> None:
    response = as_(manager).post(reverse("new_rule"), FORM | {"name": "returns"})
    assert "There is a rule of this name" in response.content.decode() and Rule.objects.count() == 1


def test_the_form_shows_a_rule_as_it_is_and_saving_it_unchanged_changes_nothing(
    rule: Rule, manager: Member, as_: As
) -> None:
    switched_on(rule, manager)
    Rule.objects.filter(pk=rule.pk).update(conditions={"words": ["Send it back", "return"]})
    as_(manager).post(reverse("automation_rule", args=[rule.pk]), FORM)
    rule.refresh_from_db()
    assert rule.is_on
    as_(manager).post(reverse("automation_rule", args=[rule.pk]), FORM | {"words": "zip"})
    rule.refresh_from_db()
    assert not rule.is_on and rule.tried_at is None


def test_a_rule_is_tried_read_and_switched_on(
    rule: Rule, waiting: Conversation, manager: Member, responder: Member, as_: As
) -> None:
    Conversation.objects.filter(pk=waiting.pk).update(closed_at=timezone.now(), closed_by=manager)
    client = as_(manager)
    client.post(reverse("switch_rule_on", args=[rule.pk]))
    assert not Rule.objects.get().is_on
    Rule.objects.update(conditions={"words": ["wash"]})
    assert client.post(reverse("try_rule", args=[rule.pk]))["Location"] == reverse("dry_run", args=[rule.pk])
    shown = page(client, "dry_run", rule.pk)
    assert waiting.subject in shown and "Add the tag “returns”" in shown and "<mark>wash</mark>" in shown
    client.post(reverse("switch_rule_on", args=[rule.pk]))
    assert Rule.objects.get().is_on
    as_(responder).post(reverse("switch_rule_off", args=[rule.pk]))
    assert not Rule.objects.get().is_on


def test_a_rule_is_tried_on_what_was_said_elsewhere(rule: Rule, manager: Member, as_: As) -> None:
    """Such a conversation has no thread, and nobody with an account."""
    source = Source.objects.create(name="A blog", kind="hand")
    take(source=source, external_id="1", text="The zip of my Fell Jumper broke.", author="wanderer")
    raises = {"action": "priority", "parameters": {"points": 3}, "conditions": {}, "event": Rule.Event.OPENED}
    Rule.objects.filter(pk=rule.pk).update(**raises)
    try_out(by=manager, rule=Rule.objects.get())
    shown = page(as_(manager), "dry_run", rule.pk)
    assert "The zip of my Fell Jumper broke." in shown and "wanderer" in shown


def test_the_log_shows_takes_back_and_downloads(
    rule: Rule, waiting: Conversation, manager: Member, responder: Member, as_: As
) -> None:
    switched_on(rule, manager)
    consider(waiting, "closed", "closed:1")
    client = as_(responder)
    assert "Added the tag “returns”" in page(client, "automation_log")
    assert "Added the tag “returns”" in client.get(reverse("automation_log_csv")).content.decode()
    line = RuleAction.objects.get()
    for _ in range(2):
        client.post(reverse("undo_action", args=[line.pk]))
    assert "Taken back by Rhea" in page(client, "automation_log")
    assert client.get(reverse("automation_log") + "?rule=x&state=nonsense&page=-1").status_code == 200


def test_what_is_held_back_is_done_or_dropped_on_its_page(
    rule: Rule, waiting: Conversation, manager: Member, responder: Member, as_: As
) -> None:
    """Rule 13: paused work goes to people, with who, why and until."""
    switched_on(rule, manager)
    pause(by=responder, because="A recall is in the news")
    for number in range(2):
        consider(waiting, "closed", f"closed:{number}")
    client, lines = as_(responder), list(RuleAction.objects.held())
    shown = page(client, "held_back")
    assert "Rhea paused everything: A recall is in the news. Until somebody lifts it." in shown
    client.post(reverse("do_held"), {"line": [lines[0].pk]})
    client.post(reverse("drop_held"), {"line": [lines[1].pk, "x", "99999999999"]})
    assert sorted(RuleAction.objects.values_list("state", flat=True)) == ["done", "dropped"]
    assert "Nothing is held back" in page(client, "held_back")


def test_a_thread_and_a_customer_are_paused_from_the_conversation(
    waiting: Conversation, question: Thread, responder: Member, as_: As
) -> None:
    client = as_(responder)
    client.post(reverse("pause_thread", args=[question.pk]), {"because": "", "hours": "1"})
    assert not Pause.objects.exists()
    client.post(reverse("pause_thread", args=[question.pk]), {"because": "On the phone", "hours": "1"})
    client.post(reverse("pause_customer", args=[question.author_id]), {"because": "A bereavement"})
    shown = page(client, "conversation", waiting.pk)
    assert "On the phone" in shown and "A bereavement" in shown
    for stopped in Pause.objects.all():
        client.post(reverse("lift_pause", args=[stopped.pk]))
    assert not Pause.objects.standing(timezone.now()).exists()


def test_managers_pause_a_subject(category: Category, manager: Member, as_: As) -> None:
    client = as_(manager)
    assert client.post(reverse("pause_category"), {"category": category.pk}).status_code == 422
    client.post(reverse("pause_category"), {"category": category.pk, "because": "A recall", "hours": "24"})
    assert "Care and repair" in page(client, "pauses") and Pause.objects.get().category == category


def test_a_responder_does_not_lift_a_subjects_pause(
    category: Category, manager: Member, responder: Member, as_: As
) -> None:
    stopped = pause(by=manager, because="A recall", category=category)
    assert as_(responder).post(reverse("lift_pause", args=[stopped.pk])).status_code == 403


def test_the_conversations_page_shows_what_rules_did_there(
    rule: Rule, waiting: Conversation, manager: Member, responder: Member, as_: As
) -> None:
    switched_on(rule, manager)
    consider(waiting, "closed", "closed:1")
    assert "Take back<span" in page(as_(responder), "conversation", waiting.pk)
