"""Invitations at the desk: made, looked at, switched on and off, counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Status
from community.threads.publishing import set_status
from reviews.inviting.campaigns import seal_of
from reviews.inviting.figures import COLUMNS
from reviews.inviting.forecasting import forecast
from reviews.inviting.links import path_of
from reviews.inviting.planning import plan
from reviews.models import Invitation, InvitationCampaign, InvitationStop, InvitedPurchase
from tests.reviews.inviting import another_product, ask, bought, campaign
from tests.reviews.writing import fields

pytestmark = pytest.mark.django_db


def filled(**changes: Any) -> dict[str, Any]:
    """What the form of a good campaign sends."""
    good = {"name": "Autumn", "days_after": "14", "reminders": "2", "days_between": "7", "starts_at": "2026-06-01"}
    return good | changes


def page(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_from_nothing_to_the_first_mail(product: Product, manager: Member, as_: Any) -> None:
    maud = as_(manager)
    bought(product)
    long_ago = (timezone.now() - timedelta(days=100)).date().isoformat()
    made = maud.post(reverse("new_invitation_campaign"), filled(starts_at=long_ago), follow=True)
    assert "Whom it would ask" in made.content.decode() and ask() == []
    current = InvitationCampaign.objects.get()
    maud.post(reverse("switch_invitations_on", args=[current.pk]), {"seal": made.context["seal"]})
    assert len(ask()) == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("incentive", "a voucher of €5 for a 5-star review"),
        ("incentive", "€5 for every positive review"),
        ("greeting", "If you’re happy, please give us five stars!"),
        ("greeting", "If you loved it, tell the world."),
    ],
)
def test_no_campaign_asks_for_a_certain_rating(field: str, said: str, manager: Member, as_: Any) -> None:
    answer = as_(manager).post(reverse("new_invitation_campaign"), filled(**{field: said}))
    assert "asks for a certain rating" in answer.content.decode()
    assert not InvitationCampaign.objects.exists()


def test_words_that_ask_for_any_review_are_welcome(manager: Member, as_: Any) -> None:
    said = {"greeting": "Good or bad: tell others how it turned out.", "incentive": "a voucher of €5"}
    as_(manager).post(reverse("new_invitation_campaign"), filled(**said))
    assert InvitationCampaign.objects.get().incentive == "a voucher of €5"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days_after", "13"),
        ("days_after", "22"),
        ("days_after", "x"),
        ("reminders", "3"),
        ("days_between", "2"),
        ("ends_at", "2026-01-01"),
        ("starts_at", "30 February"),
        ("name", ""),
        ("greeting", "x" * 1001),
    ],
)
def test_the_rules_stand_beside_the_fields_and_hold(field: str, value: str, manager: Member, as_: Any) -> None:
    answer = as_(manager).post(reverse("new_invitation_campaign"), filled(**{field: value}))
    assert answer.status_code == 200 and answer.context["form"].errors[field]
    assert not InvitationCampaign.objects.exists()


def test_no_field_knows_of_stars(manager: Member, as_: Any) -> None:
    form = as_(manager).get(reverse("new_invitation_campaign")).context["form"]
    names = {field.name for field in InvitationCampaign._meta.get_fields()} | set(form.fields)
    words = {word for name in names for word in name.split("_")}
    assert not words & {"star", "stars", "rating", "ratings", "sentiment", "score", "happy", "satisfaction"}


def test_what_was_promised_in_a_mail_stays(product: Product, manager: Member, as_: Any) -> None:
    current = campaign(incentive="a voucher of €5")
    bought(product)
    ask()
    answer = as_(manager).post(reverse("change_invitation_campaign", args=[current.pk]), filled(incentive=""))
    assert "can’t be changed" in answer.content.decode()
    current.refresh_from_db()
    assert current.incentive == "a voucher of €5"


def test_only_what_was_looked_at_can_be_switched_on(manager: Member, as_: Any) -> None:
    current = campaign(is_active=False)
    seal = seal_of(current)
    InvitationCampaign.objects.update(reminders=0)
    on = reverse("switch_invitations_on", args=[current.pk])
    for value in (seal, "", "forged"):
        assert "has changed since" in as_(manager).post(on, {"seal": value}, follow=True).content.decode()
    assert not InvitationCampaign.objects.get().is_active


def test_switched_off_nothing_more_leaves_and_what_was_planned_is_free_again(
    product: Product, manager: Member, as_: Any
) -> None:
    current = campaign()
    bought(product)
    plan()
    for _ in range(2):
        assert as_(manager).post(reverse("switch_invitations_off", args=[current.pk])).status_code == 302
    assert ask() == [] and not Invitation.objects.exists()
    campaign(name="The next")
    assert len(ask()) == 1


def test_the_forecast_is_what_then_happens(product: Product) -> None:
    current = campaign(days_after=16, reminders=0)
    for number in range(7):
        bought(another_product(number), days=20 - number)
    bought(product, days=3, email="tom@example.com")
    bought(product, days=1, email="eve@example.com")
    foreseen = forecast(current)
    left = 0
    for day in range(14):
        with travel(timezone.now() + timedelta(days=day, hours=1), tick=False):
            left += len(ask())
    assert foreseen.mails == left == 3
    assert foreseen.asked == InvitedPurchase.objects.count() == 8


def test_the_preview_plans_nothing_and_shows_the_mails(product: Product, manager: Member, as_: Any) -> None:
    current = campaign(greeting="We knit in <small> runs.")
    bought(product)
    assert "up to 2 reminders" in page(as_(manager), "preview_invitations", current.pk)
    assert not Invitation.objects.exists()
    for nth, words in enumerate(("We knit in &lt;small&gt; runs.", "two sentences", "ask again")):
        framed = as_(manager).get(reverse("invitation_mail", args=[current.pk, nth]))
        assert words in framed.content.decode()
        assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "'unsafe-inline'" in framed.headers["Content-Security-Policy"]
    as_(manager).post(reverse("try_invitation_mail", args=[current.pk]))
    assert mail.outbox[-1].to == ["maud@example.com"]


def test_figures_by_campaign_and_star(product: Product, manager: Member, as_: Any, client: Client) -> None:
    current = campaign()
    for number in range(4):
        bought(product, email=f"ida{number}@example.com")
    ask()
    for item, stars in zip(InvitedPurchase.objects.order_by("pk"), ("1", "1", "5"), strict=False):
        Client().post(path_of(item), fields(stars=stars, body=f"Worn for {item.pk} wet winters, kept its shape."))
    set_status(InvitedPurchase.objects.first().review.thread.posts.get(), Status.REMOVED, reason="Advertising")
    found = as_(manager).get(reverse("invitation_campaign", args=[current.pk])).context["found"]
    assert [number for _, number, _ in found.numbers] == [0, 4, 0, 4, 3, 3, 2]
    assert found.stars == [(5, 1, 1, 100), (4, 0, 0, None), (3, 0, 0, None), (2, 0, 0, None), (1, 2, 1, 50)]
    lines = page(as_(manager), "invitation_figures_csv").splitlines()
    assert lines[0].split(",") == COLUMNS
    assert lines[1] == "Autumn,on,,0,4,0,4,3,3,2,1,1,0,0,0,0,0,0,2,1"


def test_the_list_costs_the_same_for_many_campaigns(manager: Member, as_: Any) -> None:
    maud = as_(manager)
    counts = []
    for numbers in (range(0), range(1), range(1, 20)):  # the first visit fills what a process remembers
        for number in numbers:
            campaign(name=f"Campaign {number}")
        with CaptureQueriesContext(connection) as queries:
            maud.get(reverse("invitations"))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_desk_leads_to_them(manager: Member, as_: Any) -> None:
    assert reverse("invitations") in page(as_(manager), "reviews_overview")


def test_a_campaign_that_sent_something_is_not_deleted(product: Product, admin: Member, as_: Any) -> None:
    current = campaign()
    bought(product)
    ask()
    answer = as_(admin).post(f"/admin/reviews/invitationcampaign/{current.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403
    for model in ("invitationcampaign", "invitation", "invitationstop"):
        assert as_(admin).get(f"/admin/reviews/{model}/").status_code == 200


def test_who_said_no_is_not_changed_into_somebody_else(admin: Member, as_: Any) -> None:
    stopped = InvitationStop.objects.create(email="no@example.com")
    page = f"/admin/reviews/invitationstop/{stopped.pk}/change/"
    assert as_(admin).get(page).status_code == 200
    assert as_(admin).post(page, {"email": "other@example.com"}).status_code == 403
