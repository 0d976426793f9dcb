"""What the desk does in the background. Each task takes ids and tolerates that the row has gone."""

from datetime import datetime, timedelta
from typing import Any

from django_q.tasks import async_task

from community.threads.models import Post, Thread
from staff.automation.acting import consider
from staff.clocks.ringing import ring
from staff.former.finding import find_quiet
from staff.former.returning import note_purchases, note_return
from staff.insights.toning import keep_tone, read_reviews
from staff.listening.polling import due_feeds, poll
from staff.listening.table import take_rows as take_rows_in
from staff.models import Conversation, Rule, Source
from staff.one_to_one.letters import send_due_messages
from staff.one_to_one.letters import send_message as send_letter
from staff.outcomes.asking_help import ask_what_is_due
from staff.outcomes.gathering import gather_acceptance, gather_rating, gather_thanks, gather_vote
from staff.outcomes.letters import send_help_questions
from staff.outcomes.opening import note_opening
from staff.outcomes.returning import gather_returns
from staff.snoozing import wake_due
from staff.suggesting.keeping import suggest as suggest_for
from staff.telling import tell_of_decision
from staff.triage.running import look_at, triage
from staff.triage.sweeping import conversations_to_sweep, threads_to_sweep

SCHEDULES = {
    "ask whether it helped": ("staff.tasks.ask_whether_it_helped", timedelta(minutes=10)),
    "bring back what was snoozed": ("staff.tasks.wake_up", timedelta(minutes=1)),
    "find customers who have gone quiet": ("staff.tasks.find_former_customers", timedelta(days=1)),
    "listen to feeds": ("staff.tasks.listen", timedelta(minutes=5)),
    "look at all that time has changed": ("staff.tasks.sweep", timedelta(hours=1)),
    "look at what time has just changed": ("staff.tasks.glance", timedelta(minutes=1)),
    "notice who came back": ("staff.tasks.notice_returns", timedelta(hours=12)),
    "let clocks speak": ("staff.tasks.let_clocks_speak", timedelta(minutes=1)),
    "read how reviews sound": ("staff.tasks.read_tones", timedelta(minutes=10)),
    "send messages by mail": ("staff.tasks.send_messages", timedelta(minutes=1)),
}


def look_at_post(post_id: int) -> None:
    """A post was published, revised or withdrawn."""
    post = Post.objects.select_related("thread", "author").filter(pk=post_id).first()
    if post is not None:
        tell_of_decision(post)
        if post.is_published:
            note_return(member_id=post.author_id, at=post.created_at)
        keep_tone(post)
        look_at_thread(post.thread_id)
        _let_rules_hear(post)


def _let_rules_hear(post: Post) -> None:
    """A customer wrote in a conversation; each post is told of once."""
    conversation = Conversation.objects.filter(thread=post.thread_id).first()
    if conversation and post.is_published and not post.author.is_staff:
        async_task("staff.tasks.run_rules", conversation.pk, str(Rule.Event.CUSTOMER_WROTE), f"post:{post.pk}")


def look_at_thread(thread_id: int) -> None:
    if Thread.objects.filter(pk=thread_id).exists():
        conversation = triage(thread_id)
        gather_acceptance(thread_id)
        gather_rating(thread_id)
        gather_thanks(thread_id)
        if conversation is not None:
            async_task("staff.tasks.suggest", conversation.pk)


def look_at_vote(post_id: int) -> None:
    """Votes changed: the asker's own is a sign, and one on an answer says whether it was useful."""
    gather_vote(post_id)
    thread_id = Post.objects.answers().filter(pk=post_id).values_list("thread", flat=True).first()
    if thread_id is not None:
        triage(thread_id)


def count_opening(link_id: int, member_id: int | None, marks: list[str], at: str) -> None:
    """`at` is ISO 8601: when it was opened, however late this runs."""
    note_opening(link_id=link_id, member_id=member_id, marks=marks, at=datetime.fromisoformat(at))


def suggest(conversation_id: int) -> int:
    """Look for what may help with what was said last, and drop what no longer fits."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    return suggest_for(conversation) if conversation else 0


def run_rules(conversation_id: int, event: str, key: str) -> int:
    """Something happened in a conversation (Rule.Event); `key` names it. Returns how many rules acted."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    return consider(conversation, event, key) if conversation else 0


def sweep() -> int:
    """Look at what time alone has changed: questions that nobody answers, promises. Returns how many it looked at."""
    return _look_at_each(threads_to_sweep(), conversations_to_sweep())


def glance() -> int:
    """The same, each minute: only what has become ripe in the last days."""
    return _look_at_each(threads_to_sweep(glance=True), conversations_to_sweep(glance=True))


def _look_at_each(threads: list[int], conversations: list[Conversation]) -> int:
    for thread_id in threads:
        look_at_thread(thread_id)
    for conversation in conversations:
        look_at(conversation)
    return len(threads) + len(conversations)


def send_message(message_id: int) -> bool:
    """Send what the company wrote to one customer alone."""
    return send_letter(message_id)


def send_messages() -> int:
    """Send what was left: the worker or the mail server was down."""
    return send_due_messages()


def ask_whether_it_helped() -> int:
    """Put the questions that are due, and send their letters. Returns how many letters left."""
    ask_what_is_due()
    return send_help_questions()


def notice_returns() -> int:
    """Customers who wrote, reviewed or bought again."""
    return gather_returns()


def let_clocks_speak() -> int:
    """Warn of what is due soon, and note what was missed."""
    return ring()


def listen() -> int:
    """Order a poll of each feed whose time has come, each a task of its own: a slow one keeps no other waiting long."""
    feeds = due_feeds()
    for source_id in feeds:
        async_task("staff.tasks.poll_feed", source_id)
    return len(feeds)


def poll_feed(source_id: int) -> bool:
    feed = Source.objects.filter(pk=source_id).first()
    return feed is not None and feed.pk in due_feeds() and poll(feed)


def take_rows(rows: list[dict[str, Any]]) -> int:
    """A part of an uploaded table of mentions. Returns how many of it are here now."""
    return take_rows_in(rows)


def find_former_customers() -> int:
    """Who bought again has come back; who has gone quiet comes on the list. Returns how many came on."""
    note_purchases()
    return find_quiet()


def wake_up() -> int:
    """Bring back what was put off until now. Returns how many came back."""
    return wake_due()


def read_tones() -> int:
    """Read the reviews whose words nobody has read yet: 500 at once. Returns how many."""
    return read_reviews()
