"""What an administrator says about a file: where it is from, and where its things go."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from community.importing.addresses import host_of
from community.importing.uploading import LARGEST_UPLOAD
from community.members.models import Member
from community.members.text import LineField
from community.products.models import Product
from community.threads.models import Category


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        max_length=200,
        help_text="Discourse topics (JSON, or many in a zip or tar.gz), a Stack Exchange dump, a CSV table, or an "
        "export of this software. At most 200 MB; a larger one is brought by the command import_community.",
    )
    source = LineField(
        label="Name of the old community",
        max_length=60,
        help_text="The same every time, so that nothing comes twice. For example “Old forum”.",
    )
    base_url = LineField(
        label="Its old address",
        required=False,
        max_length=200,
        help_text="For example https://forum.example.com: links to it will lead here. Empty: taken from the texts, if "
        "they tell it.",
    )
    category = forms.ModelChoiceField(
        Category.objects.all(),
        label="Category",
        to_field_name="slug",
        empty_label="Choose a category",
        help_text="Where questions go that no line below leads elsewhere.",
    )
    mapping = forms.CharField(
        label="Category by category",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, theirs = ours, for example “7 = washing-and-care”. Discourse's are numbers.",
    )
    product = LineField(
        label="Product", required=False, max_length=100, help_text="What they are all about: its name, SKU or slug."
    )
    staff_as_company = forms.BooleanField(
        label="What staff wrote there is official here",
        required=False,
        help_text="Only if those who had staff's or moderators' rights there spoke for your company.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise ValidationError("This file has more than 200 MB. Bring it with the command import_community.")
        return file

    def clean_base_url(self) -> str:
        address = str(self.cleaned_data["base_url"]).rstrip("/")
        if address and not (address.startswith(("https://", "http://")) and host_of(address)):
            raise ValidationError("Write it like https://forum.example.com.")
        return address

    def clean_mapping(self) -> dict[str, str]:
        known = set(Category.objects.values_list("slug", flat=True))
        mapping = {}
        for line in filter(str.strip, self.cleaned_data["mapping"].splitlines()):
            theirs, _, ours = (part.strip() for part in line.partition("="))
            if ours not in known:
                raise ValidationError(f"“{line.strip()}”: write theirs = ours, with one of {', '.join(sorted(known))}.")
            mapping[theirs] = ours
        return mapping

    def clean_product(self) -> str:
        name = self.cleaned_data["product"]
        if not name:
            return ""
        product = Product.objects.filter(Q(slug=name.lower()) | Q(sku=name) | Q(name__iexact=name)).first()
        if product is None:
            raise ValidationError("There is no such product. Add it first, or leave this empty.")
        return product.slug

    def options(self) -> dict[str, Any]:
        """As ImportRun.options holds them. Of a valid form."""
        data = self.cleaned_data
        return {
            "category": data["category"].slug,
            "product": data["product"],
            "mapping": data["mapping"],
            "staff_as_company": data["staff_as_company"],
        }


class HandOverForm(forms.Form):
    author = LineField(label="Unclaimed member", max_length=30, help_text="Username of who came along.")
    to = LineField(label="Is really", max_length=30, help_text="Username of who signed up here.")

    def clean_author(self) -> Member:
        return _member(self.cleaned_data["author"])

    def clean_to(self) -> Member:
        return _member(self.cleaned_data["to"])


def _member(username: str) -> Member:
    member = Member.objects.filter(username__iexact=username.removeprefix("@"), erased_at=None).first()
    if member is None:
        raise ValidationError("There is no member of this name.")
    return member
