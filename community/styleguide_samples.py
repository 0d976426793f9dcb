"""Made-up people, questions and reviews for the style guide; nothing here is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms

from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.models import Post, Status, Thread
from forum.models import Question
from reviews.models import Review
from reviews.permissions import Acts
from reviews.reading import Shown
from staff.models import Conversation, Event, Reason
from staff.queue.rows import Row, row_of

ALL_ACTS = {"vote": True, "accept": True, "edit": True, "withdraw": True, "comment": True, "flag": True}
READER_ACTS = {"vote": True, "comment": True, "flag": True}
LONG_TITLE = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterungsschraube: which one fits the 2019 model?"

TABS = [
    {"label": "Newest", "url": "#", "current": True, "count": None},
    {"label": "Active", "url": "#", "current": False, "count": None},
    {"label": "Unanswered", "url": "#", "current": False, "count": 12},
    {"label": "Unsolved", "url": "#", "current": False, "count": 1240},
]
CHIPS = [
    {"label": "5 stars", "url": "#", "current": True, "count": 64},
    {"label": "Verified purchase", "url": "#", "current": False, "count": 41},
    {"label": "With photos", "url": "#", "current": False, "count": 9},
]


@dataclass
class Rating:
    mean: float
    count: int


class SampleForm(forms.Form):
    title = forms.CharField(max_length=150, min_length=15, help_text="One sentence, as you would say it to a friend.")
    product = forms.ChoiceField(choices=[("", "Choose…"), ("1", "Ridge 40 pack"), ("2", "Merino crew")])
    body = forms.CharField(
        label="What happened?",
        max_length=32_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What you tried, and what you saw.",
    )
    stars = forms.ChoiceField(
        label="How do you rate it?",
        choices=[(n, f"{n} star{'s'[: n > 1]}") for n in range(1, 6)],
        widget=forms.RadioSelect,
    )
    fit = forms.ChoiceField(
        label="How does it fit?",
        choices=[("small", "Runs small"), ("true", "True to size"), ("large", "Runs large")],
        widget=forms.RadioSelect,
        required=False,
    )
    follow = forms.BooleanField(label="Tell me when somebody answers", required=False)


def refused_form() -> SampleForm:
    return SampleForm({"title": "Strap?", "body": "", "stars": "4"})


def _member(pk: int, name: str, **fields: object) -> Member:
    return Member(pk=pk, username=name.lower().replace(" ", "."), display_name=name, **fields)


def members() -> list[Member]:
    return [
        _member(1, "Mara Kowalski"),
        _member(2, "Jonas"),
        _member(3, "Aiko Tanaka", title="Repair expert"),
        _member(4, "Sam Okafor", is_staff=True, title="Nordhang service"),
        _member(5, "Éloïse Brun"),
        _member(6, "li_wei"),
        _member(7, "Priya R."),
        _member(8, "Tom"),
    ]


def products() -> list[Product]:
    kind = ProductCategory(pk=1, name="Packs", slug="packs")
    names = ("Ridge 40 pack", "Merino crew", "Storm shell", "Trail trousers with a rather long name")
    shown = []
    for pk, name in enumerate(names, 1):
        product = Product(pk=pk, name=name, slug=f"product-{pk}", sku=f"S{pk}", category=kind)
        product._state.fields_cache["rating"] = (
            Rating(4.3, 128) if pk > 1 else Rating(0, 0)
        )  # as select_related leaves it
        shown.append(product)
    return shown


def _question(
    pk: int, title: str, answers: int, age: timedelta, now: datetime, accepted: int | None = None
) -> Question:
    people, things = members(), products()
    thread = Thread(
        pk=pk,
        kind=Thread.Kind.QUESTION,
        author=people[pk % 8],
        product=things[pk % 4] if pk % 3 else None,
        title=title,
        slug="a-question",
        answer_count=answers,
        created_at=now - age,
    )
    return Question(thread=thread, accepted_post_id=accepted, accepted_by=people[0] if accepted else None)


def questions(now: datetime) -> list[Question]:
    return [
        _question(1, "Can the hip belt of the Ridge 40 be swapped for a smaller one?", 4, timedelta(hours=3), now, 11),
        _question(2, "Merino crew pilling after three washes: normal, or a fault?", 2, timedelta(days=1), now),
        _question(4, "Does the Storm shell still breathe after reproofing?", 0, timedelta(minutes=12), now),
        _question(5, LONG_TITLE, 1240, timedelta(days=40), now),
    ]


def _post(pk: int, author: Member, html: str, age: timedelta, now: datetime, **fields: object) -> Post:
    thread = Thread(pk=1, kind=Thread.Kind.QUESTION, title="A question", slug="a-question")
    return Post(
        pk=pk,
        thread=thread,
        author=author,
        body_html=html,
        created_at=now - age,
        **{"kind": Post.Kind.ANSWER, **fields},
    )


def posts(now: datetime) -> list[dict[str, object]]:
    mara, jonas, aiko, sam = members()[:4]
    opening = _post(10, mara, OPENING, timedelta(hours=5), now, kind=Post.Kind.OPENING, helpful_count=3)
    accepted = _post(11, aiko, ACCEPTED, timedelta(hours=4), now, helpful_count=14, edited_at=now)
    official = _post(12, sam, OFFICIAL, timedelta(hours=2), now, is_official=True, helpful_count=2)
    held = _post(13, jonas, HELD, timedelta(minutes=9), now, status=Status.HELD, status_reason="It has three links.")
    comments = [
        _post(21, mara, "<p>That worked, thank you! The left clip needed a little force.</p>", timedelta(hours=3), now),
        _post(22, jonas, "<p>Same here.</p>", timedelta(hours=1), now),
    ]
    return [
        {"post": opening, "may": ALL_ACTS, "level": 3},
        {
            "post": accepted,
            "may": READER_ACTS,
            "my_vote": True,
            "accepted": questions(now)[0],
            "comments": comments,
            "level": 3,
        },
        {"post": official, "may": {"accept": True, **READER_ACTS}, "level": 3},
        {"post": held, "may": {}, "level": 3},
    ]


def reviews(now: datetime) -> list[Shown]:
    people, things = members(), products()
    shown = []
    for pk, stars, title in ((31, 5, "Warm, light, and it kept its shape"), (32, 2, "Lovely colour, poor zip")):
        author, at = people[pk % 8], now - timedelta(days=pk)
        thread = Thread(
            pk=pk, kind=Thread.Kind.REVIEW, author=author, title=title, product=things[pk % 4], created_at=at
        )
        Review(thread=thread, stars=stars, purchase_id=1 if stars == 5 else None, is_incentivised=stars == 2)
        opening = _post(pk + 10, author, REVIEW, timedelta(days=pk), now, helpful_count=stars)
        opening.thread, opening.my_vote = thread, None  # type: ignore[attr-defined]  # as with_card_data() makes it
        replies = [_post(pk + 20, people[3], OFFICIAL, timedelta(days=1), now, is_official=True)] if stars == 2 else []
        shown.append(Shown(opening, Acts(vote=True, comment=True, flag=True), replies=replies))
    return shown


def bars() -> list[dict[str, object]]:
    counts = {5: 74, 4: 31, 3: 12, 2: 4, 1: 7}
    return [
        {"stars": stars, "count": count, "share": count / 1.28, "url": "#", "current": stars == 5}
        for stars, count in counts.items()
    ]


def conversations(now: datetime) -> list[Row]:
    rows: list[Row] = []
    for pk, clock, hours in ((1, "late", -2), (2, "soon", 1), (3, "ok", 26), (4, "none", 0)):
        question = questions(now)[pk - 1]
        conversation: Any = Conversation(
            pk=pk, thread=question.thread, customer=question.thread.author, type="retention", waiting_since=now
        )
        conversation.subject, conversation.customer_name = question.thread.title, question.thread.author.name
        conversation.due_at = now + timedelta(hours=hours) if clock != "none" else None
        if pk == 2:
            conversation.claimed_by, conversation.claimed_until = members()[3], now + timedelta(minutes=9)
        # as the database makes them
        conversation.shown_type, conversation.purchases, conversation.last_effect = "retention", pk - 1, "strengthened"
        kinds = (Reason.Kind.UNANSWERED, Reason.Kind.LOW_RATING)[: 1 + pk % 2]
        conversation.standing_reasons = [Reason(kind=kind, evidence="“Is anybody there?”") for kind in kinds]
        rows.append(row_of(conversation, members()[0], now, current=1))
    return rows


def events(now: datetime) -> list[Event]:
    sam = members()[3]
    return [
        Event(actor=None, what="raised “Nobody has answered”", at=now - timedelta(hours=4)),
        Event(actor=sam, what="took the conversation", at=now - timedelta(minutes=40)),
        Event(actor=sam, what="replied as the company", at=now - timedelta(minutes=31)),
    ]


OPENING = """<p>I am between sizes, and the belt that came with mine sits too wide: even fully tightened, the pads meet
in front. Has anybody fitted the <strong>small</strong> belt to a <em>regular</em> back length?</p>
<p>What I tried:</p><ul><li>tightening both straps evenly</li><li>moving the pads inward by one loop</li></ul>"""
ACCEPTED = """<p>Yes, I did it last spring. The belt is held by two clips behind the lumbar pad.</p>
<ol><li>Lay the pack on its front and open the pad.</li><li>Push the clips <strong>down</strong>, not out.</li>
<li>Slide the belt sideways; the small one goes in the same way.</li></ol>
<blockquote><p>Mind the little tongue on the left, it only bends one way.</p></blockquote>
<p>The part is called <code>RB-40-S</code>. It took me five minutes.</p>"""
OFFICIAL = """<p>Thank you for asking, and thanks Aiko for the fine description. We send the small belt free of charge
to anybody who needs it: <a href="#">order the part here</a>.</p>"""
HELD = """<p>I got mine from another shop.</p><pre><code>model: RIDGE-40  back: regular  belt: small
a very long line of code that has to scroll sideways inside its own box and never push the page wide</code></pre>"""
REVIEW = """<p>I have worn it through one Scottish winter and two summers of cycling to work. It dries overnight, it
has not pilled where the rucksack rubs, and the cuffs are still tight.</p><p>If you are tall, take one size up.</p>"""
