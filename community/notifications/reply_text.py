"""What somebody wrote in a mail: without what they quote, and without their signature. No regular expression here
looks at more than one line, so that no mail takes long.
"""

import re
from collections.abc import Sequence

from community.notifications.letters import REPLY_LINE

LONGEST_LINE = 2000
_ABOVE = 4  # lines over which “On …, … wrote:” may be broken
_WROTE = re.compile(
    r"(wrote|writes|schrieb|schreef|a écrit|escribió|ha scritto|scrive|escreveu|napisał\(?a?\)?|skrev|kirjoitti|írta"
    r"|пишет|написал\(?а?\)?|yazdı|a scris|napsal\(?a?\)?|geschreven)\b.{0,80}:\s*$",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(
    r"^\W{0,6}(on|am|le|el|il|op|em|w dniu|dnia|den|på|в|вт|ср|чт|пт|сб|вс|пн"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\b|^\W{0,6}\w{3}, ",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\d{1,4}.*<?[^\s<>@]{1,64}@[^\s<>@]{1,250}>?\s*:\s*$")
_DIVIDER = re.compile(
    r"^\W{0,3}[-_]{2,}\s*(original message|original appointment|forwarded message|ursprüngliche nachricht"
    r"|message d'origine"
    r"|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|пересылаемое сообщение"
    r"|oprindelig meddelelse|ursprungligt meddelande|wiadomość oryginalna|reply message)\s*[-_]{2,}\s*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[\s>*]{0,8}(from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado( el)?"
    r"|para|asunto|data|da|inviato|a|oggetto|van|verzonden|aan|onderwerp|assunto|från|skickat|till|ämne|od|wysłano|do"
    r"|temat|от|отправлено|кому|тема)\s?\*?\s?:",
    re.IGNORECASE,
)
_FROM_DEVICE = re.compile(
    r"^\W{0,3}(sent (from|with|via) (my |the )?\S|get outlook for|von meinem .{2,40} gesendet|gesendet (von|mit) \S"
    r"|envoyé de(puis)? (mon )?\S"
    r"|enviado desde (mi )?\S|inviato da\S* \S|verstuurd vanaf \S|verzonden (vanaf|met) \S|skickat från (min )?\S"
    r"|sendt fra (min )?\S"
    r"|wysłane z \S|отправлено (с|из) \S|enviado do meu \S)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(thanks|thank you|many thanks|cheers|best|best regards|kind regards|regards|warm regards|sincerely|yours|bye"
    r"|danke|vielen dank|(viele |liebe |beste |mit freundlichen )?grüße?n?|mfg|lg|vg|merci|cordialement|saludos|gracias"
    r"|un saludo"
    r"|saluti|grazie|groeten|met vriendelijke groet|obrigad[oa]|pozdrawiam|с уважением|спасибо)\b.{0,40}[,.!]?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"https?://|www\.|@[\w.-]+\.\w|\(?\+?\d[\d\s().-]{6,}\d", re.IGNORECASE)


def reply_text(text: str, *, sender_name: str = "") -> str:
    """The words of the sender. `sender_name` (as in From) lets a closing line with it be known."""
    lines = [line[:LONGEST_LINE].rstrip() for line in text.replace("\xa0", " ").replace("\r\n", "\n").split("\n")]
    lines = _without_signature(_unquoted(lines), sender_name)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Up to where the quotation begins. Who answers below or between what they quote keeps all that is theirs."""
    at, after = _quotation(lines)
    own, rest = list(lines[:at]), list(lines[after:])
    while own and (not own[-1].strip() or own[-1].lstrip().startswith(">")):
        own.pop()
    if any(line.strip() for line in own) or not _is_marked(rest):
        return own
    return [line for line in _between(rest) if REPLY_LINE not in line]


def _is_marked(lines: Sequence[str]) -> bool:
    return next((line for line in lines if line.strip()), "").lstrip().startswith(">")


def _between(lines: Sequence[str]) -> list[str]:
    """What stands below and between quoted lines. The quotations before an answer stay, if there are several."""
    blocks: list[list[str]] = []
    was_quoted = None
    for line in lines:
        is_quoted = line.lstrip().startswith(">") or (not line.strip() and bool(was_quoted))
        if is_quoted is not was_quoted:
            blocks.append([])
        blocks[-1].append(line)
        was_quoted = is_quoted
    own = [block for block in blocks[1::2] if any(line.strip() for line in block)]
    if len(own) < 2:
        return own[0] if own else []
    return [line for block in blocks[: 2 * len(own)] for line in (*block, "")]


def _quotation(lines: Sequence[str]) -> tuple[int, int]:
    """Where a quotation's head begins, and where it ends; both the end of the text if there is none."""
    for at, line in enumerate(lines):
        if REPLY_LINE in line or _DIVIDER.match(line) or _is_fields(lines, at):
            return at, at + 1
        begins = _wrote_begins(lines, at)
        if begins is not None:
            return begins, at + 1
    return len(lines), len(lines)


def _wrote_begins(lines: Sequence[str], at: int) -> int | None:
    """Where “On 3 April …, Mara wrote:” begins that ends at line `at`; None if none ends there."""
    line = lines[at]
    if not line.endswith(":") or line.lstrip().startswith(">"):
        return None
    if _ADDRESSED.search(line) and _WROTE_BEGINS.match(line):
        return at
    if not (_WROTE.search(line) or _ADDRESSED.search(line)):
        return None
    for begins in range(at, max(-1, at - _ABOVE), -1):
        if not lines[begins].strip():
            return None
        if _WROTE_BEGINS.match(lines[begins]) and any(
            mark in "".join(lines[begins : at + 1]) for mark in "0123456789@"
        ):
            return begins
    return None


def _is_fields(lines: Sequence[str], at: int) -> bool:
    """Do three of “From, Sent, To, Subject” stand here, one a line?"""
    if not _FIELD.match(lines[at]):
        return False
    near = [line for line in lines[at : at + 9] if line.strip()][:6]
    return sum(bool(_FIELD.match(line)) for line in near) >= 3


def _without_signature(lines: list[str], sender_name: str) -> list[str]:
    for at, line in enumerate(lines):
        if at and re.fullmatch(r"--|—|_{5,}", line.strip()) and _may_be_signature(line, lines[at + 1 :]):
            lines = lines[:at]
            break
    lines = _stripped(lines)
    while len(lines) > 1 and _FROM_DEVICE.match(lines[-1]):
        lines = _stripped(lines[:-1])
    lines = _without_contacts(lines)
    return _without_name(lines, sender_name)


def _may_be_signature(divider: str, below: Sequence[str]) -> bool:
    """“--” is the mark for one (RFC 3676); other lines only if little stands below them."""
    return divider.strip() == "--" or len([line for line in below if line.strip()]) <= 8


def _without_contacts(lines: list[str]) -> list[str]:
    """Without a last block of short lines with a telephone number or an address in it."""
    starts = max((at + 1 for at, line in enumerate(lines) if not line.strip()), default=0)
    block = lines[starts:]
    is_short = 2 <= len(block) <= 10 and all(len(line) <= 70 for line in block)
    if starts and is_short and any(map(_CONTACT.search, block)) and not _CONTACT.search(block[0]):
        return _stripped(lines[:starts])
    return lines


def _without_name(lines: list[str], sender_name: str) -> list[str]:
    """Without “Thanks, Mara” at the end, if Mara is who sent it."""
    known = set(re.findall(r"\w+", sender_name.lower()))
    words = re.findall(r"\w+", lines[-1].lower()) if lines else []
    if (
        len(lines) < 2
        or not known
        or not words
        or len(words) > 4
        or not {word for word in words if len(word) > 1} <= known
    ):
        return lines
    lines = _stripped(lines[:-1])
    return _stripped(lines[:-1]) if len(lines) > 1 and _CLOSING.match(lines[-1].strip()) else lines


def _stripped(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]
