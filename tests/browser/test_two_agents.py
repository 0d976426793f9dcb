"""Two agents at once, each in a browser of their own: claim, collision, takeover. Rule 6."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post, Thread
from staff.escalating import escalate
from staff.models import Conversation, SavedReply, Suggestion
from tests.browser.conftest import Visit, press

ASKED = 11_000  # milliseconds; the open page asks every ten seconds
Agents = tuple[Visit, Visit]


@pytest.fixture
def waiting(question: Thread, manager: Member) -> Conversation:
    escalate(by=manager, thread=question, why="A journalist asks")
    return Conversation.objects.get(thread=question)


@pytest.fixture
def agents(visit: Callable[..., Visit], responder: Member, moderator: Member) -> Agents:
    """Rhea and Milo, signed in."""
    rhea, milo = visit(), visit()
    rhea.sign_in("rhea")
    milo.sign_in("milo")
    return rhea, milo


def both_open(agents: Agents, conversation: Conversation) -> None:
    for agent in agents:
        agent.page.clock.install()
        agent.open(conversation.get_absolute_url())


def write_reply(agent: Visit, words: str) -> None:
    agent.page.get_by_label("Your reply, as the company").fill(words)


def send_reply(agent: Visit) -> None:
    press(agent.page, "Reply as")


def test_who_has_the_page_open_sees_a_colleague_claim_it(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    expect(milo.page.get_by_text("Nobody has this.")).to_be_visible()
    rhea.page.keyboard.press("c")
    rhea.page.locator("#claim").get_by_text("You have this").wait_for()
    milo.page.clock.run_for(ASKED)
    milo.page.locator("#claim").get_by_text("Rhea is answering").wait_for()
    expect(milo.page.locator("[data-claim-said]")).to_contain_text("Rhea is answering")


def test_typing_claims_and_the_colleague_sees_it(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    write_reply(rhea, "Cold water and wool soap")
    rhea.page.locator("#claim").get_by_text("You have this").wait_for()
    milo.page.clock.run_for(ASKED)
    milo.page.locator("#claim").get_by_text("Rhea is answering").wait_for()


def test_a_collision_is_asked_about_before_anything_is_sent(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    rhea.page.keyboard.press("c")
    rhea.page.locator("#claim").get_by_text("You have this").wait_for()
    write_reply(milo, "Wash it cold, and flat on a towel.")
    send_reply(milo)
    milo.page.get_by_text("Rhea has this conversation and may be answering it now.").wait_for()
    expect(milo.page.get_by_label("Your reply, as the company")).to_have_value("Wash it cold, and flat on a towel.")
    assert not Post.objects.official().exists()


def test_a_second_reply_to_the_same_message_asks_first(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    write_reply(rhea, "Cold water and wool soap, then flat on a towel.")
    send_reply(rhea)
    rhea.page.get_by_text("Reply sent.").wait_for()
    write_reply(milo, "Wash it cold, and flat on a towel.")
    send_reply(milo)
    milo.page.get_by_text("Rhea has answered").wait_for()
    assert Post.objects.official().count() == 1
    press(milo.page, "Send it all the same")
    milo.page.get_by_text("Reply sent.").wait_for()
    assert Post.objects.official().count() == 2


def test_a_takeover_is_explicit_and_both_see_it(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    rhea.page.keyboard.press("c")
    rhea.page.locator("#claim").get_by_text("You have this").wait_for()
    milo.page.clock.run_for(ASKED)
    milo.page.on("dialog", lambda dialog: dialog.accept())
    milo.page.get_by_role("button", name="Take it over").click()
    milo.page.locator("#claim").get_by_text("You have this").wait_for()
    rhea.page.clock.run_for(ASKED)
    rhea.page.locator("#claim").get_by_text("Milo is answering").wait_for()
    waiting.refresh_from_db()
    assert waiting.claimed_by is not None
    assert waiting.claimed_by.username == "milo"


def test_what_is_said_meanwhile_is_announced_on_the_open_page(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    both_open(agents, waiting)
    write_reply(rhea, "Cold water and wool soap, then flat on a towel.")
    send_reply(rhea)
    rhea.page.get_by_text("Reply sent.").wait_for()
    milo.page.clock.run_for(ASKED)
    milo.page.get_by_text("Something new was said here.").wait_for()


# The editor's comforts -----------------------------------------------------------------------------------------------


def test_a_slash_offers_saved_replies_and_fills_them_in(
    visit: Callable[..., Visit], waiting: Conversation, responder: Member
) -> None:
    SavedReply.objects.create(
        title="Washing wool", category="Care", body="Hello {customer}, your {product} likes it cold."
    )
    rhea = visit()
    rhea.sign_in("rhea")
    rhea.open(waiting.get_absolute_url())
    area = rhea.page.get_by_label("Your reply, as the company")
    area.press_sequentially("/wash")
    rhea.page.get_by_role("option", name="Washing wool Care").wait_for()
    area.press("Enter")
    expect(area).to_have_value("Hello Mara Lind, your Fell Jumper likes it cold.")
    send_reply(rhea)
    rhea.page.get_by_text("Reply sent.").wait_for()
    assert SavedReply.objects.get().times_used == 1


def test_a_suggestion_comes_into_the_text_by_one_click(
    visit: Callable[..., Visit], waiting: Conversation, responder: Member
) -> None:
    Suggestion.objects.create(
        conversation=waiting, kind="link", url="https://alder.example/care", need="how to wash wool", because="The list"
    )
    rhea = visit()
    rhea.sign_in("rhea")
    rhea.open(waiting.get_absolute_url())
    rhea.page.get_by_role("button", name="Put it into the reply").first.click()
    expect(rhea.page.get_by_label("Address of the one page that helps")).to_have_value("https://alder.example/care")
    assert not Post.objects.official().exists()


def test_an_at_in_a_note_offers_colleagues_and_tells_them(agents: Agents, waiting: Conversation) -> None:
    rhea, milo = agents
    rhea.open(waiting.get_absolute_url())
    rhea.page.keyboard.press("n")
    note = rhea.page.get_by_label("Note for colleagues")
    note.press_sequentially("@mi")
    rhea.page.get_by_role("option", name="Milo").wait_for()
    note.press("Enter")
    note.press_sequentially("do you know the mill?")
    note.press("Control+Enter")
    rhea.page.get_by_text("Noted, for colleagues only.").wait_for()
    assert rhea.page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "only the panes scroll"
    told = Notification.objects.get(member__username="milo")
    assert told.kind == "note"
    milo.open(told.url)
    with milo.page.expect_response("**/notifications/pages/read/"):
        milo.page.reload()
    told.refresh_from_db()
    assert told.is_read


def test_all_of_it_works_without_a_script(
    visit: Callable[..., Visit], waiting: Conversation, responder: Member
) -> None:
    SavedReply.objects.create(title="Washing wool", body="Cold water, {customer}.")
    rhea = visit(javascript=False)
    rhea.sign_in("rhea")
    page = rhea.open(waiting.get_absolute_url())
    page.locator("#claim").get_by_role("button", name="Claim").click()
    page.locator("#claim").get_by_text("You have this").wait_for()
    page.get_by_text("Saved replies").last.click()
    page.locator(".saved-pick").get_by_role("button", name="Put it into the reply").click()
    expect(page.get_by_label("Your reply, as the company")).to_have_value("Cold water, Mara Lind.")
    press(page, "Reply as")
    page.get_by_text("Reply sent.").wait_for()
    assert Post.objects.official().get().body == "Cold water, Mara Lind."
