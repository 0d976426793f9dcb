"""The reasons that words and people's standing raise: what raises each, and the trap that must not (Rule 2)."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from staff.models import ConversationType, Reason, Tone
from staff.triage.case import Case, Finding, RaisedBefore, Said
from staff.triage.detecting import findings, must_reply, waiting_since
from staff.triage.detectors import DETECTORS, Detector
from staff.triage.tone import score, tone_of
from staff.triage.trying import try_text
from staff.triage.types import suggest
from tests.staff.test_detectors import NOW, WORDS, case, kinds, ours, said

Kind = Reason.Kind
OURS = replace(WORDS, products=("Fell Jumper", "Ridge Jacket"), competitors=(("Patagonia", "Patagucci"), ("Keen",)))


def written(body: str, **fields: object) -> Case:
    return replace(case(said(body=body), **fields), title="", words=OURS)


def found(of: Case, kind: str) -> Finding:
    return next(finding for finding in findings(of) if finding.kind == kind)


# Complaint ----------------------------------------------------------------------------------------------------------

COMPLAINTS = [
    "My parcel never arrived and I am still waiting after three weeks. Nobody answers.",
    "Very disapointed, the zip broke after two weeks. Terrible quality!!!",
    "Great, my order is lost again. Wonderful service, three weeks and still nothing.",
    "Thanks for nothing.",
    "You charged me twice and I want my money back 😡",
]
NO_COMPLAINTS = [
    "No complaints at all, these boots are great.",
    "Not a single problem in five years. Brilliant boots.",
    "> The zip broke and nobody answers, terrible service.\n\nI use cold water and wool soap.",
    "```\nerror: failed, terrible, broken, refund\n```\nI wear mine on the bus to work.",
    "I love it, thank you so much!",
    "Die Jacke ist schön und warm.",
    "🧥👍",
    "",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_a_reason_that_quotes_its_heaviest_words(text):
    words = found(written(text), Kind.COMPLAINT).evidence
    assert words and words in text


@pytest.mark.parametrize("text", NO_COMPLAINTS)
def test_negation_praise_quotes_and_code_are_no_complaint(text):
    assert Kind.COMPLAINT not in kinds(written(text))


def test_a_customers_answer_clears_the_community_queue_and_never_what_the_company_owes():
    """Rule 1."""
    complaint = said(hours=30, body=COMPLAINTS[0])
    alone, helped = case(complaint), case(complaint, said(2, 1, is_answer=True), solved_at=NOW)
    assert {Kind.UNANSWERED, Kind.COMPLAINT} <= kinds(alone)
    assert Kind.UNANSWERED not in kinds(helped)
    assert Kind.COMPLAINT in kinds(helped)


def test_who_helps_another_customer_may_tell_of_trouble_without_complaining():
    helper = said(2, 1, "Mine broke too, terrible zip. I oiled it.", is_answer=True)
    assert Kind.COMPLAINT not in kinds(case(said(body="How do I oil a zip?"), helper))


def test_our_reply_settles_a_complaint_and_mending_its_typo_does_not_raise_it_again():
    mended = said(hours=3, body=COMPLAINTS[1], edited_at=NOW - timedelta(minutes=5))
    words = found(replace(case(mended), title=""), Kind.COMPLAINT).evidence
    before = (RaisedBefore(Kind.COMPLAINT, (1, None), words, NOW - timedelta(hours=3)),)
    assert Kind.COMPLAINT not in kinds(replace(case(mended, ours(), raised_before=before), title=""))


# Competitors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How does it compare with Patagonia?", "Patagonia"),
        ("patagucci makes a lighter one", "patagucci"),
        ("I looked at Patagonia and at Keen boots.", "Patagonia"),
        ("My last jacket, from another brand, was warmer.", "another brand"),
    ],
)
def test_a_competitor_is_found_by_any_of_its_names(text, words):
    assert found(written(text), Kind.COMPETITOR).evidence == words


@pytest.mark.parametrize(
    "text",
    [
        "I am keen on hiking.",
        "> Patagonia is better\n\nIs it?",
        "Is the Fell Jumper much warmer than the Ridge Jacket?",
        "It is warmer than I thought.",
        "We walked in patagonian wind.",
    ],
)
def test_a_common_word_a_quote_and_our_own_products_are_no_competitor(text):
    assert Kind.COMPETITOR not in kinds(written(text))


def test_who_compares_us_with_a_brand_that_no_setting_names_is_found_too():
    finding = found(written("Honestly your tent is much worse than Hilleberg and far heavier."), Kind.COMPETITOR)
    assert "Hilleberg" in finding.evidence


# Buying, leaving, coming back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["I am thinking of buying the Ridge Jacket.", "Do you ship to Canada?", "Is it worth the money?", "Back in stock?"],
)
def test_meaning_to_buy_is_a_reason(text):
    assert Kind.BUYING_INTENT in kinds(written(text))


@pytest.mark.parametrize(
    "text",
    ["I would not buy it again.", "I bought it two years ago.", "Not worth the money.", "Love it, worth every penny!"],
)
def test_having_bought_or_not_wanting_to_is_no_intent(text):
    assert Kind.BUYING_INTENT not in kinds(written(text))


def test_advice_to_buy_in_an_answer_is_no_intent():
    advice = said(2, 1, "Before you buy, try it on. I was planning to buy two.", is_answer=True)
    assert Kind.BUYING_INTENT not in kinds(case(said(), advice))


@pytest.mark.parametrize(
    "text",
    [
        "I am done with you.",
        "Please cancel my account.",
        "I will never order from you again.",
        "You just lost a loyal customer.",
        "We are switching to another brand.",
    ],
)
def test_leaving_is_a_reason(text):
    assert Kind.LEAVING in kinds(written(text))


@pytest.mark.parametrize("text", ["I would never switch to another brand.", "Never again without my Fell Jumper!"])
def test_staying_is_not_leaving(text):
    assert Kind.LEAVING not in kinds(written(text))


def test_having_been_away_is_a_reason_and_makes_it_re_activation():
    back = written("I used to buy all my jackets here.")
    assert (found(back, Kind.LEAVING).evidence, suggest(back).type) == ("used to buy", ConversationType.REACTIVATION)


def test_a_customer_who_last_bought_long_ago_is_a_reason_and_a_stranger_is_none():
    quiet = written("Hello", last_purchase_at=NOW - timedelta(days=900), quiet_since=NOW - timedelta(days=365))
    assert found(quiet, Kind.FORMER_CUSTOMER).rule == "Last bought in June 2024."
    assert Kind.FORMER_CUSTOMER not in kinds(replace(quiet, last_purchase_at=None))
    assert Kind.FORMER_CUSTOMER not in kinds(replace(quiet, last_purchase_at=NOW))


# Praise -------------------------------------------------------------------------------------------------------------


def test_praise_is_kept_as_worth_a_thank_you_and_never_makes_a_reply_a_duty():
    """Rule 2 does not name praise."""
    praised = replace(written("I love it, thank you so much!"), is_question=False, stars=5)
    assert kinds(praised) == {Kind.PRAISE}
    assert must_reply(findings(praised)) == []
    assert waiting_since(praised, findings(praised)) is None
    assert suggest(praised).type == ConversationType.APPRECIATION


def test_thanks_after_our_reply_leave_nothing_to_answer_and_a_question_does():
    thanks, more = said(3, 0.2, "That worked, thanks!", is_asker=True), said(3, 0.2, "Thanks! But how?", is_asker=True)
    assert Kind.CUSTOMER_AFTER_US not in kinds(case(said(hours=3), ours(), thanks))
    assert Kind.CUSTOMER_AFTER_US in kinds(case(said(hours=3), ours(), more))


def test_who_thanks_and_gives_what_we_asked_for_waits_for_us():
    asked = replace(ours(), body="Which order is it, please?")
    for given in (
        "It is A-20931, and yes, the same card. Thank you!",
        "The blue one. Thanks",
        "Ok, Mill Lane. Thanks!",
    ):
        told = Said(body=given, at=NOW - timedelta(hours=0.1), is_asker=True, message=7)
        assert Kind.PRIVATE_MESSAGE in kinds(case(said(hours=3), asked, told))
        assert Kind.CUSTOMER_AFTER_US in kinds(case(said(hours=3), asked, replace(told, message=None, post=3)))


# Alone, elsewhere, promised, by a rule ------------------------------------------------------------------------------


def private(body: str, hours: float = 0.2) -> Said:
    return Said(body=body, at=NOW - timedelta(hours=hours), is_asker=True, message=7)


def test_a_private_message_is_a_reason_and_thanks_are_none():
    finding = found(case(said(hours=3), ours(), private("My order is 4711.")), Kind.PRIVATE_MESSAGE)
    assert (finding.post, finding.message) == (None, 7)
    assert Kind.PRIVATE_MESSAGE not in kinds(case(said(hours=3), ours(), private("Thank you!")))


def test_what_is_said_elsewhere_waits_until_somebody_has_replied_there():
    mention = Said(body="Alder & Tarn jumpers are warm.", at=NOW - timedelta(hours=1), is_asker=True)
    outside = replace(case(mention), is_question=False, is_outside=True, is_mention=True)
    finding = found(outside, Kind.OUTSIDE)
    assert (finding.post, finding.message) == (None, None)
    posted = Said(body="Thank you!", at=NOW, is_asker=False, message=8, is_staff=True, is_official=True)
    assert Kind.OUTSIDE not in kinds(replace(outside, texts=(mention, posted)))


def test_a_promise_is_a_reason_once_a_working_day_has_passed():
    promise = replace(ours(hours=30), body="I'll ask the workshop and let you know.")
    assert found(case(said(hours=40), promise), Kind.PROMISED).evidence == "I'll ask the"
    assert Kind.PROMISED not in kinds(case(said(hours=40), replace(promise, at=NOW - timedelta(hours=1))))
    assert Kind.PROMISED not in kinds(case(said(hours=40), promise, ours(hours=2)))


def test_what_an_automation_rule_raised_stands_until_we_reply():
    raised = (RaisedBefore(Kind.RULE, (None, None), "", NOW - timedelta(hours=1), 2, "A rule says so."),)
    assert Kind.RULE in kinds(case(raised_before=raised))
    assert Kind.RULE not in kinds(case(said(hours=3), ours(hours=0.5), raised_before=raised))


# Details, weights, the list -----------------------------------------------------------------------------------------


def test_once_details_have_come_the_count_begins_anew_and_the_wait_does_not():
    """Rule 3: waiting since the first message; the clock stood still meanwhile."""
    told = case(said(hours=30), details_at=NOW - timedelta(hours=3))
    assert kinds(told) == set()
    ripe = replace(told, details_at=NOW - timedelta(hours=4))
    assert found(ripe, Kind.UNANSWERED).at == ripe.details_at
    assert waiting_since(ripe, findings(ripe)) == NOW - timedelta(hours=30)


def test_chasing_does_not_reset_the_wait_and_a_holding_reply_leaves_it():
    """Rule 3."""
    chased = case(said(hours=30), ours(hours=20, is_holding=True), said(3, 0.1, "Hello?", is_asker=True))
    assert waiting_since(chased, findings(chased)) == NOW - timedelta(hours=30)


def test_a_weight_of_the_settings_replaces_the_rules_own_and_0_switches_it_off():
    asked = case(said(hours=200))
    assert found(asked, Kind.UNANSWERED).weight == 4
    assert found(replace(asked, weights={"unanswered": 5}), Kind.UNANSWERED).weight == 7
    assert kinds(replace(asked, weights={"unanswered": 0})) == set()


def test_each_file_of_the_package_is_one_detector_and_a_new_kind_needs_no_other_list(monkeypatch):
    assert len({detector.kind for detector in DETECTORS}) == len(DETECTORS) >= 18
    late = Detector("late_parcel", 2, lambda case: Finding("late_parcel", 1, "", 2, "A parcel is late.", NOW))
    monkeypatch.setattr("staff.triage.detecting.DETECTORS", (late,))
    assert kinds(case()) == {"late_parcel"}
    assert Reason(kind="late_parcel").get_kind_display() == "Late parcel"


def test_looking_twice_at_the_same_case_finds_the_same():
    for text in COMPLAINTS + NO_COMPLAINTS:
        assert findings(written(text)) == findings(written(text))


@pytest.mark.parametrize("text", ["a" * 100_000, "not " * 20_000, "!?" * 30_000, "\x00\ud800 ﷽ \u202e", "🧥" * 9000])
def test_no_text_is_refused_and_none_takes_long(text):
    start = process_time()
    findings(written(text))
    suggest(written(text))
    assert process_time() - start < 2


# Tone ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Absolutely love these boots, best ever!", Tone.POSITIVE),
        ("Terrible. The zip broke and nobody answers.", Tone.NEGATIVE),
        ("The shop opens at nine.", Tone.NEUTRAL),
        ("", Tone.NEUTRAL),
    ],
)
def test_the_tone_of_a_text(text, tone):
    assert tone_of(text) == tone
    assert -1 <= score(text) <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Great, another delay. Thanks a lot.", ConversationType.RETENTION),
        ("I haven't been back since 2019.", ConversationType.REACTIVATION),
        ("Thinking of giving you guys another go.", ConversationType.REACTIVATION),
    ],
)
def test_what_is_said_between_the_lines_has_its_type(text: str, kind: str) -> None:
    assert try_text(text, words=WORDS).suggestion.type == kind


@pytest.mark.parametrize("text", ["It is raining today.", "I have the same phone and it works fine."])
def test_a_plain_remark_is_no_praise(text: str) -> None:
    assert try_text(text, words=WORDS).findings == ()
