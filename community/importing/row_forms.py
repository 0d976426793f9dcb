"""What a manager says about a table of purchases, products or reviews before it is tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from community.importing.models import ImportRun
from community.importing.rows.starting import SOURCES
from community.importing.uploading import LARGEST_UPLOAD
from community.members.text import LineField
from community.products.models import Product

DATE_ORDERS = (("", "The file tells"), ("dmy", "The day: 5 March 2024"), ("mdy", "The month: May 3, 2024"))


@dataclass(frozen=True)
class About:
    """One kind of table, in words. `columns` are (name, must it be there, what stands there)."""

    subject: str
    name: str
    what_for: str
    formats: str
    columns: Sequence[tuple[str, bool, str]]
    example: str

    @property
    def command(self) -> str:
        return f"import_{self.subject}"


PURCHASES = About(
    "purchases",
    "Purchases",
    "They prove who bought what: buyers' reviews are marked “verified purchase”, and they can be invited to review.",
    "Our own columns, or the order export of Shopify or WooCommerce.",
    (
        ("sku", True, "The product's SKU here. A variant's SKU will do if the product came with its variants."),
        ("e-mail", True, "The buyer's address."),
        ("reference", True, "The order's number."),
        ("purchased_at", True, "2024-03-05, or with time and zone: 2024-03-05T14:30:00Z."),
        ("name", False, "The buyer's name, for the greeting."),
        ("fulfilled_at", False, "When it was sent or handed over. Nobody is asked for a review before."),
        ("refunded", False, "“yes”, or the day it was given back. Nobody is asked about it any more."),
    ),
    "sku,e-mail,name,reference,purchased_at,fulfilled_at,refunded\n"
    "FJ-01,mara@example.com,Mara Lind,#1001,2024-03-05,2024-03-07,\n"
    "ST-02,tomas@example.com,Tomas Berg,#1002,2024-03-06,,yes",
)
PRODUCTS = About(
    "products",
    "Products",
    "What people ask about and review. Known SKUs are brought up to date; addresses here never change.",
    "Our own columns, or WooCommerce's product export. Pictures are not fetched.",
    (
        ("sku", True, "Different for each product. The same SKU again brings the product up to date."),
        ("name", True, "As people read it."),
        ("category", False, "Its shelf; made if it is new. Without one: Other."),
        ("description", False, "Plain text; mark-up is taken out."),
        ("gtin", False, "The number under the barcode."),
        ("mpn", False, "The maker's own number."),
        ("shop_url", False, "Its page in your shop."),
        ("shop_id", False, "What your shop's system calls it, if reviews or orders name that."),
        ("discontinued", False, "yes or no."),
    ),
    "sku,name,category,description,gtin,shop_url\n"
    "FJ-01,Fell jumper,Jumpers,Heavy wool for cold days.,4006381333931,https://shop.example.com/fell-jumper",
)
REVIEWS = About(
    "reviews",
    "Reviews",
    "Reviews from another system keep their date and say where they were first posted. All stars come along alike.",
    "The exports of Judge.me, Shopify Product Reviews, Loox, Yotpo, Okendo and WooCommerce; the first line tells.",
    (),
    "",
)
TABLES = (PURCHASES, PRODUCTS, REVIEWS)


class RowUploadForm(forms.Form):
    """Of one subject: `subject` is one of ImportRun.Subject but the community."""

    file = forms.FileField(
        label="CSV file",
        max_length=200,
        help_text="At most 200 MB. Comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.",
        error_messages={"empty": "The file is empty. Give a CSV file with the names of its columns in the first line."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    date_order = forms.ChoiceField(
        label="In a date like 05/03/2024, what comes first?",
        choices=DATE_ORDERS,
        required=False,
        help_text="If neither you nor the file can tell, such a row is refused rather than guessed.",
    )

    def __init__(self, subject: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if subject == ImportRun.Subject.REVIEWS:
            self.fields |= _review_fields()
        if subject == ImportRun.Subject.PRODUCTS:
            del self.fields["date_order"]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(f"This file has more than 200 MB. Bring it with the command import_{self.subject}.")
        return file

    def clean_mapping(self) -> dict[str, str]:
        mapping = {}
        for line in filter(str.strip, self.cleaned_data["mapping"].splitlines()):
            theirs, mark, ours = (part.strip() for part in line.rpartition("="))
            if not mark or not theirs or not ours:
                raise ValidationError(f"“{line.strip()[:60]}”: write theirs = ours, for example 44 = fell-jumper.")
            mapping[theirs] = ours
        return mapping

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mapping = data.get("mapping") or {}
        known = set(Product.objects.filter(slug__in=mapping.values()).values_list("slug", flat=True))
        if missing := sorted(set(mapping.values()) - known):
            self.add_error("mapping", f"No product here has this address: {', '.join(missing)[:200]}.")
        return data

    @property
    def source(self) -> str:
        """Of a valid form. Empty: the format's name."""
        return self.cleaned_data.get("source") or SOURCES.get(self.subject, "")

    def options(self) -> dict[str, Any]:
        """As ImportRun.options holds them. Of a valid form."""
        chosen = ("date_order", "make_products", "mapping")
        return {name: self.cleaned_data[name] for name in chosen if self.cleaned_data.get(name)}


def _review_fields() -> dict[str, forms.Field]:
    return {
        "source": LineField(
            label="Where they were first posted",
            required=False,
            max_length=60,
            help_text="Shown with each review. Empty: the name of the system, for example Judge.me. The same name "
            "every time, so that nothing comes twice.",
        ),
        "make_products": forms.BooleanField(
            label="Make products that are not here",
            required=False,
            help_text="Otherwise reviews of unknown products are refused, line by line.",
        ),
        "mapping": forms.CharField(
            label="Product by product",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="One a line, theirs = ours: their handle, number or SKU = the last part of the product's address "
            "here. For example “44 = fell-jumper”.",
        ),
    }
