"""What people may be called: usernames that are safe in an address and after an @; names that speak for no other."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from community.branding.models import Branding

USERNAME_PATTERN = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9])"
USERNAME_VALIDATORS = [
    RegexValidator(
        rf"^{USERNAME_PATTERN}\Z",
        "Use 2 to 30 letters, digits, dots, hyphens or underscores, beginning and ending with a letter or digit.",
    )
]
RESERVED = {
    "abuse", "account", "accounts", "admin", "administrator", "all", "anonymous", "api", "billing", "brand",
    "channel", "community", "company", "contact", "customerservice", "customersupport", "deleted", "deletedmember",
    "demo", "edit", "everybody", "everyone", "forum", "guest", "help", "helpdesk", "here", "hostmaster", "info",
    "legal", "login", "logout", "mail", "manager", "me", "member", "members", "mod", "moderator", "moderators",
    "news", "nobody", "noreply", "null", "official", "postmaster", "press", "privacy", "root", "sales", "security",
    "service", "settings", "shop", "staff", "support", "system", "team", "test", "undefined", "unknown", "user",
    "webmaster", "www", "you",
}  # fmt: skip


def refuse_reserved(name: str) -> None:
    """Raise ValidationError if `name` reads like the company or the software: “Admin”, “sup-port”, the brand's name."""
    bare = re.sub(r"[\W_]", "", name.casefold())
    if bare in RESERVED or bare == re.sub(r"[\W_]", "", Branding.current().name.casefold()):
        raise ValidationError("This name is kept for the company. Please choose another one.")
