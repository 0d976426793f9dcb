"""Each detector on plain values: what raises it, what must not, and which words it quotes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from time import process_time

import pytest

from staff.clocks.clock import Hours
from staff.models import Reason
from staff.triage.case import Case, Escalation, Flagged, RaisedBefore, Said, Words
from staff.triage.detecting import findings, waiting_since
from staff.triage.detectors.asks_company import asking_words
from staff.triage.reading import brand_names
from staff.triage.thanking import thanking_words
from staff.triage.types import suggest

Kind = Reason.Kind
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday
HOURS = Hours(dict.fromkeys(range(5), ((time(9), time(17)),)))
WORDS = Words(
    brand=brand_names("Alder & Tarn"),
    company=("customer service", "your team", "can someone from"),
    staff_names=frozenset({"rhea"}),
    competitors=(("Patagonia", "Patagucci"), ("Fjällräven",)),
)


def said(pk=1, hours=1.0, body="How do I wash it?", **fields) -> Said:
    return Said(post=pk, body=body, at=NOW - timedelta(hours=hours), **({"is_asker": pk == 1} | fields))


def ours(pk=9, hours=0.5, **fields) -> Said:
    return said(pk, hours, "Cold water.", is_staff=True, is_official=True, is_answer=True, **fields)


def case(*posts: Said, **fields) -> Case:
    return Case(
        now=NOW, hours=HOURS, title="How do I wash the jumper?", texts=posts or (said(),), words=WORDS, **fields
    )


def kinds(of: Case) -> set[str]:
    return {finding.kind for finding in findings(of)}


# Nobody has answered ------------------------------------------------------------------------------------------------


def test_a_question_is_due_after_four_business_hours_and_not_before():
    assert kinds(case(said(hours=3.9))) == set()
    assert kinds(case(said(hours=4))) == {Kind.UNANSWERED}


def test_the_night_is_no_waiting_time():
    asked_last_evening = said(hours=20)  # Tuesday 19:00; the desk opened six hours ago
    assert findings(case(asked_last_evening))[0].rule == "No useful answer from anyone after 4 business hours."
    assert kinds(replace(case(said(hours=21)), now=NOW - timedelta(hours=4))) == set()


def test_after_24_business_hours_it_becomes_pressing_and_never_leaves_by_age():
    weights = [findings(case(said(hours=24 * days)))[0].weight for days in (1, 8, 400)]
    assert weights == [2, 4, 4]


def test_a_customers_answer_ends_it_but_a_comment_the_askers_own_or_an_unhelpful_one_does_not():
    helpful = said(2, 1, is_answer=True)
    assert kinds(case(said(hours=6), helpful)) == set()
    for useless in (
        said(2, 1),
        said(2, 1, is_answer=True, is_asker=True),
        replace(helpful, is_unhelpful_to_asker=True),
        ours(is_holding=True),
    ):
        assert Kind.UNANSWERED in kinds(case(said(hours=6), useless))


@pytest.mark.parametrize("fields", [{"is_question": False}, {"is_open": False}, {"solved_at": NOW}])
def test_reviews_closed_and_solved_questions_wait_for_no_answer(fields):
    assert kinds(case(said(hours=60), **fields)) == set()


# The customer wrote after us ----------------------------------------------------------------------------------------


def test_the_customer_writing_after_our_reply_is_a_reason_with_their_words():
    again = said(3, 0.2, "It came out felted. What now?", is_asker=True)
    (finding,) = findings(case(said(hours=3), ours(), again))
    assert (finding.kind, finding.post, finding.evidence) == (Kind.CUSTOMER_AFTER_US, 3, "It came out felted.")


def test_another_customer_or_a_colleague_writing_after_our_reply_is_none():
    assert kinds(case(said(hours=3), ours(), said(3, 0.2, is_asker=False))) == set()
    assert kinds(case(said(hours=3), ours(), said(3, 0.2, is_asker=False, is_staff=True))) == set()


def test_writing_after_a_colleague_said_that_no_reply_is_needed_is_a_reason_too():
    seen = case(said(hours=3), said(3, 0.2, is_asker=True), dismissed_until=NOW - timedelta(hours=1))
    (finding,) = findings(seen)
    assert finding.rule == "The customer wrote after we had said that no reply was needed."


# A low rating -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stars", "weight"), [(1, 4), (2, 3)])
def test_a_review_of_two_stars_or_fewer_needs_us(stars, weight):
    (finding,) = findings(case(is_question=False, stars=stars))
    assert (finding.kind, finding.weight) == (Kind.LOW_RATING, weight)


def test_three_stars_need_nobody_and_an_answered_low_review_is_not_raised_by_a_mended_typo():
    assert kinds(case(is_question=False, stars=3)) == set()
    mended = said(hours=3, edited_at=NOW - timedelta(minutes=5))
    assert kinds(case(mended, ours(), is_question=False, stars=2, stars_at_reply=2)) == set()


def test_a_rating_lowered_after_our_reply_needs_us_again():
    lowered = said(hours=3, edited_at=NOW - timedelta(minutes=5))
    assert kinds(case(lowered, ours(), is_question=False, stars=2, stars_at_reply=4)) == {Kind.LOW_RATING}


# Asks the company ---------------------------------------------------------------------------------------------------

ASKS = [
    ("Hi Alder & Tarn, where is my parcel?", "Hi Alder & Tarn"),
    ("Does Alder and Tarn plan to bring the green one back?", "Does Alder and Tarn plan to bring the green one back?"),
    ("Could anyone from alder & tarn look at this?", "anyone from alder & tarn"),
    ("@AlderAndTarn it leaks.", "@AlderAndTarn"),
    ("Alder & Tarn, please tell us the lining.", "Alder & Tarn, please"),
    ("I wrote to Alder & Tarn twice.", "wrote to Alder & Tarn"),
    ("Can someone from the shop tell me?", "Can someone from"),
    ("How do I reach customer  service?", "customer  service"),
    ("@rhea said it would be in May.", "@rhea"),
]
TELLS = [
    "My Alder & Tarn jacket leaks at the seam.",
    "Is the Alder & Tarn jumper warmer than the vest?",
    "Customer service was lovely.",
    "Hello everyone, does anybody know the lining?",
    "> Hi Alder & Tarn, where is my parcel?\n\nI have the same thing.",
    "Write to rhea@example.com.",
    "@tomas thank you.",
    "My balderdash and your teammates would love this?",
]


@pytest.mark.parametrize(("text", "words"), ASKS)
def test_asking_the_company_is_a_reason_that_quotes_the_words(text, words):
    assert asking_words(text, WORDS) == words


@pytest.mark.parametrize("text", TELLS)
def test_speaking_of_the_company_is_not_speaking_to_it(text):
    assert asking_words(text, WORDS) == ""


def test_another_customers_answer_does_not_end_what_the_company_was_asked():
    asked = said(hours=2, body="Can someone from the company help?")
    assert kinds(case(asked, said(2, 1, is_answer=True))) == {Kind.ASKS_COMPANY}


def test_our_reply_ends_it_and_a_mended_typo_does_not_raise_it_again():
    mended = said(hours=2, body="Please, customer service, help!", edited_at=NOW - timedelta(minutes=5))
    before = (RaisedBefore(Kind.ASKS_COMPANY, (1, None), "customer service", NOW - timedelta(hours=2)),)
    assert kinds(case(mended, ours(), raised_before=before)) == set()
    assert kinds(case(mended, ours())) == {Kind.ASKS_COMPANY}


def test_words_of_colleagues_are_never_a_customers():
    assert kinds(case(said(is_staff=True, body="Please ask customer service.", hours=9))) == set()


# Company only, flagged, escalated -----------------------------------------------------------------------------------


def test_a_company_only_category_needs_us_at_once_and_whatever_customers_answer():
    fields = {"is_company_only": True, "category": "Orders"}
    assert kinds(case(said(hours=0.1), **fields)) == {Kind.COMPANY_ONLY}
    assert kinds(case(said(hours=0.1), said(2, 0, is_answer=True), **fields)) == {Kind.COMPANY_ONLY}
    assert kinds(case(said(hours=1), ours(), **fields)) == set()


def test_a_members_call_for_the_company_outweighs_another_flag():
    spam = Flagged(1, "Spam or advertising", 3, NOW)
    call = Flagged(1, "Needs the company", 1, NOW, needs_staff=True, note="Third time asked.")
    (finding,) = findings(case(flags=(spam, call)))
    assert (finding.kind, finding.weight) == (Kind.FLAGGED, 4)
    assert finding.evidence == "Spam or advertising, Needs the company: Third time asked."


def test_a_flag_older_than_our_reply_is_dealt_with():
    flag = Flagged(1, "Needs the company", 1, NOW - timedelta(hours=1), needs_staff=True)
    assert kinds(case(said(hours=2), ours(), flags=(flag,))) == set()


def test_an_escalation_stands_until_we_reply():
    call = Escalation(1, "Rhea", "A journalist", NOW - timedelta(hours=1))
    assert kinds(case(escalation=call)) == {Kind.ESCALATED}
    assert kinds(case(said(hours=2), ours(hours=0.5), escalation=call)) == set()


# Waiting since ------------------------------------------------------------------------------------------------------


def test_chasing_does_not_shorten_the_wait():
    first = said(hours=6)
    chasing = [said(n, 6 - n, f"Anyone? {n}", is_asker=True) for n in (2, 3, 4)]
    seen = case(first, *chasing)
    assert waiting_since(seen, findings(seen)) == first.at


def test_a_holding_reply_leaves_the_customer_waiting_since_their_first_message():
    seen = case(said(hours=6), ours(is_holding=True), escalation=Escalation(1, "Rhea", "", NOW - timedelta(hours=2)))
    assert waiting_since(seen, findings(seen)) == NOW - timedelta(hours=6)


def test_a_reply_clears_it_and_the_next_message_starts_it_anew():
    again = said(3, 0.2, is_asker=True)
    seen = case(said(hours=6), ours(), again)
    assert waiting_since(seen, findings(seen)) == again.at
    assert waiting_since(case(said(hours=6), ours()), []) is None


def test_what_the_asker_accepted_an_answer_to_no_longer_waits():
    later = said(3, 1, "Can someone from the company say when it is back?", is_asker=True)
    seen = case(said(hours=90), said(2, 80, is_answer=True), later, solved_at=NOW - timedelta(hours=70))
    assert waiting_since(seen, findings(seen)) == later.at


# The five types -----------------------------------------------------------------------------------------------------

TYPES = [
    ("Thinking of buying the vest, is it worth it?", None, "acquisition"),
    ("The zip broke after a week, can I get a refund?", None, "retention"),
    ("I was about to get a Patagucci, how do you compare?", None, "conversion"),
    ("I haven't bought from you in years. What changed?", None, "reactivation"),
    ("Thank you, the repair was brilliant.", None, "appreciation"),
    ("Best jumper, my old one broke after ten winters.", 5, "appreciation"),
    ("Lovely colour.", 1, "retention"),
    ("Lovely, but I went back to Fjällräven.", 4, "conversion"),
    ("How do I fold the hood?", None, "retention"),
]


@pytest.mark.parametrize(("text", "stars", "type_"), TYPES)
def test_the_suggested_type_has_a_reason(text, stars, type_):
    suggestion = suggest(replace(case(said(body=text)), title="A title", stars=stars))
    assert (suggestion.type, bool(suggestion.because)) == (type_, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thanks, that worked!", "that worked"),
        ("That didn't help.", ""),
        ("> thanks\n\nStill wet.", ""),
        ("No thanks.", ""),
        ("It has not worked.", ""),
    ],
)
def test_thanks_are_recognised_and_refusals_are_not(text, words):
    assert thanking_words(text) == words


def test_thanks_are_looked_for_in_no_time():
    begun = process_time()
    assert thanking_words("no thanks " * 3200) == ""
    assert process_time() - begun < 1  # it was 5 seconds, for each post of a page


# Still needs help, or waits for details --------------------------------------------------------------------------


def test_who_asked_says_that_the_answers_were_not_enough():
    asker, helper = said(hours=5), said(2, hours=4, is_asker=False, is_answer=True)
    missing = said(3, hours=1, body="I tried that. The stain is still there.", is_asker=True)
    open_case = case(asker, helper, missing, still_needed_at=missing.at)
    (finding,) = findings(open_case)
    assert (finding.kind, finding.post, finding.evidence) == (Kind.STILL_NEEDS_HELP, 3, "I tried that.")
    assert kinds(replace(open_case, is_open=False)) == set()
    assert kinds(replace(open_case, texts=(asker, helper, missing, ours(hours=0.5)))) == set()


def test_a_question_that_waits_for_details_waits_not_for_us():
    assert kinds(case(said(hours=4), needs_info_at=NOW - timedelta(hours=2))) == set()
