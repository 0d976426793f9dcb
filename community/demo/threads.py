"""Loads questions and reviews: the threads in bulk, then what the forum, the reviews and the moderators add to them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from community.demo.content import Row, key_of, questions, read, reviews
from community.demo.desk import load_desk
from community.demo.notices import load_notices
from community.demo.people import everyone
from community.demo.scenes import Scene, Stage, Told
from community.moderation.flagging import weight_of
from community.moderation.models import Decision, Flag
from community.products.models import Product, Purchase
from community.threads.bulk import load_threads
from community.threads.models import Category, Post, Revision, Thread
from forum.models import Question
from reviews.models import Review
from reviews.rating import recount_all


@transaction.atomic
def load_questions(now: datetime) -> int:
    """Those that are not there yet, with answers, votes, and the desk's work on them; how many."""
    rows = _missing(questions(), lambda row: ("question", row["title"]))
    if not rows:
        return 0
    stage = _stage(now)
    scenes = [stage.question(row) for row in rows]
    _load(scenes)
    categories = {category.slug: category for category in Category.objects.all()}
    for scene in scenes:
        scene.question = _question(scene, categories, now)
    Question.objects.bulk_create([scene.question for scene in scenes if scene.question])
    _finish(scenes, stage)
    return len(scenes)


@transaction.atomic
def load_reviews(now: datetime) -> int:
    """Those that are not there yet, with purchases, company replies and the desk's work on them; how many."""
    rows = _missing(_with_desk(reviews()), lambda row: ("review", row["by"], row["product"]))
    if not rows:
        return 0
    stage = _stage(now)
    scenes = [stage.review(row) for row in rows]
    _load(scenes)
    purchases = Purchase.objects.bulk_create([_purchase(scene) for scene in scenes if scene.data["verified"]])
    bought = {(purchase.member_id, purchase.product_id): purchase for purchase in purchases}
    Review.objects.bulk_create([_review(scene, bought) for scene in scenes], batch_size=500)
    recount_all()
    _finish(scenes, stage)
    return len(scenes)


def _stage(now: datetime) -> Stage:
    return Stage(everyone(), {product.slug: product for product in Product.objects.all()}, now)


def _missing(rows: list[Row], parts: Callable[[Row], Iterable[object]]) -> list[Row]:
    keys = {key_of(*parts(row)): row for row in rows}
    openings = Post.objects.filter(kind=Post.Kind.OPENING, submission_key__in=keys)
    known = set(openings.values_list("submission_key", flat=True))
    return [row for key, row in keys.items() if key not in known]


def _with_desk(rows: list[Row]) -> list[Row]:
    """The reviews, each with its photo, flag and company reply from review_desk.toml."""
    desk = read("review_desk")
    sources = {row["source"]: row for row in rows if "source" in row}
    written = {(row["by"], row["product"]): row for row in rows}
    for said in read("trust")["said"]:
        sources[said["source"]] |= {"pros": said["pros"], "cons": said["cons"]}
    for picture in desk["photo"]:
        sources[picture["source"]]["photos"] = [{"name": picture["name"], "alt": picture["alt"]}]
    for flag in desk["flag"]:
        sources[flag["source"]].setdefault("flags", []).append(flag)
    for reply in desk["reply"]:
        row = sources[reply["source"]] if "source" in reply else written[reply["by_member"], reply["product"]]
        _add_reply(row, reply)
    _add_silence(rows, set(desk["waiting"]), desk["closed_because"])
    return rows


def _add_reply(row: Row, reply: Row) -> None:
    comments = [{"by": row["by"], **comment} for comment in reply.get("comment", [])]
    row["answer"] = [{**reply, "company": True, "comment": comments}]
    is_low = row["stars"] <= 2
    row["conversation"] = {
        "state": reply["state"],
        "type": reply["type"],
        "because": f"A review of {row['stars']} stars." if row["stars"] > 1 else "A review of 1 star.",
        "reason": "low_rating" if is_low else "escalated",
        "raised_by": reply["by"],
        "evidence": "" if is_low else "Worth a word from us",
        "closed_by": reply["by"],
        "closed_at": reply.get("closed_at", ""),
        "closed_because": reply.get("closed_because", ""),
    }


def _add_silence(rows: list[Row], waiting: set[int], because: list[str]) -> None:
    """Low ratings without a reply: the newest wait, the others were read and closed by one of us."""
    silent = [row for row in rows if row["stars"] <= 2 and "answer" not in row and row.get("source") not in waiting]
    for place, row in enumerate(silent):
        if "source" in row:
            row["conversation"] = {
                "state": "no_reply",
                "type": "retention",
                "because": "A low rating.",
                "reason": "low_rating",
                "closed_by": ("responder", "priya.raman", "callum.reid")[place % 3],
                "closed_at": f"+{1 + place % 2}d{place % 5}h",
                "closed_because": because[place % len(because)],
            }


def _load(scenes: list[Scene]) -> None:
    """Save the threads, and mark each opening as loaded."""
    load_threads([scene.thread for scene in scenes])
    for scene in scenes:
        scene.opening.saved.submission_key = scene.key
    Post.objects.bulk_update([scene.opening.saved for scene in scenes], ["submission_key"], batch_size=200)


def _finish(scenes: list[Scene], stage: Stage) -> None:
    _note_edits(scenes)
    for scene in scenes:
        for told in scene.posts():
            _add_flags(told, scene, stage)
            _add_decision(told, scene, stage)
    load_desk(scenes, stage)
    load_notices(scenes, stage.now)


def _question(scene: Scene, categories: dict[str, Category], now: datetime) -> Question:
    question = Question(thread=scene.saved, category=categories[scene.data["category"]])
    accepted = next((told for told in scene.answers if told.data.get("is_accepted")), None)
    if accepted:
        question.accepted_post = accepted.saved
        question.accepted_by = scene.opening.new.author
        question.accepted_at = accepted_at(accepted, scene, now)
    return question


def accepted_at(accepted: Told, scene: Scene, now: datetime) -> datetime:
    """With the asker's first word after the answer; else a few hours later."""
    words = [told.at for told in scene.said_by_asker() if told.at > accepted.at]
    return min(words, default=min(now, accepted.at + timedelta(hours=5)))


def _purchase(scene: Scene) -> Purchase:
    opening, number = scene.opening.new, scene.key.int
    fulfilled = opening.created_at - timedelta(days=5 + number % 24, hours=number % 9)
    return Purchase(
        product=scene.saved.product,
        member=opening.author,
        email=opening.author.email,
        name=opening.author.name,
        reference=f"AT-{number % 900_000 + 100_000}",
        purchased_at=fulfilled - timedelta(days=2, hours=3),
        fulfilled_at=fulfilled,
    )


def _review(scene: Scene, bought: dict[tuple[int | None, int], Purchase]) -> Review:
    thread: Thread = scene.saved
    return Review(
        thread=thread,
        stars=scene.data["stars"],
        recommends=scene.data["recommends"],
        pros=scene.data.get("pros", ""),
        cons=scene.data.get("cons", ""),
        is_insider=scene.opening.new.author.is_staff,
        imported_from=scene.data.get("imported_from", ""),
        experience_date=(scene.opening.at - timedelta(days=scene.key.int % 4)).date(),
        purchase=bought.get((thread.author_id, thread.product_id or 0)),
    )


def _note_edits(scenes: list[Scene]) -> None:
    edited = [told for scene in scenes for told in scene.posts() if "before" in told.data]
    Revision.objects.bulk_create(
        Revision(
            post=told.saved,
            editor=told.new.author,
            version=1,
            body=told.data["before"],
            created_at=told.new.edited_at or told.at,
        )
        for told in edited
    )
    Post.objects.filter(pk__in=[told.saved.pk for told in edited]).update(version=2)


def _add_flags(told: Told, scene: Scene, stage: Stage) -> None:
    for row in told.data.get("flags", []):
        member = stage.members[row["by"]]
        flag = Flag.objects.create(
            post=told.saved, member=member, reason=row["reason"], note=row["note"], weight=weight_of(member)
        )
        at = stage.moment(row.get("at", "+1d"), scene.opening.at)
        Flag.objects.filter(pk=flag.pk).update(created_at=at)


def _add_decision(told: Told, scene: Scene, stage: Stage) -> None:
    row = told.data.get("decision")
    if row:
        decision = Decision.objects.create(
            post=told.saved,
            moderator=stage.members[row["by"]],
            action=row["action"],
            reason=row["reason"],
            note=row["note"],
            status_before="published",
            body=told.new.body,
        )
        Decision.objects.filter(pk=decision.pk).update(created_at=stage.moment(row["at"], scene.opening.at))
