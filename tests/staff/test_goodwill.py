"""Codes out of a pool: brought in, given once to a customer, seen by few."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from staff.goodwill.bringing import bring_codes, look_at_codes
from staff.goodwill.giving import campaigns_for, give
from staff.models import Campaign, Conversation, Coupon, Event, Message
from staff.permissions import Refused
from tests.reviews.at_once import at_once

As = Callable[[Member | None], Client]
LIST = "Code,Worth\nFELL-2026-A,10\nFELL-2026-B,10\nFELL-2026-A,10\nno code at all!,10\n"


@pytest.fixture
def campaign(manager: Member) -> Campaign:
    made = Campaign.objects.create(name="Sorry", terms="10 € off your next order.")
    bring_codes(by=manager, campaign=made, text=LIST)
    return made


def given(by: Member, conversation: Conversation, campaign: Campaign) -> Coupon:
    said = {"body": "Please take this with our thanks.", "note": "We have written to you alone.", "type": "retention"}
    return give(by=by, conversation=conversation, campaign=campaign, because="Waited three weeks", **said).coupon


def test_a_list_is_looked_at_first(manager: Member, db: None) -> None:
    campaign = Campaign.objects.create(name="Sorry")
    looked = look_at_codes(by=manager, campaign=campaign, text=LIST)
    assert (looked.fresh, looked.twice, looked.odd) == (
        ["FELL-2026-A", "FELL-2026-B"],
        ["FELL-2026-A"],
        ["no code at all!"],
    )
    assert not Coupon.objects.exists()


def test_the_same_list_again_brings_nothing(campaign: Campaign, manager: Member) -> None:
    again = bring_codes(by=manager, campaign=campaign, text=LIST)
    assert (again.fresh, again.known, Coupon.objects.count()) == ([], ["FELL-2026-A", "FELL-2026-B"], 2)


def test_only_managers_bring_codes(responder: Member, db: None) -> None:
    with pytest.raises(PermissionDenied):
        bring_codes(by=responder, campaign=Campaign.objects.create(name="Sorry"), text=LIST)


def test_a_code_is_given_with_a_message_and_logged(
    campaign: Campaign, waiting: Conversation, responder: Member
) -> None:
    coupon = given(responder, waiting, campaign)
    assert (coupon.given_to, coupon.given_by, coupon.because) == (waiting.customer, responder, "Waited three weeks")
    assert Event.objects.filter(conversation=waiting, actor=responder, what__contains="Gave a code of “Sorry”").exists()
    assert not Event.objects.filter(what__contains=coupon.code).exists()
    assert coupon.code in mail.outbox[-1].body
    assert "10 € off" in mail.outbox[-1].alternatives[0][0]


def test_a_customer_gets_one_of_a_campaign(campaign: Campaign, waiting: Conversation, responder: Member) -> None:
    first = given(responder, waiting, campaign)
    assert given(responder, waiting, campaign) == first
    assert (Coupon.objects.given().count(), Message.objects.count()) == (1, 1)
    assert campaigns_for(waiting) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_one(campaign: Campaign, waiting: Conversation, responder: Member, tmp_path: Path) -> None:
    coupons = at_once(tmp_path, [partial(given, responder, waiting, campaign)] * 2)
    assert coupons[0] == coupons[1]
    assert at_once(tmp_path, [Coupon.objects.given().count, Message.objects.count]) == [1, 1]


def test_an_empty_pool_says_so(campaign: Campaign, waiting: Conversation, responder: Member) -> None:
    Coupon.objects.all().delete()
    with pytest.raises(Refused, match="no codes left"):
        given(responder, waiting, campaign)
    assert not Message.objects.exists()


def test_a_code_is_seen_by_its_customer_alone_and_whoever_may_give_it(
    campaign: Campaign, waiting: Conversation, responder: Member, analyst: Member, manager: Member, as_: As
) -> None:
    coupon = given(responder, waiting, campaign)
    assert coupon.code in as_(waiting.customer).get(f"/messages/{waiting.pk}/").content.decode()
    assert coupon.code in as_(manager).get(f"/staff/goodwill/{campaign.pk}/").content.decode()
    for reader, address in (
        (analyst, waiting.get_absolute_url()),
        (None, waiting.thread.get_absolute_url()),
        (responder, waiting.thread.get_absolute_url()),
    ):
        assert coupon.code not in as_(reader).get(address).content.decode()
    assert as_(analyst).get(f"/staff/goodwill/{campaign.pk}/").status_code == 403


def test_a_manager_sees_who_gave_what_to_whom_and_why(
    campaign: Campaign, waiting: Conversation, responder: Member, manager: Member, as_: As
) -> None:
    given(responder, waiting, campaign)
    page = as_(manager).get(f"/staff/goodwill/{campaign.pk}/").content.decode()
    for words in ("Rhea", "Mara Lind", "Waited three weeks", "Running low"):
        assert words in page


def test_codes_are_pasted_looked_at_and_brought_in(manager: Member, as_: As) -> None:
    client = as_(manager)
    made = client.post("/staff/goodwill/new/", {"name": "Thanks", "terms": "", "is_on": "on"})
    looked = client.post(f"{made['Location']}codes/", {"codes": "AB-1\nAB-2\nAB-1", "act": "look"})
    assert "This list holds 2 new codes" in looked.content.decode()
    client.post(f"{made['Location']}codes/", {"codes": looked.context["codes_form"]["codes"].value(), "act": "bring"})
    assert Coupon.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_any_spreadsheet_saves_it(
    campaign: Campaign, manager: Member, as_: As, encoding: str
) -> None:
    file = SimpleUploadedFile("codes.csv", "Für wen,code\nMéabh,NEW-1\n".encode(encoding))
    response = as_(manager).post(reverse("bring_codes", args=[campaign.pk]), {"file": file, "act": "look"})
    assert response.context["looked"].fresh == ["NEW-1"]


def test_a_file_that_is_no_text_is_refused_with_a_sentence(campaign: Campaign, manager: Member, as_: As) -> None:
    file = SimpleUploadedFile("codes.xlsx", b"PK\x03\x04\x81\x8d\x00\xff")
    response = as_(manager).post(reverse("bring_codes", args=[campaign.pk]), {"file": file, "act": "look"})
    assert "Save the table as CSV" in response.content.decode()
    assert response.context["looked"] is None


def test_an_agent_gives_a_code_from_the_conversation(
    campaign: Campaign, waiting: Conversation, responder: Member, as_: As
) -> None:
    address = f"/staff/conversations/{waiting.pk}/code/"
    form = as_(responder).get(address).context["form"]
    names = ("body", "note", "seen", "submission_key")
    data = {f"alone-{name}": form[name].value() or "" for name in names}
    data |= {"alone-campaign": campaign.pk, "alone-type": "retention", "alone-because": "Late"}
    assert as_(responder).post(address, data).status_code == 302
    assert Coupon.objects.given().get().because == "Late"
