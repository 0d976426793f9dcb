"""What people may be called: usernames that are safe in an address and after an @, and words that are kept."""

from django.core.validators import RegexValidator

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
