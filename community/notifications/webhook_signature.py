"""The signature by which we know that a mail server of ours speaks: `t=1764000000,v1=<HMAC-SHA256 in hex>`.

It is made over `"{t}."` and the body, with MAIL_WEBHOOK_SECRET, and holds for five minutes: nobody can send what they
recorded once more later. (Stripe's scheme; `docs/mail.md` shows it in ten lines of shell.)
"""

import hashlib
import hmac

HEADER = "X-Webhook-Signature"
HOLDS_FOR = 300  # seconds


def sign(body: bytes, *, secret: str, at: int) -> str:
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def is_signed(body: bytes, header: str, *, secret: str, now: float) -> bool:
    """False without a secret, for a signature that is not ours, and for one older or younger than five minutes."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    at = parts.get("t", "")
    if not secret or not at.isascii() or not at.isdecimal() or len(at) > 12 or abs(now - int(at)) > HOLDS_FOR:
        return False
    return hmac.compare_digest(
        sign(body, secret=secret, at=int(at)).encode(), f"t={at},v1={parts.get('v1', '')}".encode()
    )
