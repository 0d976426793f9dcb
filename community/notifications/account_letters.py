"""Letters about one's account (codes, changes) in the frame of all our mail: HTML made from their plain text."""

import re
from dataclasses import dataclass

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from community.branding.models import Branding
from community.notifications.letters import absolute
from community.notifications.mail_colours import mail_colours

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{3,14}")
_ADDRESS = re.compile(r"https?://\S+$")


@dataclass(frozen=True)
class Block:
    """One paragraph: words, a code to type in, a list, or a button that leads to `url`."""

    words: str = ""
    code: str = ""
    items: tuple[str, ...] = ()
    url: str = ""


def dress(message: EmailMessage) -> EmailMessage:
    """Add the HTML form to a plain letter, and say that a machine sent it."""
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    if isinstance(message, EmailMultiAlternatives) and not message.alternatives:
        brand = Branding.current()
        context = {
            "brand": brand,
            "colours": mail_colours(brand.accent),
            "home_url": absolute(reverse("home")),
            "title": message.subject,
            "blocks": blocks_of(str(message.body)),
        }
        html = render_to_string("notifications/mail/account.html", context)
        message.attach_alternative(html.strip(), "text/html")
    return message


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of account/email/base_message.txt, without its greeting and its last lines."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [block for paragraph in paragraphs[1:-1] for block in _blocks(paragraph)]


def _blocks(paragraph: str) -> list[Block]:
    if _CODE.fullmatch(paragraph):
        return [Block(code=paragraph)]
    lines = paragraph.splitlines()
    if all(line.startswith("- ") for line in lines):
        return [Block(items=tuple(line[2:] for line in lines))]
    address = _ADDRESS.search(paragraph)
    if address:
        words = paragraph[: address.start()].strip()
        return [*([Block(words=words)] if words else []), Block(url=address[0])]
    return [Block(words=paragraph)]
