"""InsiderDomain: a mail domain of the brand, or of who works for it. Whoever writes from there is labelled."""

import re

from django.core.exceptions import ValidationError
from django.db import models

EVERYBODYS = frozenset(
    {
        "aol.com",
        "fastmail.com",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "icloud.com",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "t-online.de",
        "web.de",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.de",
        "yandex.ru",
        "zoho.com",
        "163.com",
        "126.com",
    }
)
"""Where anybody can have an address: customers too."""
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+")

_OF_A_COUNTRY = re.compile(r"(?:ac|co|com|edu|gov|ne|net|or|org)\.[a-z]{2}")
"""“co.uk” would make insiders of half a country, and leave its reviews out of the average."""


class InsiderDomain(models.Model):
    domain = models.CharField(
        max_length=100,
        unique=True,
        help_text="For example “brand.com”; “shop.brand.com” then belongs to it. Reviews by accounts with such an "
        "address are labelled and left out of the average, those written before as well.",
    )
    note = models.CharField(max_length=100, blank=True, help_text="Whose it is, for example “our agency”.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        self.domain = self.domain.strip().lower().removeprefix("@")
        if not _DOMAIN.fullmatch(self.domain):
            raise ValidationError({"domain": "Give the part after the @ alone, for example “brand.com”."})
        if self.domain in EVERYBODYS or _OF_A_COUNTRY.fullmatch(self.domain):
            raise ValidationError({"domain": f"Anybody can have an address at {self.domain}, customers too."})
