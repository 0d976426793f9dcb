"""After a review has come from a link: the mailbox hears of it, and an invitation that is answered asks no more."""

import logging
from smtplib import SMTPException

from community.notifications.mailing import log
from community.notifications.models import SentMail
from reviews.inviting.letters import compose_written
from reviews.inviting.owners import gets_mail_at, owner_of_item
from reviews.models import InvitedPurchase

logger = logging.getLogger(__name__)


def tell_of_written(item_id: int) -> bool:
    """Mail what was published in their name to the address that was asked, with the way to undo it.

    False if that was done, or the review is gone.

    Unlike other mail it waits for nothing and asks nobody: without it somebody else could write in their name unseen.
    Raises SMTPException or OSError where no mail server takes it, so that the worker tries again.
    """
    related = ("invitation__campaign", "purchase__member", "review__thread__author", "review__thread__product")
    item = InvitedPurchase.objects.select_related(*related).filter(pk=item_id, review__isnull=False).first()
    if item is None or item.review is None:
        return False
    letter = compose_written(item.review, item.invitation)
    if SentMail.objects.filter(message_id=letter.extra_headers["Message-ID"].strip("<>")).exists():
        return False
    try:
        letter.send()
    except (OSError, SMTPException):
        logger.exception("The letter about review %d could not be sent; it is tried again.", item.review.pk)
        raise
    owner = owner_of_item(item)
    log(letter, owner if gets_mail_at(owner, item.invitation.email) else None)
    return True
