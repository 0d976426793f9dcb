"""Telling an author what a moderator, or the flags' weight, did with their post."""

from community.moderation.models import Decision
from community.notifications.models import Notification
from community.notifications.telling import tell
from community.threads.models import Post
from reviews.refusing import is_written_to

_HEARD_OF = {
    True: (Decision.Action.PUBLISH, Decision.Action.RESTORE, Decision.Action.KEEP),
    False: (Decision.Action.HIDE, Decision.Action.REMOVE),
}


def tell_of_decision(post: Post) -> bool:
    """Tell `post`'s author of the last decision, if it made the post appear or disappear. False if none, or told.

    Whose review is refused gets a letter of its own, with the reason and the text (reviews.refusing).
    """
    decision = Decision.objects.filter(post=post).select_related("moderator").first()
    if decision is None or decision.action not in _HEARD_OF[post.is_published]:
        return False
    kind, at = Notification.Kind.DECISION, decision.created_at
    has_letter = decision.action == Decision.Action.REMOVE and is_written_to(post)
    return tell(member=post.author, kind=kind, post=post, happened_at=at, by_mail=not has_letter)
