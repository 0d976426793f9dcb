"""A first look at each text: refuse what breaks a cap, hold what looks like spam, let the rest through."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from community.members.models import Member, TrustLevel
from community.threads.models import Attachment, Status
from community.threads.rendering import MENTION

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
IMAGE = re.compile(r"!\[")
NEW_MEMBER_LINKS, NEW_MEMBER_IMAGES, NEW_MEMBER_MENTIONS, MENTIONS = 2, 1, 2, 10
SUSPICIOUS = re.compile(
    r"\b(casino|viagra|cialis|crypto\s+(?:giveaway|signals?)|forex|payday\s+loans?|escort|seo\s+services?|backlinks?"
    r"|work\s+from\s+home|earn\s+\$?\d+|whats\s?app\s*(?:me|:|\+)|telegram\s*(?:me|:|@)|click\s+here|buy\s+followers"
    r"|free\s+money|100%\s+guaranteed?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    status: str
    reason: str = ""


def screen(*, by: Member, text: str, title: str = "", photos: Iterable[Attachment] = ()) -> Verdict:
    """Published, or held with the reason a moderator reads. Raises ValidationError where a cap is broken."""
    enforce_caps(by=by, text=text, photos=photos)
    if by.is_responder or by.trust_level > TrustLevel.BASIC:
        return Verdict(Status.PUBLISHED)
    match = SUSPICIOUS.search(f"{title}\n{text}")
    if match:
        return Verdict(Status.HELD, f"Contains “{match.group(0)}”")
    if by.trust_level == TrustLevel.NEW and LINK.search(text) and not by.posts.published().exists():
        return Verdict(Status.HELD, "First post of a new member, with a link")
    return Verdict(Status.PUBLISHED)


def is_buyer(member: Member) -> bool:
    """Has an order to their name: no spammer buys first, so a new buyer may show what they bought. One query."""
    return member.purchases.evidence().exists()


def enforce_caps(*, by: Member, text: str, photos: Iterable[Attachment] = ()) -> None:
    """Raise ValidationError, saying the number, if `text` has more links, images or mentions than `by` may post."""
    if by.is_responder:
        return
    mentions = len(set(MENTION.findall(text)))
    is_new = by.trust_level == TrustLevel.NEW
    caps = [(mentions, NEW_MEMBER_MENTIONS if is_new else MENTIONS, "mentions")]
    if is_new:
        caps.append((len(LINK.findall(text)), NEW_MEMBER_LINKS, "links"))
        beside = sum(photo.large.url not in text for photo in photos)
        images = len(IMAGE.findall(text)) + beside
        if images > NEW_MEMBER_IMAGES and not is_buyer(by):
            caps.append((images, NEW_MEMBER_IMAGES, "images"))
    for count, cap, noun in caps:
        if count > cap:
            who = "New members" if is_new else "Members"
            raise ValidationError(
                f"This has {count} {noun}. {who} may use at most {cap} in a post: please take some out."
            )
