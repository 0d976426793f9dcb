"""What a username may look like: short, plain, safe in an address and after an @."""

from django.core.validators import RegexValidator

USERNAME_PATTERN = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9])"
USERNAME_VALIDATORS = [
    RegexValidator(
        rf"^{USERNAME_PATTERN}\Z",
        "Use 2 to 30 letters, digits, dots, hyphens or underscores, beginning and ending with a letter or digit.",
    )
]
