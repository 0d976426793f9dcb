"""What the desk refuses to start with."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def feeds_come_from_public_addresses(**_: Any) -> list[CheckMessage]:
    """A feed's address is a stranger's word: where customers are, it must not reach the server's own network."""
    if not settings.LISTEN_TO_LOOPBACK or settings.DEBUG or settings.TESTING:
        return []
    hint = "Take LISTEN_TO_LOOPBACK out of the environment. It is for tests and development."
    return [Error("Feeds of mentions could reach this machine's own services.", hint=hint, id="staff.E001")]
