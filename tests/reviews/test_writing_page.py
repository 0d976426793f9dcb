"""The form of a review: for somebody signed in, for somebody who is not yet, and for what should not be sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from community.members.models import Member, TrustLevel
from community.products.models import Product
from community.threads.attaching import take_photo
from community.threads.drafting import read_draft, save_draft
from community.threads.models import Attachment, Draft, Status
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from reviews.models import Review
from tests.reviews.inviting import bought
from tests.reviews.writing import BODY, fields, opening_of, picture

pytestmark = pytest.mark.django_db
PATH = "/products/fell-jumper/review/"
Clients = Callable[[Member | None], Client]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def base_of(review: Review) -> dict[str, str]:
    return {"base_version": str(opening_of(review).version)}


def test_the_form_asks_for_stars_with_five_radios(as_: Clients, member: Member, product: Product) -> None:
    page = as_(member).get(PATH).content.decode()
    assert page.count('type="radio" name="stars"') == 5
    for words in ("1 star", "2 stars", "3 stars", "4 stars", "5 stars"):
        assert words in page


def test_each_choice_of_name_shows_how_it_would_read(as_: Clients, member: Member, product: Product) -> None:
    page = as_(member).get(PATH).content.decode()
    for sample in ("Mara Lind", "Mara L.", "M. L.", "A customer"):
        assert f"<span data-name>{sample}</span>" in page


def test_a_sent_review_is_published_and_shown(as_: Clients, member: Member, product: Product) -> None:
    sent = fields(
        stars="2", recommends="no", pros="Warm", cons="Arms", experience_date="2026-01-31", name_shown="first"
    )
    response = as_(member).post(PATH, sent, follow=True)
    review = Review.objects.get()
    assert response.redirect_chain == [(f"/reviews/{review.pk}/", 302)]
    assert "Your review is published" in text_of(response)
    assert review.facts() | {"experience_date": str(review.experience_date)} == {
        "stars": 2, "recommends": False, "experience_date": "2026-01-31", "pros": "Warm", "cons": "Arms",
    }  # fmt: skip
    assert review.name_shown == "first"


def test_a_held_review_says_so(as_: Clients, new_member: Member, product: Product) -> None:
    response = as_(new_member).post(PATH, fields(body=f"{BODY} Visit my casino"), follow=True)
    assert "A moderator reads your review first" in text_of(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stars": "0"}, "Choose 1 to 5 stars."),
        ({"stars": "6"}, "Choose 1 to 5 stars."),
        ({"stars": "five"}, "Choose 1 to 5 stars."),
        ({"stars": ""}, "Choose 1 to 5 stars."),
        ({"title": ""}, "Headline"),
        ({"title": "x" * 101}, "at most 100 characters"),
        ({"body": "Too short"}, "at least 20 characters"),
        ({"body": "x" * 10_001}, "at most 10000 characters"),
        ({"body": " " * 30}, "Your review"),
        ({"experience_date": str(timezone.localdate() + timedelta(days=2))}, "This day has not come yet"),
        ({"experience_date": "2026-02-30"}, "no day of the calendar"),
        ({"experience_date": "05/03/2024"}, "no day of the calendar"),
        ({"recommends": "maybe"}, "Would you recommend it?"),
        ({"name_shown": "nickname"}, "Your name on the review"),
        ({"pros": "x" * 301}, "at most 300 characters"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_the_text_stays(
    as_: Clients, member: Member, product: Product, changes: dict[str, str], sentence: str
) -> None:
    response = as_(member).post(PATH, fields(cons="Hems that curl") | changes)
    assert response.status_code == 200
    page = text_of(response)
    assert "error-summary" in page
    assert sentence in page
    assert "Hems that curl" in page
    assert not Review.objects.exists()


def test_strange_bytes_do_no_harm(as_: Clients, member: Member, product: Product) -> None:
    client = as_(member)
    body = b"stars=5&title=%FF%FE%00&body=%ff%00" + b"x" * 40 + b"&name_shown=full"
    response = client.post(PATH, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 302, 400)


def test_an_unknown_product_has_no_form(as_: Clients, member: Member) -> None:
    assert as_(member).get("/products/gone/review/").status_code == 404
    assert as_(member).post("/products/gone/review/", fields()).status_code == 404


def test_a_double_click_makes_one_review(as_: Clients, member: Member, product: Product) -> None:
    client, sent = as_(member), fields(submission_key=str(uuid4()))
    first, second = client.post(PATH, sent), client.post(PATH, sent)
    assert first.url == second.url == f"/reviews/{Review.objects.get().pk}/"


@pytest.mark.parametrize("key", ["", "not-a-uuid"])
def test_a_form_without_a_proper_key_still_works_or_says_why(
    as_: Clients, member: Member, product: Product, key: str
) -> None:
    assert as_(member).post(PATH, fields(submission_key=key)).status_code == (302 if not key else 200)


def test_too_soon_after_another_post_keeps_the_text(as_: Clients, review: Review, other_member: Member) -> None:
    cap = Product.objects.create(name="Cap", slug="cap", sku="C", category=review.product.category)
    jacket = Product.objects.create(name="Jacket", slug="jacket", sku="J", category=review.product.category)
    client = as_(other_member)
    client.post(f"/products/{cap.slug}/review/", fields())
    response = client.post(f"/products/{jacket.slug}/review/", fields(body=f"{BODY} As a jacket."))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "As a jacket." in text_of(response)


# A second visit -------------------------------------------------------------------------------------------------------


def test_a_second_visit_opens_the_change(as_: Clients, other_member: Member, review: Review) -> None:
    page = text_of(as_(other_member).get(PATH))
    assert "Change your review" in page
    assert "Warm on the hill, a bit long in the arm." in page
    assert 'value="4"' in page.partition('name="stars"')[2]


def test_a_change_is_saved_and_says_so(as_: Clients, other_member: Member, review: Review) -> None:
    response = as_(other_member).post(PATH, fields(stars="1") | base_of(review), follow=True)
    assert "Your review is changed" in text_of(response)
    assert Review.objects.get(pk=review.pk).stars == 1


def test_a_second_review_sent_from_an_old_form_becomes_a_change_after_a_look(
    as_: Clients, other_member: Member, review: Review
) -> None:
    client = as_(other_member)
    response = client.post(PATH, fields(submission_key=str(uuid4())))
    assert response.status_code == 409
    page = text_of(response)
    assert "You have reviewed this product before" in page
    assert BODY in page
    assert "Warm on the hill" in page
    assert Review.objects.get().stars == 4
    assert client.post(PATH, fields() | base_of(review)).status_code == 302
    assert Review.objects.get().stars == 5


def test_a_change_meanwhile_in_another_window_shows_both_texts(
    as_: Clients, other_member: Member, review: Review
) -> None:
    client, base = as_(other_member), base_of(review)
    client.post(PATH, fields(stars="2", body="From the first window, long enough.") | base)
    response = client.post(PATH, fields(stars="3", body="From the second window, long enough.") | base)
    assert response.status_code == 409
    assert "From the first window" in text_of(response)
    assert "From the second window" in text_of(response)
    assert Review.objects.get().stars == 2


def test_a_deleted_review_is_brought_back_by_writing_anew(as_: Clients, other_member: Member, review: Review) -> None:
    withdraw(by=other_member, post=opening_of(review))
    client = as_(other_member)
    assert "Warm on the hill" in text_of(client.get(PATH))
    client.post(PATH, fields() | base_of(review))
    assert opening_of(review).status == Status.PUBLISHED


def test_a_removed_review_can_be_mended_within_a_week(as_: Clients, other_member: Member, review: Review) -> None:
    set_status(opening_of(review), Status.REMOVED, reason="Advertising")
    client = as_(other_member)
    assert "The reason: Advertising" in text_of(client.get(PATH))
    client.post(PATH, fields() | base_of(review))
    assert opening_of(review).status == Status.HELD


def test_nobody_changes_anothers_review(as_: Clients, member: Member, review: Review) -> None:
    as_(member).post(PATH, fields(stars="1") | base_of(review))
    assert Review.objects.get(pk=review.pk).stars == 4


# Drafts and signing in ------------------------------------------------------------------------------------------------


def test_what_was_being_written_is_found_again(as_: Clients, member: Member, product: Product) -> None:
    save_draft(by=member, place=f"review:{product.pk}", fields={"title": "Half a thought", "stars": "3"})
    page = text_of(as_(member).get(PATH))
    assert "Half a thought" in page
    assert "Your text is here as you left it" in page


def test_publishing_throws_the_draft_away(as_: Clients, member: Member, product: Product) -> None:
    save_draft(by=member, place=f"review:{product.pk}", fields={"title": "Half a thought"})
    as_(member).post(PATH, fields())
    assert not Draft.objects.exists()
    assert read_draft(member, f"review:{product.pk}") == {}


def test_somebody_may_write_first_and_sign_in_then(client: Client, member: Member, product: Product) -> None:
    assert client.get(PATH).status_code == 200
    response = client.post(PATH, fields(stars="3", pros="Pockets"))
    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next={PATH}"
    assert not Review.objects.exists()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client.get(PATH))
    assert BODY in page
    assert "Pockets" in page
    client.post(PATH, fields(stars="3", pros="Pockets"))
    assert Review.objects.get().thread.author == member
    assert "Your text is here as you left it" not in text_of(client.get(PATH))


def test_who_wrote_first_and_has_a_review_already_sees_both(
    client: Client, other_member: Member, review: Review
) -> None:
    path = f"/products/{review.thread.product.slug}/review/"
    client.post(path, fields(body="It has worn through at both elbows by now."))
    client.force_login(other_member)
    page = client.get(path)
    assert page.status_code == 200
    assert "You have reviewed this product before" in text_of(page)
    assert "As it stands now" in text_of(page) and "both elbows by now" in text_of(page)


def test_the_form_of_a_deleted_review_says_what_publishing_does(
    as_: Clients, other_member: Member, review: Review
) -> None:
    withdraw(by=other_member, post=opening_of(review))
    path = f"/products/{review.thread.product.slug}/review/"
    assert "Publishing brings it back" in text_of(as_(other_member).get(path))


def test_bad_input_before_signing_in_is_refused_at_once(client: Client, product: Product) -> None:
    response = client.post(PATH, fields(stars="6"))
    assert response.status_code == 200
    assert "Choose 1 to 5 stars." in text_of(response)


# Photos ---------------------------------------------------------------------------------------------------------------


def test_photos_come_with_the_form_each_with_its_description(as_: Clients, member: Member, product: Product) -> None:
    sent = fields(photo_1=picture(), photo_1_alt="The cuff", photo_2=picture(), photo_2_alt="The hem")
    as_(member).post(PATH, sent)
    assert [photo.alt for photo in opening_of(Review.objects.get()).attachments.all()] == ["The cuff", "The hem"]


def test_photos_uploaded_while_writing_come_too(as_: Clients, member: Member, product: Product) -> None:
    photo = take_photo(by=member, upload=picture())
    as_(member).post(PATH, fields(photos=[photo.pk], **{f"alt_{photo.pk}": "The collar"}))
    assert [each.alt for each in opening_of(Review.objects.get()).attachments.all()] == ["The collar"]


def test_photos_survive_a_refusal(as_: Clients, member: Member, product: Product) -> None:
    response = as_(member).post(PATH, fields(stars="", photo_1=picture(), photo_1_alt="The cuff"))
    photo = Attachment.objects.get()
    assert f'name="photos" value="{photo.pk}"' in text_of(response)
    assert "The cuff" in text_of(response)


def test_somebody_elses_photo_is_passed_over(
    as_: Clients, member: Member, other_member: Member, product: Product
) -> None:
    foreign = take_photo(by=other_member, upload=picture(), alt="Mine")
    sent = fields(photos=[foreign.pk, 999_999, "x", "9" * 30], **{f"alt_{foreign.pk}": "Stolen"})
    assert as_(member).post(PATH, sent).status_code == 302
    foreign.refresh_from_db()
    assert (foreign.post, foreign.alt) == (None, "Mine")


def test_what_is_no_picture_is_refused_beside_its_place(as_: Clients, member: Member, product: Product) -> None:
    file = picture("virus.png")
    file.seek(0)
    file.write(b"MZ not a picture at all")
    response = as_(member).post(PATH, fields(photo_2=file))
    assert response.status_code == 200
    assert response.context["form"].errors["photo_2"][0].startswith("virus.png: ")
    assert not Review.objects.exists()


def test_a_sixth_photo_is_refused(as_: Clients, member: Member, product: Product) -> None:
    kept = [take_photo(by=member, upload=picture()).pk for _ in range(5)]
    response = as_(member).post(PATH, fields(photos=kept, photo_1=picture()))
    assert "at most 5" in text_of(response)


def test_a_new_member_may_add_one_photo(as_: Clients, new_member: Member, product: Product) -> None:
    assert new_member.trust_level == TrustLevel.NEW
    client = as_(new_member)
    assert client.get(PATH).content.count(b'name="photo_1"') == 1
    assert b"photo_2" not in client.get(PATH).content
    assert "at most 1" in text_of(client.post(PATH, fields(photo_1=picture(), photo_2=picture())))


def test_a_new_member_with_an_order_may_add_five(as_: Clients, new_member: Member, product: Product) -> None:
    bought(product, member=new_member, email=new_member.email)
    files = {f"photo_{slot}": picture() for slot in range(1, 6)}
    as_(new_member).post(PATH, fields(**files))
    assert Attachment.objects.filter(post__thread__review__isnull=False).count() == 5


def test_a_photo_can_be_left_out_when_changing(as_: Clients, member: Member, product: Product) -> None:
    client = as_(member)
    client.post(PATH, fields(photo_1=picture(), photo_2=picture()))
    review = Review.objects.get()
    first, second = opening_of(review).attachments.all()
    sent = fields(**{f"drop_{first.pk}": "on", f"alt_{second.pk}": "The hem"}) | base_of(review)
    client.post(PATH, sent)
    assert [photo.alt for photo in opening_of(review).attachments.all()] == ["The hem"]


def test_a_stranger_adds_no_photos(client: Client, product: Product) -> None:
    assert b'type="file"' not in client.get(PATH).content
    client.post(PATH, fields(photo_1=picture()))
    assert not Attachment.objects.exists()
