"""Reading a raw mail (RFC 5322): who sent it, to which reply address, what they wrote, which photos came along."""

import email
import email.errors
import email.header
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import getaddresses

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from community.notifications.html_reply import text_of_html
from community.notifications.reply_addresses import Place, place_in
from community.notifications.reply_text import reply_text

Part = Message  # of a mail, or the whole

LARGEST = 30 * 1024 * 1024
LONGEST_TEXT = 500_000  # characters looked at; a post may have 32,000
MOST_PARTS = 200
SMALLEST_PHOTO = 15_000  # bytes; what is smaller and stands in the text is a logo or a smiley
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|daemon)([+.@-]|$)", re.IGNORECASE)
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:header\.(?:d|i)|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;@\"]*@)?([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Incoming:
    """`place` is None without a good reply address. `is_forged`: our own mail server found that the sender is not who
    they say. `left_out` names files that are no photos.
    """

    message_id: str
    sender: str
    sender_name: str
    subject: str
    place: Place | None
    text: str
    is_automatic: bool
    is_forged: bool
    photos: list[SimpleUploadedFile] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_mail(raw: bytes, *, recipient: str = "") -> Incoming:
    """`recipient`: the address of the envelope, if the mail server told it. Never raises for odd mail."""
    try:
        return _read(raw, recipient)
    except RecursionError:  # parts within parts within parts: made by a machine, and for no good
        name = hashlib.sha256(raw).hexdigest()
        return Incoming(name, "", "", "", place=None, text="", is_automatic=True, is_forged=False)


def _read(raw: bytes, recipient: str) -> Incoming:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    name, sender = next(iter(getaddresses([_header(message, "From")])), ("", ""))
    photos, left_out = _files(message)
    named = " ".join([recipient, *(str(value) for header in _TO for value in message.get_all(header, []))])
    return Incoming(
        message_id=_message_id(message, raw),
        sender=sender.lower(),
        sender_name=name,
        subject=" ".join(_header(message, "Subject").split())[:200],
        place=place_in(named),
        text=reply_text(_text(message), sender_name=name),
        is_automatic=_is_automatic(message, sender),
        is_forged=_is_forged(message, sender),
        photos=photos,
        left_out=left_out,
    )


def _header(message: Part, name: str) -> str:
    """Decoded."""
    try:
        decoded = str(email.header.make_header(email.header.decode_header(str(message.get(name, "")))))
    except (ValueError, LookupError, UnicodeError, email.errors.HeaderParseError):
        decoded = str(message.get(name, ""))
    return _holdable(decoded)


def _message_id(message: Part, raw: bytes) -> str:
    name = _header(message, "Message-ID").strip().strip("<>")
    return name if 0 < len(name) <= 200 else hashlib.sha256(raw).hexdigest()


def _is_automatic(message: Part, sender: str) -> bool:
    """An absence note, a mailing list, a letter that came back (RFC 3834): never answered, never posted."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    precedence = _header(message, "Precedence").strip().lower()
    marks = ("List-Id", "List-Post", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or precedence in ("bulk", "list", "junk", "auto_reply", "auto-reply")
        or any(mark in message for mark in marks)
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or not sender
        or bool(_MACHINES.match(sender))
    )


def _is_forged(message: Part, sender: str) -> bool:
    """Did our own mail server (MAIL_AUTHSERV_ID) say so? What others claim counts for nothing: anybody can write it."""
    results = _results(message)
    if results is None:
        return False
    host = sender.rpartition("@")[2].lower()
    dmarc = {result for kind, result, _ in results if kind == "dmarc"}
    if dmarc & {"pass", "fail"}:  # “none”: the sender's domain has no policy, as many small ones
        return "pass" not in dmarc
    if any(result == "pass" and _is_same_house(domain, host) for _, result, domain in results):
        return False
    return any(result in ("fail", "hardfail") for _, result, _ in results)


def _results(message: Part) -> list[tuple[str, str, str]] | None:
    """(dmarc, dkim or spf; how it ended; for which domain) as our mail server found; None if it said nothing."""
    for value in message.get_all("Authentication-Results", []):
        server, _, told = re.sub(r"\([^()]*\)", " ", str(value)).partition(";")
        if settings.MAIL_AUTHSERV_ID and server.split()[:1] == [settings.MAIL_AUTHSERV_ID]:
            found = [
                (kind.lower(), result.lower(), _DOMAIN.search(rest)) for kind, result, rest in _RESULT.findall(told)
            ]
            return [(kind, result, domain[1].lower() if domain else "") for kind, result, domain in found]
    return None


def _is_same_house(domain: str, host: str) -> bool:
    return bool(domain) and (domain == host or domain.endswith(f".{host}") or host.endswith(f".{domain}"))


def _parts(message: Part) -> Iterator[Part]:
    """The leaves, without letters that are enclosed in this one."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [one for one in payload if isinstance(one, Message)] + waiting
        elif part.get_content_maintype() != "message":
            yield part


def _text(message: Part) -> str:
    """The first plain text; of mail without one, the HTML."""
    texts = [part for part in _parts(message) if part.get_content_maintype() == "text" and not _is_file(part)]
    for kind in ("plain", "html"):
        for part in texts:
            if part.get_content_subtype() == kind and (text := _decoded(part)).strip():
                return text_of_html(text) if kind == "html" else _flowed(part, text)
    return ""


def _content(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(part: Part) -> str:
    content = _content(part)
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):  # no such encoding, or one of names and numbers
        text = content.decode("utf-8", "replace")
    return _holdable(text)[:LONGEST_TEXT]


def _holdable(text: str) -> str:
    """Without what a database or a letter can't hold."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _flowed(part: Part, text: str) -> str:
    """Lines that were broken only to be sent are one again (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return re.sub(r"(?<=\S) \r?\n(?![>\s-])", " ", text)


def _is_file(part: Part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _files(message: Part) -> tuple[list[SimpleUploadedFile], list[str]]:
    photos, left_out = [], []
    for part in _parts(message):
        is_image = part.get_content_maintype() == "image"
        if not is_image and not _is_file(part):
            continue
        content = _content(part)
        name = (part.get_filename() or "photo").replace("\x00", "")[:100]
        if not is_image:
            left_out += [name] if part.get_content_disposition() == "attachment" else []
        elif part.get_content_disposition() == "attachment" or len(content) >= SMALLEST_PHOTO:
            photos.append(SimpleUploadedFile(name, content, part.get_content_type()))
    return photos, left_out
