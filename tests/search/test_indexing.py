"""The index follows the database, whatever happens to it."""

from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.products.models import Product
from community.search.finding import Findings, find
from community.search.indexing import Differences, compare, reindex, repair, resync, resync_product
from community.search.wording import understand
from community.threads.models import Post, Status, Tag, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from community.threads.withdrawing import restore, withdraw
from reviews.models import Review

As = Callable[[Member | None], Client]
NONE = Differences([], [])


def search(text: str, **options: object) -> Findings:
    return find(understand(text), **options)  # type: ignore[arg-type]


def found(text: str) -> list[str]:
    return [result.row.get_absolute_url() for result in search(text).page]


def test_what_is_asked_answered_and_reviewed_is_found_at_once(question: Thread, answer: Post, review: Review) -> None:
    assert found("hand label") == [question.get_absolute_url()]
    assert found("towel") == [question.get_absolute_url()]
    assert found("honest arm") == [review.thread.get_absolute_url()]
    assert compare() == NONE


def test_a_comment_is_found_too(answer: Post, regular: Member) -> None:
    add_comment(by=regular, parent=answer, body="Lanolin afterwards keeps it soft.")
    assert found("lanolin") == [answer.thread.get_absolute_url()]


def test_tags_and_the_product_lead_to_the_question(question: Thread) -> None:
    assert question.get_absolute_url() in found("fell")
    assert question.get_absolute_url() in found("wool")


def test_what_was_rolled_back_never_gets_in(question: Thread, other_member: Member) -> None:
    with transaction.atomic():
        add_answer(by=other_member, thread=question, body="Quicksilver is not the answer to this.")
        transaction.set_rollback(True)
    assert found("quicksilver") == []
    assert compare() == NONE


def test_what_is_hidden_is_gone_and_comes_back_when_shown(question: Thread, opening: Post) -> None:
    set_status(opening, Status.HIDDEN)
    assert (found("hand label"), compare()) == ([], NONE)
    set_status(opening, Status.PUBLISHED)
    assert (found("hand label"), compare()) == ([question.get_absolute_url()], NONE)


def test_a_hidden_answers_words_leave_its_thread(question: Thread, answer: Post) -> None:
    set_status(answer, Status.REMOVED)
    assert found("towel") == []
    assert found("hand label") == [question.get_absolute_url()]


def test_comments_below_a_hidden_answer_go_along(answer: Post, regular: Member) -> None:
    add_comment(by=regular, parent=answer, body="Lanolin afterwards keeps it soft.")
    set_status(answer, Status.HIDDEN)
    assert found("lanolin") == []


def test_what_its_author_takes_back_is_gone_until_brought_back(answer: Post, other_member: Member) -> None:
    withdraw(by=other_member, post=answer)
    assert found("towel") == []
    restore(by=other_member, post=Post.objects.get(pk=answer.pk))
    assert found("towel") == [answer.thread.get_absolute_url()]


def test_a_held_posts_words_are_not_there(question: Thread, new_member: Member) -> None:
    held = add_answer(by=new_member, thread=question, body="Visit www.example.com for a miracle detergent.")
    assert held.status == Status.HELD
    assert found("miracle") == []
    set_status(held, Status.PUBLISHED)
    assert found("miracle") == [question.get_absolute_url()]


def test_an_old_index_shows_nothing_that_was_hidden_behind_its_back(question: Thread, answer: Post) -> None:
    Post.objects.filter(pk=answer.pk).update(status=Status.HIDDEN)
    findings = search("towel")
    assert [str(result.snippet) for result in findings.page if "towel" in result.snippet] == []
    Thread.objects.filter(pk=question.pk).update(status=Status.HIDDEN)
    assert found("towel") == []
    assert search("towel").total == 0
    assert search("towel").counts["kind"].total() == 0


def test_a_bulk_update_is_mended_by_a_resync(question: Thread) -> None:
    Thread.objects.filter(pk=question.pk).update(title="Where do the buttons come from?")
    assert found("buttons") == []
    assert resync(question.pk) is True
    assert found("buttons") == [question.get_absolute_url()]
    assert resync(question.pk) is False


def test_a_renamed_product_is_found_by_its_new_name_with_its_threads(question: Thread, product: Product) -> None:
    product.name = "Skerry Pullover"
    product.save()
    assert set(found("skerry")) == {product.get_absolute_url(), question.get_absolute_url()}
    assert compare() == NONE


def test_a_renamed_tag_is_found_by_its_new_name_at_once(question: Thread, admin: Member, as_: As) -> None:
    tag = Tag.objects.get(name="wool")
    assert (found("merino"), compare()) == ([], NONE)
    none = {"synonyms-TOTAL_FORMS": 0, "synonyms-INITIAL_FORMS": 0}
    change = reverse("admin:threads_tag_change", args=[tag.pk])
    as_(admin).post(change, {"name": "merino", "slug": "merino", "description": "", **none})
    assert (found("merino"), compare()) == ([question.get_absolute_url()], NONE)


def test_a_tag_that_is_gone_leaves_the_index_with_its_threads_right(question: Thread, admin: Member, as_: As) -> None:
    delete = reverse("admin:threads_tag_delete", args=[Tag.objects.get(name="wool").pk])
    as_(admin).post(delete, {"post": "yes"})
    assert not Tag.objects.filter(name="wool").exists()
    assert compare() == NONE


def test_a_product_that_is_gone_is_not_found(product: Product) -> None:
    assert found("fell") == [product.get_absolute_url()]
    product.delete()
    assert found("fell") == []
    assert compare() == NONE


def test_a_thread_that_is_gone_for_good_leaves_nothing_behind_after_mending(question: Thread) -> None:
    key = question.pk
    question.delete()
    assert found("hand label") == []
    assert compare() == Differences([], [f"threads.thread.{key}"])
    assert repair(compare()) == 1
    assert compare() == NONE


def test_repair_mends_every_kind_of_difference(question: Thread, product: Product, review: Review) -> None:
    Thread.objects.filter(pk=question.pk).update(title="Where do the buttons come from?")
    Thread.objects.filter(pk=review.pk).update(status=Status.HIDDEN)
    Product.objects.filter(pk=product.pk).update(description="Buttons of horn.")
    assert repair(compare()) == 3
    assert compare() == NONE


def test_a_new_index_takes_over_from_the_old_one(question: Thread, answer: Post, review: Review) -> None:
    assert reindex() == Thread.objects.count() + Product.objects.count()
    assert compare() == NONE
    assert found("towel") == [question.get_absolute_url()]


def test_resyncing_what_does_not_exist_changes_nothing(db: None) -> None:
    assert resync(12345) is False
    assert resync_product(12345) == 0
