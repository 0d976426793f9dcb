"""Links of invitations: they work without an account, once, for the right person, and say kindly when they don't."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.signing import dumps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from community.members.models import Member, TrustLevel
from community.products.models import Product, Purchase
from community.threads.models import Attachment, Post, Status
from community.threads.publishing import set_status
from reviews.inviting.links import path_of, written_path
from reviews.inviting.stopping import is_stopped
from reviews.models import Invitation, InvitedPurchase, Review
from reviews.tasks import tell_of_written
from tests.reviews.inviting import another_product, ask, bought, campaign, link_to, links_in
from tests.reviews.writing import BODY, fields, picture, write

pytestmark = pytest.mark.django_db


def send(client: Client, link: str, **changes: Any) -> Any:
    return client.post(link, fields(**changes))


def test_opening_a_link_changes_nothing(product: Product, client: Client) -> None:
    link = link_to(product)
    members, items = Member.objects.count(), list(InvitedPurchase.objects.values())
    assert client.get(link).status_code == 200
    assert Member.objects.count() == members and list(InvitedPurchase.objects.values()) == items
    assert client.get(link).headers["X-Robots-Tag"] == "noindex"


def test_a_stranger_to_us_reviews_without_an_account(product: Product, client: Client) -> None:
    link = link_to(product)
    assert client.get(link).context["form"]["name_shown"].value() == "first"
    assert send(client, link, stars="2", name_shown="first").status_code == 302
    review = Review.objects.get()
    assert (review.stars, review.is_verified, review.shown_name) == (2, True, "Ida B.")
    assert review.thread.status == Status.PUBLISHED
    assert review.purchase == Purchase.objects.get()
    assert "_auth_user_id" not in client.session
    item = InvitedPurchase.objects.get()
    assert item.used_at and item.opened_at and item.review == review


def test_the_account_made_for_it_is_its_owners_by_a_code(product: Product, client: Client) -> None:
    send(client, link_to(product))
    author = Review.objects.get().thread.author
    assert not author.has_usable_password() and author.last_login is None
    assert "ida" not in author.username
    address = EmailAddress.objects.get(user=author)
    assert (address.email, address.verified, address.primary) == ("ida@example.com", True, True)
    assert Purchase.objects.get().member == author
    client.post(reverse("account_reset_password"), {"email": "ida@example.com"})
    assert mail.outbox[-1].to == ["ida@example.com"]


def test_nobody_finds_the_buyers_name_but_as_they_chose(
    product: Product, client: Client, as_: Any, member: Member
) -> None:
    send(client, link_to(product), name_shown="first")
    mara = as_(member)
    assert mara.get(reverse("mention_choices"), {"q": "ida"}).json() == {"choices": []}
    for page in (reverse("members"), product.get_absolute_url(), Review.objects.get().thread.get_absolute_url()):
        assert "Berg" not in mara.get(page).content.decode()


def test_a_form_sent_with_a_mistake_makes_no_account_and_keeps_the_text(product: Product, client: Client) -> None:
    link = link_to(product)
    page = send(client, link, stars="")
    assert page.status_code == 200 and BODY in page.content.decode()
    assert not Member.objects.exists() and not Review.objects.exists()


@pytest.mark.parametrize("stars", ["0", "6", "five", "-1", "4.5"])
def test_no_other_stars_than_one_to_five(stars: str, product: Product, client: Client) -> None:
    assert send(client, link_to(product), stars=stars).status_code == 200
    assert not Review.objects.exists()


def test_what_is_typed_without_an_account_is_kept_by_the_browser(product: Product, client: Client) -> None:
    assert f'data-unsent="review:{product.pk}"' in client.get(link_to(product)).content.decode()


def test_photos_come_with_it_without_an_account(product: Product, client: Client) -> None:
    link = link_to(product)
    send(client, link, photo_1=picture(), photo_1_alt="The green jumper")
    assert Attachment.objects.get().post == Post.objects.get(thread=Review.objects.get().pk)


def test_who_has_proven_the_address_is_the_author(product: Product, client: Client, member: Member) -> None:
    link = link_to(product, email="Mara@example.com")
    send(client, link)
    assert Review.objects.get().thread.author == member
    assert "_auth_user_id" not in client.session


def test_the_owner_signed_in_writes_as_themselves(product: Product, as_: Any, member: Member) -> None:
    link = link_to(product, email="mara@example.com")
    assert send(as_(member), link).status_code == 302
    assert Review.objects.get().thread.author == member


def test_nothing_is_published_under_the_wrong_name(product: Product, as_: Any, other_member: Member) -> None:
    link = link_to(product)
    client = as_(other_member)
    assert "Who is writing?" in client.get(link).content.decode()
    page = send(client, link)
    assert page.status_code == 409 and not Review.objects.exists()
    assert BODY in client.get(f"{link}?as=invited").content.decode()
    assert BODY in client.get(reverse("write_review", args=[product.slug])).content.decode()
    assert send(client, f"{link}?as=invited").status_code == 302
    assert Review.objects.get().thread.author not in (other_member, None)


def test_an_unconfirmed_account_becomes_its_owners(product: Product, client: Client) -> None:
    squatter = Member.objects.create_user("squatter", email="ida@example.com", password="a-good-long-password")
    EmailAddress.objects.create(user=squatter, email="ida@example.com", verified=False, primary=True)
    send(client, link_to(product))
    author = Review.objects.get().thread.author
    assert author.pk == squatter.pk and author.username != "squatter" and not author.has_usable_password()


def test_an_unproven_account_in_use_has_to_sign_in(product: Product, client: Client) -> None:
    Member.objects.create_user("used", email="ida@example.com", last_login=timezone.now())
    page = send(client, link_to(product))
    assert page.status_code == 409 and BODY in page.content.decode()
    assert not Review.objects.exists()


def test_a_used_link_says_thank_you_and_leads_on(product: Product, client: Client) -> None:
    campaign()
    bought(another_product())
    link = link_to(product)
    send(client, link)
    page = client.get(link).content.decode()
    assert "Thank you for your review" in page and "Review the Scarf 1" in page
    again = send(client, link, body="Something else entirely, about the same jumper.", stars="1")
    assert again.status_code == 409 and "Something else entirely" in again.content.decode()
    assert Review.objects.get().stars == 5


def test_a_double_click_is_one_review_and_no_error(product: Product, client: Client) -> None:
    link = link_to(product)
    key = {"submission_key": "6d4f2a5e-6a1b-4c3d-8e9f-000000000001"}
    assert [send(client, link, **key).status_code for _ in range(2)] == [302, 302]
    assert Review.objects.count() == Member.objects.count() == 1


@pytest.mark.parametrize(("days", "status"), [(44.9, 200), (45.1, 410)])
def test_a_link_holds_for_45_days(days: float, status: int, product: Product, client: Client) -> None:
    link = link_to(product)
    with travel(timezone.now() + timedelta(days=days), tick=False):
        page = client.get(link)
        assert page.status_code == status
        sent = send(client, link)
        assert sent.status_code == (302 if status == 200 else 409)
        if status == 410:
            assert BODY in sent.content.decode()
            assert BODY in client.get(reverse("write_review", args=[product.slug])).content.decode()


FORGED = ["x", "a:b:c", dumps(1, salt="other"), dumps([1], salt="reviews.invited")]


@pytest.mark.parametrize("token", FORGED, ids=["a letter", "three parts", "another salt", "a list"])
def test_a_forged_link_is_none(token: str, product: Product, client: Client) -> None:
    link_to(product)
    for page in (client.get(f"/invited/{token}/"), send(client, f"/invited/{token}/")):
        assert page.status_code in (404, 410) and "Fell Jumper" not in page.content.decode()
    assert BODY in send(client, f"/invited/{token}/").content.decode()
    assert client.get(f"/invited/stop/{token}/").status_code == 404
    assert client.get(f"/invited/written/{token}/").status_code == 404


def test_a_link_whose_order_is_gone_says_so(product: Product, client: Client) -> None:
    link = link_to(product)
    Purchase.objects.all().delete()
    assert client.get(link).status_code == 410
    assert BODY in send(client, link).content.decode()


def test_an_order_called_off_is_not_asked_about(product: Product, client: Client) -> None:
    link = link_to(product)
    Purchase.objects.update(refunded_at=timezone.now(), fulfilled_at=None)
    assert client.get(link).status_code == 410
    assert send(client, link).status_code == 409


def test_who_gave_it_back_after_trying_may_still_say_why(product: Product, client: Client) -> None:
    """Those who are unhappy give things back: to close their link would be to leave out low stars."""
    link = link_to(product)
    Purchase.objects.update(refunded_at=timezone.now())
    assert send(client, link, stars="1").status_code == 302
    assert Review.objects.get().stars == 1


def test_a_product_reviewed_meanwhile(product: Product, client: Client, member: Member) -> None:
    link = link_to(product, email="mara@example.com")
    write(member, product)
    InvitedPurchase.objects.update(used_at=None, review=None)
    page = client.get(link)
    assert page.status_code == 200 and "reviewed this already" in page.content.decode()
    assert send(client, link, body="Written twice, in other words than before.").status_code == 409


def test_a_product_no_longer_sold_can_still_be_reviewed_by_who_was_asked(product: Product, client: Client) -> None:
    link = link_to(product)
    Product.objects.update(is_discontinued=True)
    assert send(client, link).status_code == 302


def test_a_closed_account_publishes_nothing(product: Product, client: Client, member: Member) -> None:
    link = link_to(product, email="mara@example.com")
    Member.objects.update(is_active=False)
    assert client.get(link).status_code == 410
    assert send(client, link).status_code == 409 and not Review.objects.exists()


@pytest.mark.parametrize("stars", ["1", "5"])
def test_the_label_comes_from_the_campaign_alone(stars: str, product: Product, client: Client) -> None:
    campaign(incentive="a voucher of €5")
    send(client, link_to(product), stars=stars, is_incentivised="", campaign="")
    review = Review.objects.get()
    assert review.is_incentivised and review.campaign and review.campaign.incentive == "a voucher of €5"


def test_opened_is_told_by_the_page_and_not_by_scanners(product: Product, client: Client) -> None:
    link = link_to(product)
    client.get(link)
    client.post(f"{link}opened/", headers={"user-agent": "Barracuda Link Scanner"})
    assert InvitedPurchase.objects.get().opened_at is None
    assert client.get(f"{link}opened/").status_code == 405
    browser = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}
    assert client.post(f"{link}opened/", headers=browser).status_code == 204
    assert InvitedPurchase.objects.get().opened_at and Invitation.objects.get().opened_at


def test_its_mailbox_hears_of_it_and_can_delete_it(product: Product, client: Client) -> None:
    link = link_to(product)
    send(client, link, stars="3")
    letter = mail.outbox[-1]
    assert not tell_of_written(InvitedPurchase.objects.get().pk) and mail.outbox[-1] is letter
    assert letter.to == ["ida@example.com"] and "Nobody has a password" in letter.body
    path = links_in(letter, "/invited/written/")[0]
    assert "Kept its shape" in client.get(path).content.decode()
    assert Review.objects.get().thread.status == Status.PUBLISHED
    client.post(path, {"what": "review"})
    assert Review.objects.get().thread.status == Status.WITHDRAWN
    assert client.post(path, {"what": "review"}).status_code == 302


def test_all_that_is_known_of_them_can_be_deleted(product: Product, client: Client) -> None:
    send(client, link_to(product))
    path = written_path(Review.objects.get())
    client.post(path, {"what": "all"})
    author = Review.objects.get().thread.author
    assert (author.name, author.is_active) == ("Deleted member", False)
    assert "Everything about you is deleted" in client.get(path).content.decode()
    assert is_stopped("ida@example.com", None) and ask() == []
    for model, field in ((Member, "email"), (EmailAddress, "email"), (Invitation, "email"), (Member, "display_name")):
        assert not model.objects.filter(**{f"{field}__icontains": "ida"}).exists()
    assert client.post(path, {"what": "all"}).status_code == 302


def test_an_account_in_use_is_not_deleted_from_a_mail(product: Product, client: Client, member: Member) -> None:
    send(client, link_to(product, email="mara@example.com"))
    client.post(written_path(Review.objects.get()), {"what": "all"})
    member.refresh_from_db()
    assert member.is_active and Review.objects.get().thread.status == Status.WITHDRAWN


def test_what_a_moderator_removed_stays_removed(product: Product, client: Client) -> None:
    send(client, link_to(product))
    review = Review.objects.get()
    set_status(review.thread.posts.get(), Status.REMOVED, reason="Advertising")
    path = written_path(review)
    assert "Advertising" in client.get(path).content.decode()
    client.post(path, {"what": "review"})
    assert Review.objects.get().thread.status == Status.REMOVED


def test_a_link_to_stop_shows_first_acts_on_post_and_can_be_undone(product: Product, client: Client) -> None:
    link_to(product)
    path = links_in(mail.outbox[-1], "/invited/stop/")[0]
    client.get(path)
    assert not is_stopped("ida@example.com", None)
    client.post(path)
    client.post(path)
    assert is_stopped("ida@example.com", None) and Invitation.objects.get().state == "ended"
    assert "i…@example.com" in client.get(path).content.decode()
    client.post(path, {"again": "1"})
    assert not is_stopped("ida@example.com", None)


def test_the_same_rates_and_screening_hold(product: Product, client: Client, other_member: Member) -> None:
    Member.objects.filter(pk=other_member.pk).update(trust_level=TrustLevel.NEW)
    link = link_to(product)
    page = send(client, link, body="The best casino bonus, click here: https://spam.example. It is a jumper, too.")
    assert page.status_code == 302
    assert Review.objects.get().thread.status == Status.HELD
    assert "moderator reads it first" in client.get(link).content.decode()


def test_items_of_one_mail_lead_to_different_products(product: Product, client: Client) -> None:
    campaign()
    bought(product)
    bought(another_product())
    ask()
    pages = [client.get(path_of(item)).content.decode() for item in InvitedPurchase.objects.all()]
    assert "Fell Jumper" in pages[0] and "Scarf 1" in pages[1]


def test_a_shops_name_for_its_buyer_is_tidied_like_one_typed_here(product: Product, client: Client) -> None:
    send(client, link_to(product, name="Ida\u202e gre\u200bB" + "\u0301" * 50), name_shown="full")
    name = Review.objects.get().thread.author.display_name
    assert "\u202e" not in name and "\u200b" not in name and name.count("\u0301") <= 4


def test_who_has_only_the_link_sees_no_photo_that_its_receiver_has_not_posted(
    product: Product, client: Client, photo: Attachment
) -> None:
    link = link_to(product, email="mara@example.com")
    page = send(client, link, stars="", photos=[str(photo.pk)], **{f"alt_{photo.pk}": "Mine now"})
    assert photo.small.url not in page.content.decode()
    send(client, reverse("write_review", args=[product.slug]), photos=[str(photo.pk)])  # kept over a sign-in
    assert photo.small.url not in client.get(link).content.decode()
    send(client, link, photos=[str(photo.pk)])
    photo.refresh_from_db()
    assert Review.objects.exists() and photo.post is None and photo.alt == "A teal jumper"


def test_a_photo_sent_with_a_mistake_is_there_when_the_form_comes_back(
    product: Product, client: Client, member: Member
) -> None:
    link = link_to(product, email="mara@example.com")
    page = send(client, link, stars="", photo_1=picture(), photo_1_alt="The green jumper")
    taken = Attachment.objects.get()
    assert taken.small.url in page.content.decode()
    send(client, link, photos=[str(taken.pk)])
    taken.refresh_from_db()
    assert taken.post == Post.objects.get(thread=Review.objects.get().pk)
