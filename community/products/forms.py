"""What an administrator fills in about a product."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from community.products.models import Product
from community.products.pictures import encoded, sizes_of


class ProductForm(forms.ModelForm):
    image = forms.FileField(
        label="picture",
        required=False,
        widget=forms.ClearableFileInput,
        help_text="JPEG, PNG, WebP or GIF, up to 10 MB.",
    )

    class Meta:
        model = Product
        fields = [
            "name", "slug", "category", "description", "image", "sku", "gtin", "mpn", "shop_url", "is_discontinued",
        ]  # fmt: skip

    def clean_image(self) -> Any:
        """A new picture is kept as any photo is: re-encoded, without metadata, at most 1280 pixels wide."""
        image = self.cleaned_data["image"]
        if not isinstance(image, UploadedFile):
            return image
        large, *_ = sizes_of(image, image.size or 0)
        return ContentFile(encoded(large), f"{uuid4().hex}.webp")
