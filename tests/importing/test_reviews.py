"""Reviews from other apps: each format as it is exported, idempotent, honest, and without anybody's address."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from community.importing.authors import DOMAIN
from community.importing.handing_over import claim_authors
from community.importing.models import AwaitedPhoto, ImportRun
from community.importing.rows.reporting import report_rows
from community.importing.rows.starting import row_run
from community.importing.running import go_on, start
from community.members.models import Member
from community.notifications.models import Notification
from community.products.models import Product, ProductCategory, Purchase
from community.threads.models import Post, Status, Thread
from community.threads.withdrawing import withdraw
from reviews.models import InsiderDomain, RatingSummary, Review, ReviewRecord
from reviews.reviewing import write_review
from reviews.verifying import verify_purchases
from staff.models import Conversation
from tests.conftest import make_member
from tests.importing.review_samples import (
    JUDGE_ME,
    LOOX,
    OKENDO,
    OKENDO_DOCUMENTED,
    SAMPLES,
    SHOPIFY,
    WOO,
    YOTPO,
    judge_me,
)

BringReviews = Callable[..., ImportRun]


@pytest.fixture
def bring(db: None, settings: Any, tmp_path: Path) -> BringReviews:
    """bring(table, source=…, is_dry_run=…, **options) → the finished run."""
    settings.VAR_DIR = tmp_path / "var"

    def bring_it(table: str | bytes, *, source: str = "Old app", is_dry_run: bool = False, **options: Any) -> ImportRun:
        path = tmp_path / "reviews.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        run = row_run(
            subject="reviews", path=path, file_name=path.name, source=source, options=options, is_dry_run=is_dry_run,
            by=None,
        )  # fmt: skip
        start(run)
        go_on(run)
        assert run.state == ImportRun.State.FINISHED, run.problem
        return run

    return bring_it


def report(run: ImportRun) -> list[tuple[int, str]]:
    return list(report_rows(run))


def the_review() -> Review:
    return Review.objects.select_related("thread__author", "thread__product").get()


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_is_known_by_its_first_line_and_counted_exactly(bring: BringReviews, product: Product, name: str):
    table, come, left_out = SAMPLES[name]
    trial, run, again = bring(table, is_dry_run=True), bring(table), bring(table)
    assert run.file_format == trial.file_format == name
    assert (trial.counts.get("added", 0), trial.counts.get("skipped", 0)) == (come, left_out)
    assert (run.counts.get("added", 0), run.counts.get("skipped", 0)) == (come, left_out)
    assert run.counts["members"] == trial.counts["members"]
    assert (again.counts.get("added", 0), again.counts.get("known")) == (0, come)
    assert Review.objects.count() == come and not run.counts.get("refused")


def test_a_dry_run_leaves_nothing_behind(bring: BringReviews, product: Product) -> None:
    members = Member.objects.count()
    bring(JUDGE_ME + judge_me(reply="Thank you"), is_dry_run=True)
    assert not Thread.objects.exists() and Member.objects.count() == members and not AwaitedPhoto.objects.exists()


def test_what_a_review_says_arrives(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me())
    review = the_review()
    opening = review.thread.posts.get(kind="opening")
    assert (review.stars, review.thread.title, review.shown_name) == (5, "Warm", "Aïcha Tanaka")
    assert 'Warm, and "light".<br' in opening.body_html and opening.source == Post.Source.IMPORT
    assert review.thread.created_at == datetime(2023, 9, 21, 14, tzinfo=UTC)
    assert review.imported_from == "Old app" and review.published_at >= timezone.now() - timedelta(minutes=1)


def test_the_average_counts_them_and_searches_find_them(bring: BringReviews, product: Product, client: Client) -> None:
    lines = [judge_me(rating=str(n), email=f"r{n}@example.com", body=f"Quokka number {n} said so") for n in range(1, 6)]
    bring(JUDGE_ME + "".join(lines))
    summary = RatingSummary.objects.get(product=product)
    assert (summary.count, summary.mean, summary.stars_1, summary.stars_5) == (5, 3.0, 1, 1)
    for address in (f"{product.get_absolute_url()}?q=quokka", "/search/?q=quokka"):
        assert "number 3 said so" in client.get(address).content.decode()


def test_nobody_is_told_and_the_desk_has_no_new_work(bring: BringReviews, product: Product, manager: Member) -> None:
    bring(JUDGE_ME + judge_me(rating="1", body="Broken and torn, I want my money back now!"))
    assert not mail.outbox and not Notification.objects.exists() and not Conversation.objects.exists()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"rating": "12"}, "bad_rating"), ({"rating": "0"}, "bad_rating"), ({"rating": "4.5"}, "bad_rating"),
        ({"rating": "five"}, "bad_rating"), ({"rating": "-1"}, "bad_rating"), ({"rating": ""}, "no_rating"),
        ({"rating": "５"}, "bad_rating"), ({"date": "05/03/2024"}, "ambiguous_date"), ({"date": ""}, "no_date"),
        ({"date": "30/02/2024"}, "bad_date"), ({"date": "2024-02-30"}, "bad_date"),
        ({"date": "2099-01-01"}, "future_date"), ({"date": "yesterday"}, "bad_date"),
        ({"handle": "no-such-thing"}, "unknown_product"), ({"curated": "odd"}, "unknown_state"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_by_its_number_and_the_rest_comes(
    bring: BringReviews, product: Product, cells: dict[str, str], code: str
) -> None:
    run = bring(JUDGE_ME + judge_me(email="one@example.com") + judge_me(**cells) + judge_me(email="two@example.com"))
    assert report(run) == [(4, code)] and run.counts.get("added", 0) == 2


def test_the_report_and_the_log_hold_no_personal_data(bring: BringReviews, product: Product) -> None:
    run = bring(JUDGE_ME + judge_me(rating="12") + judge_me(date="05/03/2024") + judge_me())
    said = str(report(run)) + str(list(ReviewRecord.objects.values_list("evidence", "reason")))
    assert not re.search("aicha|tanaka|@", said, re.IGNORECASE)


def test_a_day_first_file_says_so_itself_or_is_told(bring: BringReviews, product: Product) -> None:
    line = judge_me(date="05/03/2024")
    assert report(bring(JUDGE_ME + line)) == [(2, "ambiguous_date")]
    assert bring(JUDGE_ME + line, date_order="dmy").counts["added"] == 1
    assert the_review().thread.created_at.date().isoformat() == "2024-03-05"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_crlf_byte_order_marks_and_tabs_are_read(bring: BringReviews, product: Product, encoding: str) -> None:
    table = (SHOPIFY.replace(",,", ", ,")).replace("\n", "\r\n").replace(",", "\t")
    run = bring(table.encode(encoding))
    assert run.counts.get("added", 0) == 1 and the_review().shown_name == "Aïcha T."


def test_what_was_not_public_there_is_left_out_for_its_state_whatever_its_stars(
    bring: BringReviews, product: Product
) -> None:
    lines = [judge_me(curated="spam", rating=str(n), email=f"r{n}@example.com") for n in range(1, 6)]
    run = bring(JUDGE_ME + "".join(lines))
    assert {code for _, code in report(run)} == {"state_spam"} and run.counts["skipped"] == 5
    assert not Review.objects.exists()


def test_a_second_review_of_one_address_and_product_is_refused(bring: BringReviews, product: Product) -> None:
    run = bring(JUDGE_ME + judge_me() + judge_me(email="AICHA@example.com", title="Once more"))
    assert report(run) == [(4, "duplicate")] and Review.objects.count() == 1


def test_another_app_brings_no_second_review_of_the_same_customer(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me())
    run = bring(LOOX, source="Loox")
    assert report(run) == [(2, "second_review"), (3, "state_unpublished")] and run.counts.get("added", 0) == 1


def test_who_reviewed_it_here_keeps_that_review(bring: BringReviews, review: Review) -> None:
    run = bring(JUDGE_ME + judge_me(email="Tomas@example.com", rating="1"))
    assert report(run) == [(2, "second_review")] and the_review().stars == 4


def test_a_review_of_who_has_an_account_is_theirs_under_no_longer_a_name(
    bring: BringReviews, product: Product, member: Member
) -> None:
    bring(JUDGE_ME + judge_me(email="mara@example.com", name="Mara L."))
    review = the_review()
    assert review.thread.author == member and review.shown_name == "Mara L." and not review.is_named


def test_a_second_import_changes_nothing_after_an_edit_or_a_deletion_here(bring: BringReviews, product: Product):
    table = JUDGE_ME + judge_me() + judge_me(email="two@example.com")
    bring(table)
    kept, dropped = Review.objects.order_by("pk")
    Thread.objects.filter(pk=kept.pk).update(title="Mended here")
    withdraw(by=dropped.thread.author, post=dropped.thread.posts.get(kind="opening"))
    run = bring(table.replace("Two winters", "Three winters"))
    assert (run.counts.get("added", 0), run.counts["known"]) == (0, 2) and Review.objects.count() == 2
    assert Thread.objects.get(pk=kept.pk).title == "Mended here"
    assert Thread.objects.get(pk=dropped.pk).status == Status.WITHDRAWN
    assert {code for _, code in report(run)} == {"changed_there"}


def test_authors_without_an_address_are_told_apart_and_come_once(bring: BringReviews, product: Product) -> None:
    table = JUDGE_ME + judge_me(email="", name="Anna") + judge_me(email="", name="Anna", body="Another Anna says so.")
    assert bring(table).counts["added"] == 2 and bring(table).counts["known"] == 2
    assert Member.objects.filter(is_unclaimed=True).count() == 2


@pytest.mark.parametrize("name", ["", "Anonymous", "bo@example.com"])
def test_nobodys_name_and_an_address_for_a_name_are_shown_as_a_customer(
    bring: BringReviews, product: Product, name: str
) -> None:
    bring(JUDGE_ME + judge_me(name=name))
    assert the_review().shown_name == "A customer"


def test_no_page_says_an_address(bring: BringReviews, product: Product, client: Client) -> None:
    bring(JUDGE_ME + judge_me(name="aicha@example.com", reply="Thank you", body="Nice enough, it is warm."))
    author = the_review().thread.author
    assert author.email.endswith(DOMAIN) and "aicha" not in author.username
    for address in (product.get_absolute_url(), the_review().thread.get_absolute_url()):
        assert "aicha@" not in client.get(address).content.decode()


def test_a_name_that_would_pass_for_the_company_is_not_taken_over(
    bring: BringReviews, product: Product, manager: Member
) -> None:
    bring(JUDGE_ME + judge_me(name="Customer Support"))
    assert "upport" not in the_review().shown_name


def test_who_proves_the_address_gets_the_review(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me())
    owner = make_member("aicha", display_name="Aïcha Whatever Tanaka")
    assert claim_authors(address="aicha@example.com") == 1
    assert the_review().thread.author == owner and the_review().shown_name == "A. T."


def test_who_proves_the_address_and_has_reviewed_it_here_keeps_what_they_wrote_here(
    bring: BringReviews, product: Product
) -> None:
    bring(JUDGE_ME + judge_me(rating="1"))
    owner = make_member("nora", email="nora@example.com")
    write_review(by=owner, product=product, stars=5, title="Good", body="Warm on the hill, and light as well.")
    make_address = owner.emailaddress_set.create(email="aicha@example.com", verified=True)
    assert claim_authors(address=make_address.email) == 1
    kept, aside = Review.objects.order_by("-stars")
    assert (kept.thread.status, aside.thread.status) == (Status.PUBLISHED, Status.WITHDRAWN)
    assert kept.thread.author == owner and not aside.thread.author.is_active
    assert RatingSummary.objects.get(product=product).count == 1
    assert aside.records.filter(kind=ReviewRecord.Kind.WITHDRAWN).exists() and aside.thread.posts.exists()


def test_the_companys_reply_is_official_and_speaks_for_no_employee(bring: BringReviews, product: Product) -> None:
    bring(SHOPIFY)
    run = bring(JUDGE_ME + judge_me(email="x@example.com", reply="We are sorry."), source="Judge.me")
    replies = list(Post.objects.official().select_related("author"))
    assert run.counts["replies"] == 1 and len({reply.author for reply in replies}) == 1 and len(replies) == 2
    assert not replies[0].author.is_staff and replies[0].author.is_unclaimed and replies[0].thread.answer_count == 1


def test_verified_only_with_an_order_here_of_before_the_review(bring: BringReviews, product: Product) -> None:
    order = {"product": product, "reference": "1", "purchased_at": datetime(2023, 9, 1, tzinfo=UTC)}
    Purchase.objects.create(email="Cleo@example.com", **order)
    Purchase.objects.create(email="bo@example.com", **order)
    bring(LOOX)  # Aïcha claims a purchase and has none; Cleo has one and her app said no
    assert not Review.objects.exclude(purchase=None).exists()
    run = bring(WOO, source="Woo")
    assert Review.objects.get(thread__author__username="Bo").is_verified and run.counts["verified"] == 1


def test_an_order_after_the_review_or_called_off_is_no_evidence(bring: BringReviews, product: Product) -> None:
    order = {"product": product, "email": "bo@example.com"}
    Purchase.objects.create(**order, reference="1", purchased_at=datetime(2024, 9, 1, tzinfo=UTC))
    past = datetime(2023, 9, 1, tzinfo=UTC)
    Purchase.objects.create(**order, reference="2", purchased_at=past, refunded_at=past)
    bring(WOO)
    assert not the_review().is_verified


def test_who_gave_the_product_back_has_had_it(bring: BringReviews, product: Product) -> None:
    past = datetime(2023, 9, 1, tzinfo=UTC)
    order = {"reference": "1", "purchased_at": past, "fulfilled_at": past, "refunded_at": past + timedelta(days=20)}
    Purchase.objects.create(product=product, email="bo@example.com", **order)
    bring(WOO)
    assert the_review().is_verified


def test_a_no_of_the_old_app_is_believed_by_the_worker_too(bring: BringReviews, product: Product) -> None:
    bring(LOOX)
    cleo = Review.objects.get(thread__author__username="Cleo")
    past = datetime(2023, 9, 1, tzinfo=UTC)
    Purchase.objects.create(product=product, reference="1", member=cleo.thread.author, purchased_at=past)
    assert verify_purchases() == 0
    yes = Review.objects.exclude(pk=cleo.pk).first()
    assert yes is not None
    Purchase.objects.create(product=product, reference="2", member=yes.thread.author, purchased_at=past)
    assert verify_purchases() == 1


def test_the_log_keeps_the_run_the_file_and_what_was_claimed(bring: BringReviews, product: Product) -> None:
    run = bring(YOTPO)
    first = ReviewRecord.objects.filter(kind=ReviewRecord.Kind.IMPORTED).order_by("pk")
    assert [row.evidence.get("claimed_verified") for row in first] == [True, False]
    assert {(row.evidence["run"], row.evidence["file_hash"]) for row in first} == {(run.pk, run.file_hash)}


def test_a_review_from_inside_is_labelled_and_not_counted(bring: BringReviews, product: Product) -> None:
    InsiderDomain.objects.create(domain="example.com")
    bring(JUDGE_ME + judge_me())
    assert the_review().is_insider and RatingSummary.objects.get(product=product).count == 0


def test_html_becomes_markdown_and_what_is_hostile_goes(bring: BringReviews, product: Product) -> None:
    bring(WOO.replace("Buy it.", "<script>alert(1)</script><img src=x onerror=alert(1)>Buy it."))
    opening = the_review().thread.posts.get(kind="opening")
    assert opening.body.startswith("Warm & **light**.") and "Buy it." in opening.body
    assert "script" not in opening.body_html and "onerror" not in opening.body_html.replace("onerror=alert", "", 0)


def test_a_plain_text_means_itself(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me(body="# 1 jumper\n1. warm *really*\n- not <b too heavy"))
    html = the_review().thread.posts.get(kind="opening").body_html
    assert "<h" not in html and "<li" not in html and "<em>" not in html and "# 1 jumper<br" in html


def test_a_missing_title_is_cut_from_the_text(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me(title="", body="Warm on the hill. I wear it daily."))
    assert the_review().thread.title == "Warm on the hill"


def test_a_long_title_is_cut_and_stands_whole_in_the_text(bring: BringReviews, product: Product) -> None:
    bring(JUDGE_ME + judge_me(title="very " * 40 + "warm"))
    thread = the_review().thread
    assert len(thread.title) <= 100 and thread.title.endswith("…")
    assert "very warm**" in thread.posts.get(kind="opening").body


def test_few_words_and_none_are_no_reason_to_leave_a_rating_out(bring: BringReviews, product: Product) -> None:
    run = bring(JUDGE_ME + judge_me(title="", body="") + judge_me(title="", body="Bad", email="b@example.com"))
    assert run.counts.get("added", 0) == 2
    assert set(Thread.objects.values_list("title", flat=True)) == {"A rating without words", "Bad"}


def test_missing_products_are_made_on_wish(bring: BringReviews, product: Product) -> None:
    table = JUDGE_ME + judge_me(handle="new-hat") + judge_me(handle="new-hat", email="b@example.com")
    assert report(bring(table)) == [(2, "unknown_product"), (4, "unknown_product")]
    run = bring(table, make_products=True)
    made = Product.objects.get(slug="new-hat")
    assert (run.counts.get("added", 0), run.counts["products"], made.name) == (2, 1, "New hat")
    assert bring(table, make_products=True).counts["known"] == 2


def test_what_is_made_lies_on_the_shelf_other_whatever_its_address(bring: BringReviews) -> None:
    shelf = ProductCategory.objects.create(name="other", slug="the-rest")
    bring(JUDGE_ME + judge_me(handle="new-hat"), make_products=True)
    assert Product.objects.get(slug="new-hat").category == shelf


def test_a_product_is_found_by_what_you_say_by_sku_by_shop_address_and_by_name(
    bring: BringReviews, product: Product
) -> None:
    Product.objects.update(shop_url="https://shop.example/products/item-880")
    names = {"theirs": {"mapping": {"theirs": "fell-jumper"}}, "at-100": {}, "item-880": {}, "Fell Jumper": {}}
    for number, (handle, options) in enumerate(names.items()):
        line = judge_me(handle=handle, email=f"r{number}@example.com").replace("7000000880", "")
        assert bring(JUDGE_ME + line, **options).counts["added"] == 1


def test_okendo_comes_in_both_spellings_with_photos_of_the_web_alone(bring: BringReviews, product: Product) -> None:
    assert bring(OKENDO).counts["added"] == 2
    run = bring(OKENDO_DOCUMENTED, source="Okendo")
    assert run.file_format == "Okendo" and report(run) == [(2, "dropped_photos")]
    assert list(AwaitedPhoto.objects.values_list("address", flat=True)) == ["https://cdn.example/a.jpg"]


def test_the_command_counts_and_tells_how_fast(
    bring: BringReviews, product: Product, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "loox.csv"
    path.write_text(LOOX)
    call_command("import_reviews", path, dry_run=True)
    call_command("import_reviews", path)
    said = capsys.readouterr().out
    assert "Loox: would bring" in said and "Loox: brought" in said and "rows a second" in said and "MB" in said
    assert Review.objects.filter(imported_from="Loox").count() == 2
