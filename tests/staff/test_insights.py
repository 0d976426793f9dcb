"""The pages of figures: what they answer, whom they name, and what they refuse to flatter."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.members.models import Member
from community.outside.csv_files import harmless
from community.threads.models import Post, Thread
from community.threads.withdrawing import withdraw
from reviews.models import Review
from staff.clocks.clock import Hours
from staff.insights.scope import Scope, scope_of
from staff.insights.sections import SUBJECTS
from staff.insights.toning import keep_tone, read_reviews
from staff.insights.waits import BusinessLine, quantile, spoken, times_of
from staff.models import Conversation, Message, Outcome, ReviewTone, Tone
from staff.outcomes.recording import record
from staff.replying import reply
from tests.staff.many_outcomes import fill

pytestmark = pytest.mark.django_db
Sign = Callable[[Member | None], Client]
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
OFFICE = Hours(dict.fromkeys(range(5), ((time(9), time(12)), (time(13), time(17)))))


def lately(**chosen: str) -> Scope:
    return scope_of({"period": "30"} | chosen, timezone.now())


def number(section: str, key: str, scope: Scope | None = None) -> int:
    found = SUBJECTS[section].build(scope or lately()).behind(key)
    assert found is not None, key
    return len(found[1])


# Waits ----------------------------------------------------------------------------------------------------------------


def test_who_still_waits_stays_in_the_denominator() -> None:
    """Rule 4. The trap: leave the two out, and the median is a proud half hour."""
    line = BusinessLine(OFFICE, NOON - timedelta(days=9), NOON)
    asked = [NOON - timedelta(hours=n) for n in (5, 5, 90, 80, 70)]
    waits: list[Any] = [*((at, at + timedelta(minutes=30)) for at in asked[:2]), *((at, None) for at in asked[2:])]
    assert times_of(waits[:4], line).median == timedelta(minutes=30)
    assert times_of(waits, line).median is None
    assert times_of(waits, line).oldest == NOON - timedelta(hours=90)


@given(st.timedeltas(timedelta(), timedelta(days=50)), st.timedeltas(timedelta(), timedelta(days=20)))
def test_a_line_of_business_time_measures_what_the_clock_measures(later: timedelta, length: timedelta) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC) + later
    line = BusinessLine(OFFICE, datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    assert line.between(start, start + length) == OFFICE.between(start, start + length)


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=9))), st.integers(0, 5), st.floats(0.01, 1))
def test_a_quantile_is_the_value_that_so_many_do_not_exceed(
    durations: list[timedelta], waiting: int, share: float
) -> None:
    count = len(durations) + waiting
    found = quantile(sorted(durations), count, share)
    if found is None:
        assert len(durations) < share * count or not count
    else:
        assert sum(duration <= found for duration in durations) >= share * count


def test_durations_are_said_in_words() -> None:
    said = [spoken(timedelta(minutes=m)) for m in (0, 40, 60, 200, 24 * 60, 52 * 60)]
    assert said == ["0 min", "40 min", "1 h", "3 h 20 min", "1 day", "2 days 4 h"]
    assert spoken(None) == "–"


# Traps ----------------------------------------------------------------------------------------------------------------


def answer_of(thread: Thread, author: Member, **fields: Any) -> Post:
    return Post.objects.create(thread=thread, author=author, kind="answer", body="W.", body_html="<p>W.</p>", **fields)


def test_notes_imports_and_deleted_posts_are_no_response(
    waiting: Conversation, question: Thread, other_member: Member, responder: Member
) -> None:
    """Rule 4."""
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    answer_of(question, other_member, source="import")
    assert number("responses", "anyone.answered") == 1
    withdraw(by=responder, post=sent)
    assert (number("responses", "anyone.answered"), number("responses", "company.waiting")) == (0, 1)


def test_a_holding_reply_is_a_first_response_and_no_reply(waiting: Conversation, responder: Member) -> None:
    """Rules 3 and 4: the first figure counts it, the customer still waits for the next."""
    reply(by=responder, conversation=waiting, body="We are looking into it.", type="retention", is_holding=True)
    assert number("responses", "company.answered") == 1
    assert number("responses", "next.waiting") == 1
    assert number("replies", "company.replies") == 0


def test_staffs_judgement_never_becomes_customer_evidence(waiting: Conversation, responder: Member) -> None:
    """Rule 8. The trap: add the two up."""
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    record(by=responder, post=sent, effect="strengthened")
    assert number("replies", "company.staff.strengthened") == 1
    assert number("replies", "company.customer.strengthened") == 0
    assert number("productive", "all.staff.strengthened") == 1
    assert number("productive", "all.customer.unknown") == 1


def test_a_later_sign_takes_the_place_of_an_earlier_one(waiting: Conversation, responder: Member) -> None:
    """Productive is what a conversation came to at its end. The trap: any thanks on the way makes it a success."""
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    now = timezone.now()
    Outcome.objects.create(post=sent, effect="strengthened", evidence="thanked", recorded_at=now - timedelta(hours=2))
    assert number("productive", "retention.customer.strengthened") == 1
    Outcome.objects.create(post=sent, effect="weakened", evidence="customer_said", recorded_by=responder)
    assert number("productive", "retention.customer.strengthened") == 0
    assert number("productive", "retention.customer.weakened") == 1


def test_what_was_written_to_one_alone_counts_and_is_not_quoted(
    waiting: Conversation, responder: Member, as_: Sign, analyst: Member
) -> None:
    sent = Message.objects.create(
        conversation=waiting, author=responder, is_official=True, type="retention", body="Your refund code is 77.",
        body_html="<p>Your refund code is 77.</p>", posted_at=timezone.now(),
    )  # fmt: skip
    Outcome.objects.create(message=sent, effect="strengthened", evidence="thanked", words="Code 77 worked")
    assert number("replies", "retention.customer.strengthened") == 1
    for address in ("replies/company.replies/", "replies/how.thanked/"):
        page = as_(analyst).get(f"/staff/insights/{address}").content.decode()
        assert waiting.thread.title in page
        assert "refund code" not in page and "Code 77" not in page


def test_a_hidden_thread_is_not_named(waiting: Conversation, as_: Sign, analyst: Member) -> None:
    Thread.objects.filter(pk=waiting.thread_id).update(status="hidden")
    page = as_(analyst).get("/staff/insights/productive/all.began/").content.decode()
    assert waiting.thread.title not in page


# Talent (rule 16) -----------------------------------------------------------------------------------------------------


def helped(question: Thread, author: Member, times: int, of: int) -> None:
    for nth in range(of):
        post = answer_of(question, author, is_official=author.is_staff)
        if nth < times:
            Outcome.objects.create(post=post, effect="strengthened", evidence="accepted")


def names(place: int = 2) -> list[str]:
    return [row.label for row in SUBJECTS["talent"].build(lately()).tables[place].rows]


def test_nine_of_nine_is_too_little_to_say(question: Thread, other_member: Member, regular: Member) -> None:
    """Rule 16: a minimum of 10; the trap is to put a lucky few on top."""
    helped(question, other_member, 9, 9)
    helped(question, regular, 6, 10)
    assert names() == ["Rosa Reyes", "Everybody else, together"]


def test_the_surest_come_first_not_the_highest_share(question: Thread, other_member: Member, regular: Member) -> None:
    """Rule 16. The trap: 10 of 10 (72 % at least) would stand above 39 of 40 (87 %)."""
    helped(question, other_member, 10, 10)
    helped(question, regular, 39, 40)
    assert names() == ["Rosa Reyes", "Tomas Berg"]
    rows = SUBJECTS["talent"].build(lately()).tables[2].rows
    assert [row.cells[2].words for row in rows] == ["87 %", "72 %"]


def test_who_does_not_want_to_be_ranked_is_not_named(question: Thread, other_member: Member) -> None:
    """Rule 16: members can opt out; their replies stay in the sums."""
    helped(question, other_member, 10, 10)
    Member.objects.filter(pk=other_member.pk).update(is_ranked=False)
    assert names() == ["Everybody else, together"]
    assert number("talent", "member-rest.helped") == 10


def test_the_replies_themselves_are_one_click_away(
    question: Thread, other_member: Member, as_: Sign, manager: Member
) -> None:
    """Rule 16."""
    helped(question, other_member, 10, 10)
    page = as_(manager).get(f"/staff/insights/talent/member-{other_member.pk}.helped/")
    assert page.context["page"].paginator.count == 10
    assert '<blockquote class="insight-item__words">W.</blockquote>' in page.content.decode()


# Filters --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", SUBJECTS)
def test_an_empty_desk_has_every_page(section: str, as_: Sign, analyst: Member) -> None:
    page = as_(analyst).get(f"/staff/insights/{section}/")
    assert page.status_code == 200
    assert 'class="insight__empty"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=yesterday", "There is no such period."),
        ("period=2026-13", "There is no such period."),
        ("period=custom&first=2026-03-01", "Give both days: from and to."),
        ("period=custom&first=2026-03-09&last=2026-03-01", "The first day lies after the last."),
        ("period=custom&first=0001-01-01&last=2026-03-01", "Choose days between 2000"),
        ("period=custom&first=soon&last=2026-03-01", "Enter a valid date."),
        ("product=none", "There is no such product."),
        ("type=gossip", "There is no such type."),
        ("period=30%00", "Null characters are not allowed."),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_so(query: str, sentence: str, as_: Sign, manager: Member) -> None:
    client = as_(manager)
    for address in ("", "productive/", "productive/all.began/"):
        page = client.get(f"/staff/insights/{address}?{query}")
        assert page.status_code == 200
        assert sentence in page.content.decode()
    refused = client.get(f"/staff/insights/productive/csv/?{query}")
    assert refused.status_code == 400
    assert sentence in refused.content.decode()


def test_filters_stay_in_every_link(waiting: Conversation, as_: Sign, manager: Member) -> None:
    query = "period=custom&first=2026-01-01&last=2030-01-01&product=fell-jumper"
    last = timezone.now().year + 1
    query = query.replace("2030", str(last))
    page = as_(manager).get(f"/staff/insights/productive/?{query}").content.decode()
    assert f'href="/staff/insights/productive/all.began/?{query.replace("&", "&amp;")}"' in page
    assert f'href="/staff/insights/links/?{query.replace("&", "&amp;")}"' in page


def test_a_month_is_one_of_the_desks_own_time_zone(desk: Any) -> None:
    desk.time_zone = "America/New_York"
    desk.save()
    scope = scope_of({"period": "2026-03"}, NOON)
    assert (scope.since, scope.until) == (
        datetime(2026, 3, 1, 5, tzinfo=UTC),
        datetime(2026, 4, 1, 4, tzinfo=UTC),  # summer time by then
    )
    assert [month.key for month in scope.months()] == ["2026-03"]


# Files ----------------------------------------------------------------------------------------------------------------


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


def test_figures_and_their_rows_come_as_files(waiting: Conversation, as_: Sign, analyst: Member) -> None:
    client = as_(analyst)
    figures = rows_of(client.get("/staff/insights/productive/csv/"))
    assert ["By type", "All types", "", "Began", "1", "", ""] in figures
    rows = rows_of(client.get("/staff/insights/productive/all.began/csv/"))
    assert [row[0] for row in rows] == ["What", waiting.thread.title]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1"])
def test_a_text_in_a_file_is_no_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert (harmless("fine"), harmless(-3)) == ("fine", -3)


# Tone -----------------------------------------------------------------------------------------------------------------


def test_the_tone_of_a_review_follows_its_words(review: Review) -> None:
    post = review.thread.posts.get(kind="opening")
    Post.objects.filter(pk=post.pk).update(body_html="<p>Terrible. It broke and I am very angry.</p>", version=7)
    assert read_reviews() == 1
    assert (ReviewTone.objects.get().tone, number("tone", "all.negative")) == (Tone.NEGATIVE, 1)
    assert (read_reviews(), keep_tone(Post.objects.get(pk=post.pk))) == (0, False)


# Cost -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", *(f"{key}/" for key in SUBJECTS), "productive/all.began/"])
def test_a_page_costs_the_same_however_many_conversations_there_are(
    address: str, as_: Sign, manager: Member, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    fill(60)
    client = as_(manager)
    client.get("/staff/insights/")
    with django_assert_max_num_queries(26):
        client.get(f"/staff/insights/{address}?period=all")


def test_a_number_with_nothing_behind_it_is_not_found(as_: Sign, manager: Member) -> None:
    client = as_(manager)
    missing = ("gossip/", "productive/x/", "gossip/x/", "gossip/csv/", "productive/x/csv/", "links/link-0/")
    assert {client.get(f"/staff/insights/{address}").status_code for address in missing} == {404}
