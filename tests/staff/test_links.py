"""The helpful link: where it leads, who counts as having opened it, and what that shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from community.threads.models import Post
from community.threads.publishing import set_status
from staff.linking import prepare_link, with_link
from staff.models import HelpfulLink, LinkOpening, Outcome
from staff.outcomes.opening import note_opening
from staff.replying import reply

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"


@pytest.fixture
def link(waiting, responder) -> HelpfulLink:
    sent = reply(
        by=responder,
        conversation=waiting,
        body="Cold water, wool soap.",
        type="retention",
        link_url="https://example.com/wool?care=1",
        link_need="how to wash wool",
        submission_key=uuid4(),
    )
    return sent.post.helpful_link


def open_link(client, link: HelpfulLink, agent: str = BROWSER, method: str = "get", **headers: str):
    headers = {name.replace("_", "-"): value for name, value in headers.items()} | {"User-Agent": agent}
    return getattr(client, method)(f"/go/{link.token}/", headers=headers)


def test_the_link_stands_in_the_reply_and_leads_to_its_stored_address(link, as_):
    assert f'href="/go/{link.token}/"' in as_(None).get(link.post.thread.get_absolute_url()).content.decode()
    response = open_link(as_(None), link)
    assert (response.status_code, response.url) == (302, "https://example.com/wool?care=1")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/go/nothing/", "/go/https%3A%2F%2Fevil.example/", "/go/..%2F/"])
def test_it_leads_nowhere_else(link, as_, address):
    assert as_(None).get(address).status_code == 404


def test_no_parameter_changes_where_it_leads(link, as_):
    response = as_(None).get(f"/go/{link.token}/?url=https://evil.example&next=//evil.example")
    assert response.url == "https://example.com/wool?care=1"


def test_the_askers_opening_is_evidence_whose_effect_is_not_known(link, as_, member):
    open_link(as_(member), link)
    opening, outcome = LinkOpening.objects.get(), Outcome.objects.get()
    assert (opening.is_asker, opening.member) == (True, member)
    assert (outcome.evidence, outcome.effect, outcome.post_id) == ("link_opened", "unknown", link.post_id)


def test_others_openings_are_counted_apart(link, as_, other_member):
    open_link(as_(other_member), link)
    open_link(as_(None), link)
    assert list(LinkOpening.objects.values_list("is_asker", flat=True)) == [False, False]
    assert not Outcome.objects.exists()


def test_one_person_counts_once_in_24_hours(link, as_, other_member):
    for _ in range(3):
        open_link(as_(None), link)
        open_link(as_(other_member), link)
    assert LinkOpening.objects.count() == 2


def test_a_stranger_who_returns_after_midnight_is_still_the_same_person(link, as_):
    with time_machine.travel("2027-03-01 23:50:00+00:00", tick=False):
        open_link(as_(None), link)
    with time_machine.travel("2027-03-02 00:10:00+00:00", tick=False):
        open_link(as_(None), link)
    assert LinkOpening.objects.count() == 1
    with time_machine.travel("2027-03-03 00:10:00+00:00", tick=False):
        open_link(as_(None), link)
    assert LinkOpening.objects.count() == 2


def test_no_address_of_a_stranger_is_kept(link, as_):
    open_link(as_(None), link)
    assert "127.0.0.1" not in str(LinkOpening.objects.values().get())


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Purpose": "prefetch"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X_Moz": "prefetch"},
        {"X_Purpose": "preview"},
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
        {"agent": "facebookexternalhit/1.1"},
        {"agent": "curl/8.5.0"},
        {"agent": "python-requests/2.32"},
        {"agent": ""},
        {"method": "head"},
    ],
)
def test_prefetching_robots_and_head_are_led_on_but_not_counted(link, as_, member, headers):
    assert open_link(as_(member), link, **headers).status_code == 302
    assert not LinkOpening.objects.exists()


def test_staff_are_not_counted(link, as_, responder, admin):
    open_link(as_(responder), link)
    open_link(as_(admin), link)
    assert not LinkOpening.objects.exists()


KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
ORDINARY = [
    BROWSER,
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {KIT} Version/18.0 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 14; SM-S918B) {KIT} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
]


@pytest.mark.parametrize("agent", ORDINARY)
def test_people_with_ordinary_browsers_are_counted(link, as_, agent):
    open_link(as_(None), link, agent)
    assert LinkOpening.objects.count() == 1


def test_a_link_of_a_removed_reply_leads_nowhere(link, as_):
    set_status(Post.objects.get(pk=link.post_id), "removed")
    assert open_link(as_(None), link).status_code == 404


def test_an_opening_counted_late_has_the_time_at_which_it_happened(link, member):
    then = timezone.now() - timedelta(hours=5)
    note_opening(link_id=link.pk, member_id=member.pk, marks=[f"member:{member.pk}"], at=then)
    assert LinkOpening.objects.get().opened_at == then
    assert not note_opening(link_id=404, member_id=None, marks=["x"], at=then)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example",
        "ftp://example.com/a",
        "https://brand.example@evil.example/",
        "data:text/html,x",
        "wool",
    ],
)
def test_unsafe_addresses_are_refused(address):
    with pytest.raises(Exception, match=r"whole address|misleads"):
        prepare_link(address, "how to wash")


def test_a_page_of_ours_may_be_named_by_its_path(settings):
    assert prepare_link("/questions/", "more answers").url == f"{settings.SITE_URL}/questions/"


def test_the_words_of_a_link_can_not_break_out_of_it():
    link = prepare_link("https://example.com/", "wash](https://evil.example) [wool")
    assert with_link("Hello.", link).endswith(rf"**Helpful:** [wash\](https://evil.example) \[wool](/go/{link.token}/)")
