"""The first conversation (rule 15): what is said elsewhere comes in, stands in the queue, and is answered there."""

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from staff.closing import no_reply_needed
from staff.listening.answering import discard_answer, mark_posted, tie_author, write_answer
from staff.listening.keywords import listened_for
from staff.listening.showing import marked
from staff.listening.standing import STATES, Filters, mentions, state_of
from staff.listening.taking import take
from staff.models import Conversation, DeskSettings, Mention, Message, Reason, Source, Tone
from staff.permissions import AskFirst

pytestmark = pytest.mark.django_db
State = Conversation.State


@pytest.fixture(autouse=True)
def _words(brand: Any, product: Any) -> None:
    DeskSettings.objects.update_or_create(
        pk=1, defaults={"competitors": "Northway, North Way", "category_words": "rain jacket\nwool jumper"}
    )


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(name="Trail forum", kind=Source.Kind.WEBHOOK, secret="s" * 43)


def heard(
    source: Source, name: str = "t1", text: str = "My Alder & Tarn jacket leaks. Disappointed.", **fields: Any
) -> Mention:
    fields = {"url": f"https://trail.example.com/{name}", "author": "wetfeet", "title": ""} | fields
    return take(source=source, external_id=name, text=text, **fields)


def conversation_of(mention: Mention) -> Conversation:
    return Conversation.objects.get(mention=mention)


# Taking in ------------------------------------------------------------------------------------------------------------


def test_what_is_said_elsewhere_stands_in_the_same_queue_with_its_evidence(source):
    mention = heard(source)
    current = conversation_of(mention)
    assert (current.state, current.customer, current.customer_name) == (State.WAITING, None, "wetfeet")
    reason = current.reasons.get(kind=Reason.Kind.OUTSIDE)
    assert reason.evidence == "Alder & Tarn"
    assert current.waiting_since == mention.seen_at and current.due_at > mention.seen_at
    assert mention.tone == Tone.NEGATIVE


def test_the_same_thing_is_taken_once_for_each_source(source):
    """Rule 15: unique on (source, external id). The trap: the poll after this one brings it again."""
    first = heard(source)
    assert heard(source, text="Edited there since") == first
    assert Conversation.objects.count() == 1
    other = Source.objects.create(name="Elsewhere", kind=Source.Kind.HAND)
    assert heard(other) != first


def test_the_clock_starts_when_we_could_know(source):
    """Something a week old is no week late."""
    mention = heard(source, published_at=timezone.now() - timedelta(days=7))
    assert conversation_of(mention).waiting_since == mention.seen_at


def test_only_plain_text_is_kept(source):
    mention = heard(
        source,
        title="<b>Rain</b> &amp; wool",
        text="<p>I <script>alert(1)</script>like <a href='https://x.example/'>my jumper</a>.</p><p>Really\u202e.</p>",
    )
    assert (mention.title, mention.text) == ("Rain & wool", "I like my jumper.\n\nReally.")


@pytest.mark.parametrize("odd", ["[", "[](https://", "<![CD", "<a ", "<p "])
def test_hostile_markup_is_read_in_no_time(source, odd):
    before = process_time()
    assert heard(source, text=f"<p>My Alder & Tarn jacket leaks.</p>{odd * 20_000}").text
    assert process_time() - before < 10


def test_what_is_no_html_stays_as_it_is(source):
    assert heard(source, text="I <3 it, a < b > c & d").text == "I <3 it, a < b > c & d"


def test_lengths_and_addresses_are_bound(source):
    mention = heard(source, "x" * 500, "y" * 30_000, title="t" * 900, author="a" * 300, url="javascript:alert(1)")
    assert [len(v) for v in (mention.text, mention.title, mention.author)] == [20_000, 200, 80]
    assert mention.url == "" and mention.external_id.startswith("sha256:")
    assert heard(source, "x" * 500) == mention


def test_nothing_is_kept_of_nothing(source):
    with pytest.raises(ValidationError, match="nothing to read"):
        heard(source, text="<p> </p>")
    with pytest.raises(ValidationError, match="name of its own"):
        heard(source, "", url="")
    assert not Mention.objects.exists()


def test_our_name_in_every_spelling_products_competitors_and_what_we_make_are_found(source):
    found = listened_for().find("AlderAndTarn's Fell Jumper beats the north way rain jacket. ALDER AND TARN!")
    assert found == [
        ["brand", "AlderAndTarn"], ["brand", "ALDER AND TARN"], ["product", "Fell Jumper"],
        ["competitor", "north way"], ["category", "rain jacket"],
    ]  # fmt: skip


def test_the_one_product_that_is_named_is_noted(source, product):
    assert conversation_of(heard(source, text="Is the Fell Jumper warm?")).product == product


def test_a_competitor_is_typed_as_conversion(source):
    current = conversation_of(heard(source, text="Should I get a Northway or an Alder & Tarn?"))
    assert current.shown_type == "conversion"
    assert Reason.Kind.COMPETITOR in {reason.kind for reason in current.reasons.all()}


def test_the_words_that_raised_a_reason_are_marked_where_they_were_said(source, as_, responder):
    current = conversation_of(heard(source))
    assert current.reasons.filter(kind=Reason.Kind.COMPLAINT).exists()
    page = as_(responder).get(current.get_absolute_url()).content.decode()
    assert '<mark class="heard heard--brand">Alder &amp; Tarn</mark> jacket leaks. <mark>Disappointed.</mark>' in page


def test_marking_lets_nothing_through():
    html = marked("<b>Alder & Tarn</b> ’s", [["brand", "Alder & Tarn"]])
    assert html == '&lt;b&gt;<mark class="heard heard--brand">Alder &amp; Tarn</mark>&lt;/b&gt; ’s'


# Answering ------------------------------------------------------------------------------------------------------------


def answered(current: Conversation, by: Any, **fields: Any) -> Message:
    fields = {"body": "Sorry to hear it. We will replace it.", "type": "retention"} | fields
    return write_answer(by=by, conversation=current, **fields)


def test_only_what_is_posted_counts_as_a_reply(source, responder):
    """Rule 15. The trap: the clock stops when the words are written, and nobody ever posts them."""
    current = conversation_of(heard(source))
    message = answered(current, responder)
    current.refresh_from_db()
    assert (current.state, current.first_company_response_at, message.posted_at) == (State.WAITING, None, None)
    assert mark_posted(by=responder, message=message, permalink="https://trail.example.com/t1#9")
    current.refresh_from_db()
    message.refresh_from_db()
    assert (current.state, current.first_company_response_at) == (State.ANSWERED, message.posted_at)
    assert (current.type, current.waiting_since) == ("retention", None)


def test_pasting_the_address_twice_changes_nothing_and_a_second_one_corrects_it(source, responder):
    current = conversation_of(heard(source))
    message = answered(current, responder)
    assert mark_posted(by=responder, message=message, permalink="https://a.example/1")
    posted = Message.objects.get(pk=message.pk).posted_at
    assert not mark_posted(by=responder, message=message, permalink="https://a.example/1")
    assert mark_posted(by=responder, message=message, permalink="https://a.example/2")
    message.refresh_from_db()
    assert (message.posted_at, message.permalink) == (posted, "https://a.example/2")


def test_a_holding_reply_leaves_them_waiting(source, responder):
    current = conversation_of(heard(source))
    message = answered(current, responder, is_holding=True)
    mark_posted(by=responder, message=message, permalink="https://a.example/1")
    current.refresh_from_db()
    assert (
        current.state == State.WAITING
        and current.first_company_response_at == message.__class__.objects.get().posted_at
    )


@pytest.mark.parametrize("permalink", ["", "javascript:alert(1)", "not an address", "https://" + "x" * 600])
def test_what_is_no_address_is_no_reply(source, responder, permalink):
    message = answered(conversation_of(heard(source)), responder)
    with pytest.raises(ValidationError, match="Paste the address"):
        mark_posted(by=responder, message=message, permalink=permalink)


def test_the_helpful_link_goes_along_as_an_address_of_ours(source, responder):
    message = answered(conversation_of(heard(source)), responder, link_url="https://x.example/", link_need="care")
    assert message.helpful_link.url == "https://x.example/"
    assert reverse("go", args=[message.helpful_link.token]) in message.body


def test_a_second_answer_asks_first_while_one_waits_to_be_posted(source, responder, moderator):
    current = conversation_of(heard(source))
    answered(current, responder)
    with pytest.raises(AskFirst, match="not posted yet"):
        answered(current, moderator)
    assert answered(current, moderator, confirm_second=True)


def test_an_answer_can_be_discarded_until_it_is_posted(source, responder):
    current = conversation_of(heard(source))
    message = answered(current, responder)
    assert discard_answer(by=responder, message=message)
    posted = answered(current, responder)
    mark_posted(by=responder, message=posted, permalink="https://a.example/1")
    assert not discard_answer(by=responder, message=posted)


def test_customers_and_analysts_answer_nothing(source, member, analyst):
    current = conversation_of(heard(source))
    for who in (member, analyst):
        with pytest.raises(PermissionDenied):
            answered(current, who)


def test_its_author_can_be_tied_to_a_member_by_hand(source, responder, member, moderator):
    current = conversation_of(heard(source))
    assert tie_author(by=responder, conversation=current, member=member)
    assert not tie_author(by=responder, conversation=current, member=member)
    current.refresh_from_db()
    assert (current.customer, current.customer_name) == (member, "Mara Lind")
    with pytest.raises(ValidationError, match="colleague"):
        tie_author(by=responder, conversation=current, member=moderator)


# States, filters ------------------------------------------------------------------------------------------------------


def test_every_mention_stands_in_one_state(source, responder):
    """Rule 15: new, triaged, replied, no reply needed, closed. The row's word and the filter agree."""
    fresh, triaged, replied, dismissed = (heard(source, name) for name in "abcd")
    Conversation.objects.filter(mention=triaged).update(assigned_to=responder)
    message = answered(conversation_of(replied), responder)
    mark_posted(by=responder, message=message, permalink="https://a.example/1")
    no_reply_needed(by=responder, conversation=conversation_of(dismissed), because="Only news")
    expected = {"new": fresh, "triaged": triaged, "replied": replied, "no_reply": dismissed}
    for state in STATES:
        found = list(mentions(Filters(state=state), responder))
        assert found == ([expected[state]] if state in expected else [])
        assert all(state_of(mention.conversation) == state for mention in found)


def test_what_the_address_says_wrongly_is_left_out():
    wrong = {
        "days": "x",
        "source": "-1",
        "tone": "7",
        "type": "odd",
        "state": "odd",
        "keyword": "odd",
        "q": "\x00 a  b",
    }
    assert Filters.of(wrong) == Filters(text="a b")


def test_the_list_filters_and_leads_to_the_conversation(source, responder, as_):
    leaks, praise = heard(source), heard(source, "t2", "I love my Fell Jumper, thank you.", author="dryfeet")
    page = as_(responder).get(reverse("listening"), {"tone": "1", "keyword": "product", "q": "dryfeet"})
    assert (
        praise.conversation.get_absolute_url() in page.text and leaks.conversation.get_absolute_url() not in page.text
    )


def test_no_mention_shows_on_a_public_page(source, as_, member):
    heard(source, title="Secretwords about Alder & Tarn", text="Secretwords")
    for address in ("/", "/questions/", "/reviews/", "/search/?q=secretwords", "/sitemap.xml", "/feeds/questions/"):
        for who in (None, member):
            page = as_(who).get(address)
            assert "Secretwords" not in page.content.decode(), address


# By hand, and as a file -----------------------------------------------------------------------------------------------


def test_one_can_be_pasted(as_, responder):
    data = {"url": "https://news.example/1", "author": "Ann", "text": "No word of ours in it.", "place": "The Daily"}
    answer = as_(responder).post(reverse("add_mention"), data)
    mention = Mention.objects.get()
    assert answer.url == mention.conversation.get_absolute_url()
    assert (mention.source.name, mention.source.kind) == ("The Daily", Source.Kind.HAND)
    as_(responder).post(reverse("add_mention"), data)
    assert Mention.objects.count() == 1


def test_a_pasted_thing_without_address_or_words_says_so(as_, responder):
    page = as_(responder).post(reverse("add_mention"), {"url": "nowhere", "text": ""})
    assert page.status_code == 422 and "nowhere" in page.text and "beginning with https://" in page.text


def test_what_was_pasted_without_its_place_is_named_after_its_address(as_, responder):
    words = {"url": "https://www.news.example/1", "text": "Is Alder & Tarn any good?"}
    page = as_(responder).post(reverse("add_mention"), words, follow=True).text
    assert "Said at news.example" in page and "Open it at news.example" in page


CSV = """Link;Text;Handle;Date;Platform
https://x.example/1;"Alder & Tarn, I like it";ann;2026-11-19 10:00;Fediverse
https://x.example/2;;bob;2026-11-19;Fediverse
https://x.example/3;=cmd|' /C calc'!A0;eve;gestern;
https://x.example/4;Fine;=evil();2026-11-18;
https://x.example/1;Again;ann;2026-11-19;Fediverse
"""


def upload(as_: Any, who: Any, text: str | bytes, name: str = "mentions.csv") -> Any:
    data = text.encode() if isinstance(text, str) else text
    return as_(who).post(reverse("upload_mentions"), {"file": SimpleUploadedFile(name, data), "place": "My list"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_looked_through_first_and_then_taken(as_, responder, encoding):
    page = upload(as_, responder, CSV.encode(encoding))
    assert page.status_code == 200 and not Mention.objects.exists()
    said = page.text.replace("&#x27;", "'")
    assert all(words in said for words in ("Line 3", "no text", "Line 4", "gestern", "Line 6", "twice"))
    key = page.context["key"]
    for _ in range(2):
        as_(responder).post(reverse("take_file", args=[key]))
    assert {mention.source.name for mention in Mention.objects.all()} == {"Fediverse", "My list"}
    assert Mention.objects.get(author="ann").published_at == datetime(2026, 11, 19, 10, tzinfo=UTC)


def test_a_file_that_was_taken_brings_nothing_new(as_, responder):
    as_(responder).post(reverse("take_file", args=[upload(as_, responder, CSV).context["key"]]))
    page = upload(as_, responder, CSV)
    assert page.context["fresh"] == 0
    as_(responder).post(reverse("take_file", args=[page.context["key"]]))
    assert Mention.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("a,b\n1,2\n", "lacks: text"), ("", "empty"), (b"\x00\x81\x8d\x8f\x90", "CSV"),
        ("url,text\n" + "https://x.example/,y\n" * 2001, "2,000 rows"),
        ("url,text\n1," + "z" * (3 * 1024**2), "2 MB"), ('url,text\n1,"' + "z" * 200_000, "quotes"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(as_, responder, data, words):
    page = upload(as_, responder, data)
    assert page.status_code == 422 and words in page.text


def test_nobody_takes_another_ones_file(as_, responder, moderator):
    key = upload(as_, responder, CSV).context["key"]
    as_(moderator).post(reverse("take_file", args=[key]))
    assert not Mention.objects.exists()


# The conversation's page ----------------------------------------------------------------------------------------------


def test_the_page_shows_the_words_marked_and_the_way_from_writing_to_posting(source, responder, as_):
    current = conversation_of(heard(source))
    client = as_(responder)
    page = client.get(current.get_absolute_url())
    assert '<mark class="heard heard--brand">Alder &amp; Tarn</mark>' in page.text
    assert 'href="https://trail.example.com/t1"' in page.text
    said = {"answer-body": "We replace it.", "answer-type": "retention"}
    client.post(reverse("answer_elsewhere", args=[current.pk]), said)
    message = Message.objects.get()
    page = client.get(current.get_absolute_url())
    assert "Written, not posted yet" in page.text and "We replace it." in page.text
    client.post(reverse("message_posted", args=[message.pk]), {"permalink": "https://trail.example.com/t1#2"})
    page = client.get(current.get_absolute_url())
    assert "Written, not posted yet" not in page.text and "https://trail.example.com/t1#2" in page.text


def test_a_refused_answer_keeps_its_words(source, responder, as_):
    current = conversation_of(heard(source))
    said = {"answer-body": "Kept words.", "answer-type": "", "answer-link_need": "care"}
    page = as_(responder).post(reverse("answer_elsewhere", args=[current.pk]), said)
    assert page.status_code == 422 and "Kept words." in page.text
    said["answer-type"] = "retention"
    page = as_(responder).post(reverse("answer_elsewhere", args=[current.pk]), said)
    assert page.status_code == 422 and "needs both" in page.text and not Message.objects.exists()


def test_a_double_click_writes_one_answer(source, responder, as_):
    current = conversation_of(heard(source))
    said = {"answer-body": "Hello.", "answer-type": "retention", "answer-submission_key": str(UUID(int=9))}
    for _ in range(2):
        as_(responder).post(reverse("answer_elsewhere", args=[current.pk]), said)
    assert Message.objects.count() == 1
    assert current.events.filter(what__startswith="Wrote an answer").count() == 1


def test_a_second_answer_is_asked_about_with_its_words_kept(source, responder, moderator, as_):
    current = conversation_of(heard(source))
    answered(current, responder)
    said = {"answer-body": "Mine.", "answer-type": "retention"}
    page = as_(moderator).post(reverse("answer_elsewhere", args=[current.pk]), said)
    assert "not posted yet" in page.text and "Mine." in page.text and Message.objects.count() == 1
    as_(moderator).post(reverse("answer_elsewhere", args=[current.pk]), said | {"answer-confirm_second": "on"})
    assert Message.objects.count() == 2


def test_what_is_no_address_is_said_and_nothing_counts(source, responder, as_):
    message = answered(conversation_of(heard(source)), responder)
    page = as_(responder).post(reverse("message_posted", args=[message.pk]), {"permalink": "there"}, follow=True)
    assert "Paste the address of your reply" in page.text
    assert Message.objects.get().posted_at is None


def test_the_author_is_tied_on_the_page(source, responder, member, as_):
    current = conversation_of(heard(source))
    address = reverse("tie_mention_author", args=[current.pk])
    page = as_(responder).post(address, {"author-member": "nobody-here"})
    assert page.status_code == 422 and "no member of this name" in page.text
    page = as_(responder).post(address, {"author-member": "@Mara"}, follow=True)
    assert "Mara Lind" in page.text


def test_what_came_of_a_reply_elsewhere_is_recorded_and_found(source, responder, as_):
    """Rule 15: the same outcome as any reply, the customer's words beside staff's judgement."""
    mention = heard(source)
    message = answered(conversation_of(mention), responder)
    mark_posted(by=responder, message=message, permalink="https://trail.example.com/t1#2")
    client, address = as_(responder), reverse("record_message_outcome", args=[message.pk])
    client.post(address, {"effect": "strengthened", "evidence": "customer_said", "words": "Well, thank you!"})
    client.post(address, {"effect": "no_change", "evidence": "staff_judgement"})
    page = client.get(conversation_of(mention).get_absolute_url())
    assert "Well, thank you!" in page.text
    assert list(mentions(Filters(outcome="strengthened", judged="no_change"), responder)) == [mention]
    assert not mentions(Filters(outcome="no_change"), responder)
