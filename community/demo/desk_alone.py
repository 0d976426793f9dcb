"""The demo's exchanges with one customer alone, a code given for goodwill, and customers who have gone quiet."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from community.members.consenting import give_consent
from community.members.models import Consent, Member
from community.products.models import Product, Purchase
from staff.former.finding import find_quiet
from staff.former.working import leave_alone, record_leaving, write_once
from staff.goodwill.giving import campaigns_for, give
from staff.models import Conversation, FormerCustomer, Message
from staff.one_to_one.messaging import receive
from staff.one_to_one.publishing import propose
from staff.one_to_one.writing import note_for, write_alone
from staff.reading import customer_of

ORDER = "return-arrived-three-weeks-ago-still-no-refund-whom-do-i-ask"
TENT = "tent-pole-snapped-on-its-first-night-and-we-leave-in-eight-days-can-it-be-mended"
QUIET = (  # who, months since they bought, whether they allow a personal message
    ("morag.ellis", "Morag Ellis", 31, True),
    ("tobias.krenn", "Tobias Krenn", 22, True),
    ("anjali.rao", "Anjali Rao", 18, False),
    ("femke.visser", "Femke Visser", 16, True),
    ("owen.pritchard", "Owen Pritchard", 15, False),
)


@transaction.atomic
def load_alone(now: datetime) -> int:
    """Two exchanges: one waits for us, one has ended well. How many messages; none if there are some."""
    if Message.objects.private().exists():
        return 0
    agent = Member.objects.get(username="responder")
    refund, tent = (_conversation(slug) for slug in (ORDER, TENT))
    if refund is not None:
        write_alone(
            by=agent,
            conversation=refund,
            body="I have looked for your parcel in the returns room, and it is here.\n\nTo send the money back I need "
            "your **order number**, and whether it should go to the card that you paid with.",
            type="retention",
            note=note_for(refund),
            confirm_second=True,
        )
        receive(
            customer=customer_of(refund), conversation=refund, body="It is A-20931, and yes, the same card. Thank you!"
        )
    if tent is not None:
        _mend_a_tent(agent, tent)
    return _sent(now)


def _mend_a_tent(agent: Member, tent: Conversation) -> None:
    note = note_for(tent)
    offered = campaigns_for(tent)
    body = "A new pole left our repair room this morning, by courier. Please take this with our apologies."
    if offered:
        because = "Pole broke on the first night, before a journey"
        said = {"type": "retention", "note": note, "confirm_second": True}
        give(by=agent, conversation=tent, campaign=offered[0], because=because, body=body, **said)
    else:
        write_alone(by=agent, conversation=tent, body=body, type="retention", note=note, confirm_second=True)
    receive(
        customer=customer_of(tent), conversation=tent, body="It came today, and it fits. You saved our week on Skye."
    )
    told = "We sent a new pole by courier, and it arrived in time for the journey."
    propose(by=agent, conversation=tent, body=told)


@transaction.atomic
def load_former(now: datetime) -> int:
    """Customers who have gone quiet: some allow a message, one has been written to, one is left alone. How many."""
    if FormerCustomer.objects.exists():
        return 0
    products = list(Product.objects.order_by("pk")[: len(QUIET)])
    for product, (username, name, months, is_allowed) in zip(products, QUIET, strict=False):
        _make_quiet(_member(username, name, now), product, now - timedelta(days=30 * months), is_allowed)
    found = find_quiet(now)
    _work_on_some()
    return found


def _member(username: str, name: str, now: datetime) -> Member:
    """A customer of long ago, who has never written anything."""
    joined = now - timedelta(days=1100)
    fields = {"display_name": name, "email": f"{username}@example.com", "date_joined": joined}
    member, is_new = Member.objects.get_or_create(username=username, defaults=fields)
    if is_new:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def _make_quiet(member: Member, product: Product, bought_at: datetime, is_allowed: bool) -> None:
    order = {"product": product, "reference": f"OLD-{member.pk}", "email": member.email}
    Purchase.objects.get_or_create(**order, defaults={"member": member, "purchased_at": bought_at})
    if is_allowed:
        purpose, channel = Consent.Purpose.REACTIVATION, Consent.Channel.MAIL
        give_consent(by=member, channel=channel, purpose=purpose, source="sign-up page")


def _work_on_some() -> None:
    agent = Member.objects.get(username="responder")
    listed = list(FormerCustomer.objects.select_related("member"))
    if listed:
        record_leaving(by=agent, member=listed[0].member, kind="range", words="Nothing long enough in the arm for me.")
    if len(listed) > 1:
        leave_alone(by=agent, former=listed[-1], note="Moved to the tropics, as they told us.")
    allowed = [one for one in listed[:-1] if one.member.consents.filter(is_given=True).exists()]
    if allowed:
        body = "What you bought from us must be three winters old. If a seam has gone, we mend it, whatever its age."
        write_once(by=agent, former=allowed[0], subject="How is it holding up?", body=body)
    _sent(timezone.now())


def _conversation(slug: str) -> Conversation | None:
    return Conversation.objects.filter(thread__slug=slug).select_related("thread", "customer").first()


def _sent(now: datetime) -> int:
    """The demo sends no letters: they count as sent."""
    return Message.objects.filter(is_official=True).update(mail_due_at=None, mailed_at=now)
