"""Every named address, and what each kind of person gets there: permissions, HTML validity and axe read this table.

Codes are HTTP statuses; 0 stands for “sent to sign in”. People, in the order of ROLES: a stranger, a new member, a
member, the member who asked the scene's question, responder, moderator, manager, admin, analyst. A row of eight codes
says that to an analyst the address is what it is to a new member: outside the desk they are one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.products.models import Product, Purchase
from community.threads.models import Attachment, Category, Pause, Post, Tag, Thread
from reviews.inviting.links import stopping_path as no_invitations_path
from reviews.inviting.links import token_of, written_path
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase, Review
from staff.former.stopping import stopping_path
from staff.listening.answering import write_answer
from staff.listening.taking import take
from staff.models import (
    Campaign,
    CompanyLink,
    Conversation,
    Coupon,
    FormerCustomer,
    HelpfulLink,
    HelpQuestion,
    Message,
    Rule,
    RuleAction,
    SavedReply,
    SlaPolicy,
    Source,
)
from staff.outcomes.answering_help import helped_path, question_path

ROLES = ("anonymous", "new", "member", "author", "responder", "moderator", "manager", "admin", "analyst")


@dataclass(frozen=True)
class Scene:
    """A question by Mara (author) with Tomas's answer and a company reply, a review by Tomas, a held post, a photo."""

    people: dict[str, Member | None]
    category: Category
    product: Product
    question: Thread
    opening: Post
    answer: Post
    review: Review
    held: Post
    photo: Attachment
    conversation: Conversation
    link: HelpfulLink
    notification: Notification
    letter: str
    tag: Tag


@dataclass(frozen=True)
class Row:
    """`expected` holds one code for each of ROLES. `arguments` and `data` are made from the scene.

    `unknown` is what a number or name answers that nothing has: letting go of one's own is done when it is gone.
    """

    name: str
    expected: tuple[int, ...]
    method: str = "GET"
    arguments: Callable[[Scene], dict[str, Any]] | None = None
    data: Callable[[Scene], dict[str, Any]] | None = None
    query: str = ""
    unknown: int = 404

    def code(self, role: str) -> int:
        """What `role` gets."""
        place = ROLES.index(role)
        return self.expected[place] if place < len(self.expected) else self.expected[ROLES.index("new")]

    def address(self, scene: Scene) -> str:
        return reverse(self.name, kwargs=self.arguments(scene) if self.arguments else {}) + self.query


def each(code: int) -> tuple[int, ...]:
    return (code,) * len(ROLES)


def signed_in(code: int) -> tuple[int, ...]:
    """Strangers are sent to sign in."""
    return (0,) + (code,) * 7


def for_responders(code: int) -> tuple[int, ...]:
    """Customers must not learn that it is there; the author's own conversation included."""
    return (0, 404, 404, 404) + (code,) * 4 + (403,)


def for_readers(code: int) -> tuple[int, ...]:
    """What an analyst may read as well."""
    return (0, 404, 404, 404) + (code,) * 5


def for_moderators(code: int) -> tuple[int, ...]:
    """A responder knows that it is there, and is told why not."""
    return (0, 404, 404, 404, 403) + (code,) * 3 + (403,)


def for_managers(code: int) -> tuple[int, ...]:
    return (0, 404, 404, 404, 403, 403) + (code,) * 2 + (403,)


def for_insights(code: int) -> tuple[int, ...]:
    """Managers and analysts."""
    return (0, 404, 404, 404, 403, 403) + (code,) * 3


def for_admins(code: int) -> tuple[int, ...]:
    return (0, 404, 404, 404, 403, 403, 403, code, 403)


def _question(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.question.pk}


def _answer(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.answer.pk}


def _opening(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.opening.pk}


def _author(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.question.author_id}


def _product(scene: Scene) -> dict[str, Any]:
    return {"slug": scene.product.slug}


def _conversation(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.conversation.pk}


def _reply_alone(scene: Scene) -> dict[str, Any]:
    """By the responder of the scene to who asked."""
    values = {"author": scene.people["responder"], "body": "Cold water.", "body_html": "<p>Cold water.</p>"}
    alone = Message.objects.get_or_create(
        conversation=scene.conversation, is_official=True, posted_at=scene.conversation.opened_at, defaults=values
    )
    return {"pk": alone[0].pk}


def _saved_reply(scene: Scene) -> dict[str, Any]:
    """By the responder of the scene."""
    values = {"body": "Cold water.", "written_by": scene.people["responder"]}
    return {"pk": SavedReply.objects.get_or_create(title="Washing wool", defaults=values)[0].pk}


def _company_link(scene: Scene) -> dict[str, Any]:
    return {"pk": CompanyLink.objects.get_or_create(need="how to wash wool", url="https://example.com/wool")[0].pk}


def _feed(_: Scene) -> dict[str, Any]:
    """A feed that can't be reached: its address lies inside our network."""
    url = {"url": "http://127.0.0.1/feed"}
    return {"pk": Source.objects.get_or_create(name="A feed", kind=Source.Kind.FEED, defaults=url)[0].pk}


def _hook(_: Scene) -> dict[str, Any]:
    return {"pk": Source.objects.get_or_create(name="A tool", kind=Source.Kind.WEBHOOK, secret="s" * 43)[0].pk}


def _heard(scene: Scene) -> dict[str, Any]:
    """The conversation of something that was said elsewhere."""
    source, _ = Source.objects.get_or_create(name="By hand", kind=Source.Kind.HAND)
    return {"pk": take(source=source, external_id="1", text="Alder & Tarn, thank you.").conversation.pk}


def _to_post(scene: Scene) -> dict[str, Any]:
    """An answer to it that nobody has posted yet."""
    heard, key = Conversation.objects.get(**_heard(scene)), UUID(int=7)
    said = {"body": "We are glad.", "type": "appreciation", "submission_key": key, "confirm_second": True}
    by = scene.people["responder"]
    assert by is not None
    return {"pk": write_answer(by=by, conversation=heard, **said).pk}


def _policy(_: Scene) -> dict[str, Any]:
    return {"pk": SlaPolicy.objects.get_or_create(name="Everything else")[0].pk}


def _alone(scene: Scene) -> dict[str, Any]:
    """The scene's conversation, in which the responder has also written to the author alone."""
    said = {"is_official": True, "author": scene.people["responder"], "posted_at": timezone.now()}
    words = {"body": "Which order was it?", "body_html": "<p>Which order was it?</p>"}
    Message.objects.get_or_create(conversation=scene.conversation, **words, defaults=said)
    return _conversation(scene)


def _campaign(scene: Scene) -> dict[str, Any]:
    campaign, _ = Campaign.objects.get_or_create(name="Sorry")
    Coupon.objects.get_or_create(campaign=campaign, code="FELL-2026-A")
    return {"pk": campaign.pk}


def _with_codes(scene: Scene) -> dict[str, Any]:
    _campaign(scene)
    return _conversation(scene)


def _rule(scene: Scene) -> dict[str, Any]:
    """Off, and never tried."""
    maud = scene.people["manager"]
    fields = {"event": Rule.Event.OPENED, "action": Rule.Action.PRIORITY, "parameters": {"points": 2}}
    return {"pk": Rule.objects.get_or_create(name="Sooner", defaults={"written_by": maud, **fields})[0].pk}


def _rule_action(scene: Scene) -> dict[str, Any]:
    """Held back, so that there is nothing to undo."""
    line, _ = RuleAction.objects.get_or_create(
        rule_id=_rule(scene)["pk"],
        conversation=scene.conversation,
        key="opened",
        defaults={"what": "Raise its priority by 2", "state": RuleAction.State.HELD},
    )
    return {"pk": line.pk}


def _inviting(_: Scene) -> dict[str, Any]:
    """A campaign that is off."""
    return {"pk": InvitationCampaign.objects.get_or_create(name="Autumn")[0].pk}


def _item(scene: Scene) -> InvitedPurchase:
    """A stranger to us was asked about the scene's product."""
    now = timezone.now()
    bought = {"email": "ida@example.com", "reference": "A-1", "purchased_at": now, "fulfilled_at": now}
    purchase, _ = Purchase.objects.get_or_create(product=scene.product, reference="A-1", defaults=bought)
    sent = {"state": "sent", "sent_at": now, "planned_for": now, "expires_at": now + timedelta(days=45)}
    campaign = InvitationCampaign.objects.get(**_inviting(scene))
    invitation, _ = Invitation.objects.get_or_create(campaign=campaign, email="ida@example.com", defaults=sent)
    return InvitedPurchase.objects.get_or_create(invitation=invitation, purchase=purchase)[0]


def _invited(scene: Scene) -> dict[str, Any]:
    return {"token": token_of(_item(scene))}


def _asked_no_more(scene: Scene) -> dict[str, Any]:
    return {"token": no_invitations_path(_item(scene).invitation).split("/")[-2]}


def _pause(scene: Scene) -> dict[str, Any]:
    pause, _ = Pause.objects.get_or_create(thread=scene.question, because="We are on the phone")
    return {"pk": pause.pk}


def _former(scene: Scene) -> dict[str, Any]:
    return {"pk": FormerCustomer.objects.get_or_create(member=scene.question.author, found_by="Purchases")[0].pk}


def _stopping(scene: Scene) -> dict[str, Any]:
    return {"token": stopping_path(scene.question.author).split("/")[-2]}


def _asked(scene: Scene) -> dict[str, Any]:
    asked, _ = HelpQuestion.objects.get_or_create(thread=scene.question, defaults={"member": scene.question.author})
    return {"token": question_path(asked).split("/")[2]}


def _linked(scene: Scene) -> dict[str, Any]:
    return {"token": (helped_path(scene.link) or "").split("/")[2]}


TABLE = [
    # who
    Row("edit_profile", signed_in(200)),
    Row("own_picture", signed_in(200)),
    Row("own_picture", signed_in(200), "POST"),
    Row("remove_picture", (0, 403, 403, 302, 403, 302, 302, 302), "POST", lambda _: {"username": "mara"}),
    Row("members", each(200)),
    Row("members", each(200), query="?product=fell-jumper&q=o"),
    Row("badges", each(200)),
    Row("expert", for_managers(200), arguments=lambda _: {"username": "tomas"}),
    Row("no_expert", for_managers(302), "POST", lambda s: {"username": "tomas", "slug": s.product.slug}),
    # the roof
    Row("home", each(200)),
    Row("healthz", each(200)),
    Row("readyz", each(200)),
    Row("robots", each(200)),
    Row("sitemap", each(200)),
    Row("sitemap_section", each(200), arguments=lambda s: {"section": "questions"}),
    Row("brand_css", each(200)),
    Row("brand_card", each(200)),
    Row("member", each(200), arguments=lambda s: {"username": "mara"}),
    *[
        Row(f"member_{tab}", each(200), arguments=lambda _: {"username": "tomas"})
        for tab in ("questions", "answers", "reviews")
    ],
    Row("trust", each(200)),
    Row("post", each(302), arguments=_answer),
    Row("media", each(200), arguments=lambda s: {"path": s.photo.small.name}),
    # what is said
    Row("post_helpful", (0, 302, 302, 302, 302, 302, 302, 302), "POST", _answer),
    Row("post_unhelpful", (0, 302, 302, 302, 302, 302, 302, 302), "POST", _answer),
    Row("post_unvote", signed_in(302), "POST", _answer),
    Row("comment", signed_in(200), arguments=_answer),
    Row("comment", (0, 200, 200, 200, 200, 200, 200, 200), "POST", _answer, lambda s: {"body": ""}),
    Row("edit_post", (0, 403, 403, 200, 403, 200, 200, 200), arguments=_opening),
    Row("edit_post", (0, 403, 403, 200, 403, 200, 200, 200), "POST", _opening, lambda s: {"body": ""}),
    Row("post_history", each(200), arguments=_answer),
    Row("withdraw_post", (0, 403, 403, 403, 403, 403, 403, 403), "POST", _answer),
    Row("restore_post", signed_in(302), "POST", _answer),  # nothing was deleted: nothing to do
    Row("bookmarks", signed_in(200)),
    Row("bookmark", signed_in(302), "POST", _answer),
    Row("unbookmark", signed_in(302), "POST", _answer),
    Row("note_bookmark", signed_in(302), "POST", _answer, lambda s: {"note": "For spring"}),
    Row("preview", signed_in(200), "POST", data=lambda s: {"body": "**Cold** water."}),
    Row("upload_photo", (403, *each(400)[1:]), "POST"),  # asked by a script, which can't sign in
    Row("remove_photo", (404, 404, 404, 204, 404, 404, 404, 404), "POST", lambda s: {"pk": s.photo.pk}),
    Row("save_draft", (403, *each(200)[1:]), "POST", data=lambda s: {"place": "question", "title": "How"}),
    Row("mention_choices", (403, *each(200)[1:]), query="?q=mar"),  # asked by a script
    Row("discard_draft", signed_in(302), "POST", data=lambda s: {"place": "question"}),
    # moderation
    Row("flag", (0, 200, 200, 200, 200, 200, 200, 200), arguments=_answer),
    Row("flag", (0, 200, 200, 200, 200, 200, 200, 200), "POST", _answer, lambda s: {"reason": "x"}),
    # who hears of it
    Row("notifications", signed_in(200)),
    Row("read_all", signed_in(302), "POST"),
    Row("bell", (204, *each(200)[1:])),
    Row("read_thread", signed_in(302), "POST", _question),
    Row("read_page", signed_in(302), "POST"),
    Row("see_thread", signed_in(302), "POST", _question),
    Row("following", signed_in(200)),
    Row("mail_preferences", signed_in(200)),
    Row("resume_mail", signed_in(302), "POST"),
    Row("mail_preferences_by_link", each(200), arguments=lambda s: {"token": s.letter}),
    Row("mail_events", each(404), "POST"),  # no mail server has been introduced
    Row("mail_in", each(404), "POST"),
    Row("unsubscribe", each(200), arguments=lambda s: {"token": s.letter}),
    *[Row(f"{act}follow_thread", signed_in(302), "POST", _question) for act in ("", "un")],
    *[Row(f"{act}follow_product", signed_in(302), "POST", lambda s: {"pk": s.product.pk}) for act in ("", "un")],
    *[Row(f"{act}follow_tag", signed_in(302), "POST", lambda s: {"pk": s.tag.pk}) for act in ("", "un")],
    *[Row(f"{act}follow_category", signed_in(302), "POST", lambda s: {"pk": s.category.pk}) for act in ("", "un")],
    Row("follow_member", (0, 302, 302, 403, 302, 302, 302, 302), "POST", _author),
    Row("unfollow_member", (0, 302, 302, 403, 302, 302, 302, 302), "POST", _author),
    # search
    Row("search", each(200)),
    Row("search", each(200), query="?q=wool"),
    Row("search", each(200), query="?q=wool&kind=question&period=year&sort=newest"),
    Row("search_complete", each(200), query="?q=woo"),
    Row("search_clicked", each(204), "POST", lambda _: {"entry": "x", "rank": 1}),
    # the forum
    Row("questions", each(200)),
    Row("ask", each(200)),
    Row("suggestions", each(200), query="?title=How+do+I+wash+wool"),
    Row("product_choices", each(200), query="?q=fell"),
    Row("tag_choices", each(200), query="?q=wo"),
    Row("answers_it", each(302), "POST", _question, lambda s: {"title": "How do I wash wool?"}),
    Row("details", (0, 403, 200, 200, 200, 200, 200, 200), arguments=_question),
    Row("details", (0, 403, 200, 200, 200, 200, 200, 200), "POST", _question, lambda s: {"tags": "x"}),
    Row("duplicate", (0, 403, 200, 403, 200, 200, 200, 200), arguments=_question),
    Row("link_duplicate", (0, 403, 400, 403, 400, 400, 400, 400), "POST", _question, lambda s: {"of": "none"}),
    Row("unlink_duplicate", (0, 403, 302, 403, 302, 302, 302, 302), "POST", _question),
    Row("question", each(200), arguments=lambda s: {"pk": s.question.pk, "slug": s.question.slug}),
    Row("answer", each(200), "POST", _question, lambda s: {"body": ""}),
    Row("close_question", (0, 403, 403, 403, 302, 302, 302, 302), "POST", _question),
    Row("reopen_question", (0, 403, 403, 403, 302, 302, 302, 302), "POST", _question),
    Row("still_need_help", (0, 403, 403, 200, 403, 403, 403, 403), arguments=_question),
    Row("still_need_help", (0, 403, 403, 200, 403, 403, 403, 403), "POST", _question, lambda s: {"body": ""}),
    Row("need_no_more", (0, 403, 403, 302, 403, 302, 302, 302), "POST", _question),
    Row("ask_for_details", (0, 403, 200, 403, 200, 200, 200, 200), arguments=_question),
    Row("ask_for_details", (0, 403, 200, 403, 200, 200, 200, 200), "POST", _question, lambda s: {"body": ""}),
    Row("enough_details", (0, 403, 302, 403, 302, 302, 302, 302), "POST", _question),
    Row("me_too", (302, 302, 302, 403, 302, 302, 302, 302), "POST", _question),
    Row("not_me_too", each(302), "POST", _question),
    Row("accept", (0, 403, 302, 302, 302, 302, 302, 302), "POST", _answer),
    Row("unaccept", signed_in(302), "POST", _answer),  # nothing was accepted: nothing to do
    Row("tag", each(200), arguments=lambda s: {"slug": "wool"}),
    Row("tags", each(200)),
    Row("tags", each(200), query="?q=woo"),
    Row("saved_lists", signed_in(200)),
    Row("save_list", each(200), "POST", data=lambda s: {"name": "", "query": "tab=unsolved"}),
    Row("save_list", signed_in(302), "POST", data=lambda s: {"name": "Open ones", "query": "tab=unsolved"}),
    Row("forget_list", signed_in(302), "POST", lambda s: {"pk": 1}, unknown=302),
    Row("feed_questions", each(200)),
    Row("feed_tag", each(200), arguments=lambda s: {"slug": "wool"}),
    Row("feed_category", each(200), arguments=lambda s: {"slug": s.category.slug}),
    Row("feed_product", each(200), arguments=_product),
    # reviews
    Row("products", each(200)),
    Row("product", each(200), arguments=_product),
    Row("product_photos", each(200), arguments=_product),
    Row("write_review", each(200), arguments=_product),
    Row("write_review", each(200), "POST", _product, lambda s: {"stars": "six"}),
    Row("review", each(200), arguments=lambda s: {"pk": s.review.pk}),
    Row("update_review", signed_in(403), arguments=lambda s: {"pk": s.review.pk}),
    Row("update_review", signed_in(403), "POST", lambda s: {"pk": s.review.pk}, lambda s: {"body": ""}),
    Row("my_purchases", signed_in(200)),
    Row("my_reviews", signed_in(200)),
    Row("how_reviews_work", each(200)),
    # on the shop's own pages
    Row("shop_pages", for_managers(200)),
    Row("shop_pages", for_managers(200), query="?product=fell-jumper&theme=dark"),
    Row("add_shop", for_managers(302), "POST", data=lambda _: {"origin": "https://shop.example.com"}),
    Row("remove_shop", for_managers(302), "POST", lambda _: {"pk": 1}, unknown=302),
    Row("api_reviews", each(200), arguments=_product),
    Row("api_summary", each(200), arguments=_product),
    Row("widget_script", each(200)),
    Row("widget_module", each(200), arguments=lambda s: {"key": s.product.slug}),
    Row("widget_module_by_sku", each(200), arguments=lambda s: {"key": s.product.sku}),
    Row("widget", each(200), arguments=lambda s: {"key": s.product.slug}),
    Row("widget_by_sku", each(200), arguments=lambda s: {"key": s.product.sku}),
    # from a mail that asks for a review
    Row("invited", each(200), arguments=_invited),
    Row("invited", each(200), "POST", _invited),
    Row("invitation_opened", each(204), "POST", _invited),
    Row("no_more_invitations", each(200), arguments=_asked_no_more),
    Row("no_more_invitations", each(302), "POST", _asked_no_more),
    Row("written_by_invitation", each(200), arguments=lambda s: {"token": written_path(s.review).split("/")[-2]}),
    # the staff desk
    Row("go", each(302), arguments=lambda s: {"token": s.link.token}),
    Row("desk", for_readers(200)),
    Row("desk", for_readers(200), query="?view=all&q=fell&sort=priority"),
    Row("queue_part", for_readers(200)),
    *[Row(name, for_responders(302), "POST") for name in ("claim_many", "assign_many", "snooze_many", "wake_many")],
    Row("end_many", for_responders(302), "POST", data=lambda s: {"pick": s.conversation.pk, "because": ""}),
    Row("save_view", for_readers(302), "POST"),
    Row("delete_saved_view", for_readers(404), "POST", lambda _: {"pk": 9}),
    Row("conversation", for_readers(200), arguments=_conversation),
    *[
        Row(name, for_responders(302), "POST", _conversation)
        for name in ("claim", "release", "take_over", "reopen_conversation")
    ],
    Row("who_has_it", for_readers(200), arguments=_conversation),
    Row("renew_claim", for_responders(200), "POST", _conversation),
    Row("insert_draft", for_responders(200), "POST", _conversation),
    Row("suggest", for_responders(302), "POST", _conversation),
    Row("colleague_choices", for_readers(200)),
    Row("saved_replies", for_readers(200), query="?q=wool"),
    Row("saved_reply_choices", for_readers(404)),
    Row("write_saved_reply", for_responders(200)),
    Row("change_saved_reply", for_responders(200), arguments=_saved_reply),
    Row("delete_saved_reply", for_responders(302), "POST", _saved_reply),
    Row("company_links", for_readers(200)),
    Row("add_company_link", for_managers(200)),
    Row("change_company_link", for_managers(200), arguments=_company_link),
    Row("delete_company_link", for_managers(302), "POST", _company_link),
    Row("reply", for_responders(200), "POST", _conversation, lambda s: {"body": ""}),
    Row("note", for_responders(200), "POST", _conversation, lambda s: {"body": ""}),
    Row("set_type", for_responders(302), "POST", _conversation, lambda s: {"type": "x"}),
    Row("no_reply_needed", for_responders(200), "POST", _conversation, lambda s: {"because": ""}),
    Row("close_conversation", for_responders(302), "POST", _conversation),
    Row("escalate", for_responders(302), "POST", _question),
    Row("record_outcome", for_responders(302), "POST", _answer, lambda s: {"effect": "x"}),
    Row("record_message_outcome", for_responders(302), "POST", _reply_alone, lambda s: {"effect": "x"}),
    Row("moderation", for_moderators(200)),
    Row("decide", for_moderators(200), "POST", lambda s: {"pk": s.held.pk}, lambda s: {"action": "x"}),
    Row("dismiss_signals", for_moderators(302), "POST", lambda s: {"pk": s.review.pk}),
    Row("try_triage", for_managers(200)),
    Row("try_triage", for_managers(200), query="?q=jumper"),
    Row("try_triage", for_managers(200), query="?thread=1"),
    Row("searches", for_moderators(200)),
    Row("searches", for_moderators(200), query="?list=frequent&days=7"),
    Row("searches_csv", for_moderators(200)),
    # did it help?
    Row("help_question", each(200), arguments=_asked),
    Row("help_question", each(422), "POST", _asked),
    Row("ask_no_more", each(200), arguments=_asked),
    Row("ask_no_more", each(302), "POST", _asked),
    Row("link_helped", each(200), arguments=_linked),
    Row("link_helped", each(302), "POST", _linked),
    # hours, days off and targets
    Row("clocks", for_managers(200)),
    Row("clocks", for_managers(200), query="?at=2026-11-20T16:30"),
    Row("set_hours", for_managers(422), "POST"),
    Row("add_holiday", for_managers(422), "POST"),
    Row("remove_holiday", for_managers(302), "POST", lambda _: {"day": "2027-01-01"}),
    Row("look_at_calendar", for_managers(422), "POST"),
    Row("keep_days", for_managers(302), "POST"),
    Row("new_policy", for_managers(200)),
    Row("new_policy", for_managers(422), "POST"),
    Row("policy", for_managers(200), arguments=_policy),
    Row("policy", for_managers(422), "POST", _policy),
    Row("move_policy", for_managers(302), "POST", lambda s: _policy(s) | {"way": "down"}),
    Row("remove_policy", for_managers(302), "POST", _policy),
    # one-to-one, goodwill, former customers, what one allows
    Row("messages", signed_in(200)),
    Row("message_page", (0, 404, 404, 200, 302, 302, 302, 302, 302), arguments=_alone),
    Row("answer_alone", (0, 404, 404, 200, 404, 404, 404, 404), "POST", _alone, lambda s: {"body": ""}),
    Row("message_seen", (0, 404, 404, 204, 404, 404, 404, 404), "POST", _alone),
    Row("agree_to_publication", (0, 404, 404, 302, 404, 404, 404, 404), "POST", _alone),
    Row("decline_publication", (0, 404, 404, 302, 404, 404, 404, 404), "POST", _alone),
    Row("no_more_personal_letters", each(200), arguments=_stopping),
    Row("no_more_personal_letters", each(302), "POST", _stopping),
    Row("consents", signed_in(200)),
    Row("consents", signed_in(302), "POST"),
    Row("alone", for_responders(200), arguments=_conversation),
    Row("alone", for_responders(200), "POST", _conversation, lambda s: {"alone-body": ""}),
    Row("propose_publication", for_responders(200), "POST", _conversation, lambda s: {"told-body": ""}),
    Row("give_coupon", for_responders(200), arguments=_with_codes),
    Row("give_coupon", for_responders(200), "POST", _with_codes, lambda s: {"alone-body": ""}),
    Row("campaigns", for_managers(200)),
    Row("new_campaign", for_managers(200), "POST", data=lambda s: {"name": ""}),
    Row("campaign", for_managers(200), arguments=_campaign),
    Row("change_campaign", for_managers(200), "POST", _campaign, lambda s: {"name": ""}),
    Row("bring_codes", for_managers(200), "POST", _campaign, lambda s: {"codes": "AB-1", "act": "look"}),
    # automation and pauses
    Row("automation", for_readers(200)),
    Row("new_rule", for_managers(200)),
    Row("new_rule", for_managers(200), "POST", data=lambda s: {"name": ""}),
    Row("automation_rule", for_managers(200), arguments=_rule),
    Row("automation_rule", for_managers(200), "POST", _rule, lambda s: {"name": ""}),
    Row("try_rule", for_managers(302), "POST", _rule),
    Row("dry_run", for_managers(200), arguments=_rule),
    Row("switch_rule_on", for_managers(302), "POST", _rule),
    Row("switch_rule_off", for_responders(302), "POST", _rule),
    Row("delete_rule", for_managers(302), "POST", _rule),
    Row("automation_log", for_readers(200), query="?rule=1&state=held"),
    Row("automation_log_csv", for_readers(200)),
    Row("undo_action", for_responders(302), "POST", _rule_action),
    Row("held_back", for_readers(200)),
    Row("do_held", for_responders(302), "POST", data=lambda s: {"line": "1"}),
    Row("drop_held", for_responders(302), "POST", data=lambda s: {"line": "x"}),
    Row("pauses", for_readers(200)),
    Row("stop_everything", for_responders(302), "POST", data=lambda s: {"because": "", "next": "/staff/"}),
    Row("start_again", for_managers(302), "POST"),
    Row("pause_category", for_managers(422), "POST", data=lambda s: {"because": ""}),
    Row("pause_thread", for_responders(302), "POST", _question, lambda s: {"because": "On the phone"}),
    Row("pause_customer", for_responders(302), "POST", _author, lambda s: {"because": "A bereavement"}),
    Row("lift_pause", for_responders(302), "POST", _pause),
    Row("former_customers", for_readers(200)),
    Row("bring_former_customers", for_managers(200), "POST", data=lambda s: {"name": ""}),
    Row("former_customer", for_readers(200), arguments=_former),
    Row("write_to_former", for_responders(200), "POST", _former, lambda s: {"body": ""}),
    Row("leave_former_alone", for_responders(302), "POST", _former),
    Row("put_former_back", for_responders(302), "POST", _former),
    Row("record_leaving", for_responders(200), "POST", _former, lambda s: {"left-kind": "x"}),
    # listening
    Row("hear", each(403), "POST", _hook, unknown=403),
    Row("listening", for_readers(200)),
    Row("listening", for_readers(200), query="?state=new&tone=-1&days=14&q=wool&source=1&type=none&keyword=brand"),
    Row("add_mention", for_responders(200)),
    Row("add_mention", for_responders(422), "POST"),
    Row("upload_mentions", for_responders(200)),
    Row("upload_mentions", for_responders(422), "POST"),
    Row("take_file", for_responders(302), "POST", lambda _: {"key": UUID(int=1)}),
    Row("listening_report", for_readers(200)),
    Row("listening_report_csv", for_readers(200), query="?days=0"),
    Row("listening_sources", for_managers(200)),
    Row("add_feed", for_managers(422), "POST"),
    Row("add_webhook", for_managers(422), "POST"),
    Row("try_source", for_managers(422), "POST", _feed),
    Row("pause_source", for_managers(302), "POST", _feed),
    Row("resume_source", for_managers(302), "POST", _feed),
    Row("rotate_secret", for_managers(302), "POST", _hook),
    Row(
        "answer_elsewhere",
        for_responders(302),
        "POST",
        _heard,
        lambda _: {"answer-body": "Hello there.", "answer-type": "retention", "answer-confirm_second": "on"},
    ),
    Row("tie_mention_author", for_responders(302), "POST", _heard, lambda _: {"author-member": "mara"}),
    Row("message_posted", for_responders(302), "POST", _to_post, lambda _: {"permalink": "https://x.example/1"}),
    Row("discard_answer_elsewhere", for_responders(302), "POST", _to_post, unknown=302),
    Row("reviews_overview", for_insights(200)),
    Row("reviews_csv", for_insights(200)),
    Row("reviews_log_csv", for_insights(200)),
    Row("reviews_behind", for_insights(200), arguments=lambda _: {"key": "sent-all"}),
    Row("review_history", for_insights(200), arguments=lambda scene: {"pk": scene.review.pk}),
    Row("review_history_csv", for_insights(200), arguments=lambda scene: {"pk": scene.review.pk}),
    Row("review_history_json", for_insights(200), arguments=lambda scene: {"pk": scene.review.pk}),
    Row("invitations", for_insights(200)),
    Row("invitation_figures_csv", for_insights(200)),
    Row("invitation_campaign", for_insights(200), arguments=_inviting),
    Row("new_invitation_campaign", for_managers(200)),
    Row("new_invitation_campaign", for_managers(200), "POST"),
    Row("change_invitation_campaign", for_managers(200), arguments=_inviting),
    Row("change_invitation_campaign", for_managers(200), "POST", _inviting),
    Row("preview_invitations", for_managers(200), arguments=_inviting),
    Row("invitation_mail", for_managers(200), arguments=lambda s: _inviting(s) | {"nth": 0}),
    Row("try_invitation_mail", for_managers(302), "POST", _inviting),
    Row("switch_invitations_on", for_managers(302), "POST", _inviting),
    Row("switch_invitations_off", for_managers(302), "POST", _inviting),
    Row("insights", for_insights(200)),
    Row("moving", for_managers(200)),
    Row("export", for_managers(200)),
    Row("review_exports", for_managers(200)),
    Row("review_table", for_managers(200), arguments=lambda _: {"name": "own"}),
    Row("google_reviews_download", for_managers(200)),
    Row("google_reviews_renew", for_managers(302), "POST"),
    Row("google_reviews_close", for_managers(302), "POST"),
    Row("google_reviews", each(404), arguments=lambda _: {"token": "unknown"}),
    Row("import_upload", for_admins(422), "POST"),
    Row("import_owner", for_admins(422), "POST"),
    Row("import_rows", for_managers(200), arguments=lambda _: {"subject": "purchases"}),
    Row("import_rows_upload", for_managers(422), "POST", lambda _: {"subject": "products"}),
    Row("import_run", for_managers(404), arguments=lambda _: {"pk": 9}),
    Row("import_report", for_managers(404), arguments=lambda _: {"pk": 9}),
    Row("import_bring", for_managers(404), "POST", lambda _: {"pk": 9}),
    Row("import_stop", for_managers(404), "POST", lambda _: {"pk": 9}),
    Row("import_discard", for_managers(404), "POST", lambda _: {"pk": 9}),
    Row("insights", for_insights(200), query="?period=2026-10&product=fell-jumper&type=retention"),
    Row("insight", for_insights(200), arguments=lambda _: {"section": "talent"}),
    Row("insight_csv", for_insights(200), arguments=lambda _: {"section": "responses"}),
    Row("figure", for_insights(200), arguments=lambda _: {"section": "productive", "key": "all.began"}),
    Row("figure_csv", for_insights(200), arguments=lambda _: {"section": "productive", "key": "all.began"}),
]

# allauth's own pages; allauth itself tests who may do what there.
ALLAUTH = (
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
    "account_email", "account_email_verification_sent", "account_change_password", "account_set_password",
    "account_reset_password", "account_confirm_login_code", "account_confirm_password_reset_code",
    "account_complete_password_reset", "account_password_reset_completed", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
)  # fmt: skip


def pages_of(who: str, *, without: set[str]) -> list[Row]:
    """The addresses that show `who` a page."""
    return [row for row in TABLE if row.method == "GET" and row.code(who) == 200 and row.name not in without]
