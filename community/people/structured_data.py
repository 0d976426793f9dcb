"""What search engines read on a member's page (schema.org): a ProfilePage about one Person."""

from typing import Any

from django.core.files.storage import default_storage

from community.branding.templatetags.look import PICTURE_SIZES
from community.members.models import Member
from community.people.models import Standing
from community.threads.structured_data import absolute


def profile_data(person: Member, standing: Standing) -> dict[str, Any]:
    """Only what the page itself shows."""
    about: dict[str, Any] = {
        "@type": "Person",
        "name": person.name,
        "alternateName": person.username,
        "identifier": str(person.pk),
        "url": absolute(person.get_absolute_url()),
        "agentInteractionStatistic": [
            _counter("https://schema.org/WriteAction", standing.questions + standing.answers + standing.reviews)
        ],
        "interactionStatistic": [_counter("https://schema.org/LikeAction", standing.people_helped)],
    }
    if person.title:
        about["jobTitle"] = person.title
    if person.bio:
        about["description"] = person.bio
    if person.picture:
        about["image"] = absolute(default_storage.url(f"{person.picture}-{PICTURE_SIZES['large']}.webp"))
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "dateCreated": person.date_joined.isoformat(),
        "mainEntity": about,
    }


def _counter(kind: str, count: int) -> dict[str, Any]:
    return {"@type": "InteractionCounter", "interactionType": kind, "userInteractionCount": count}
