"""The helpful link: one link for one need, served by a redirect to its stored address only."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.threads.models import Post
from staff.models import CompanyLink, HelpfulLink


def prepare_link(url: str, need: str) -> HelpfulLink | None:
    """An unsaved link with its token, None if neither part is given. A path of this site becomes a full address.

    Raises ValidationError if one part is missing or the address is none that a reader may be sent to.
    """
    url, need = url.strip(), " ".join(need.split())
    if not url and not need:
        return None
    if not (url and need):
        raise ValidationError("A helpful link needs both: the address, and what the customer needs.")
    if url.startswith("/") and not url.startswith("//"):
        url = settings.SITE_URL + url
    _require_safe(url)
    listed = CompanyLink.objects.filter(url=url).first()
    return HelpfulLink(url=url, need=need[:120], token=secrets.token_urlsafe(16), company_link=listed)


def _require_safe(url: str) -> None:
    try:
        HelpfulLink._meta.get_field("url").run_validators(url)
    except ValidationError as error:
        raise ValidationError("Write the link's whole address, beginning with https://.") from error
    if urlsplit(url).username is not None:
        raise ValidationError("This address holds a name before an @, which misleads readers. Leave it out.")


def with_link(body: str, link: HelpfulLink | None) -> str:
    """`body` (Markdown) with the link as its last line."""
    if link is None:
        return body
    words = "".join(f"\\{mark}" if mark in "\\[]*_`<>~|" else mark for mark in link.need)
    return f"{body.rstrip()}\n\n**Helpful:** [{words}]({reverse('go', args=[link.token])})"


def attach_link(link: HelpfulLink | None, post: Post) -> None:
    if link is not None:
        link.post = post
        link.save()
