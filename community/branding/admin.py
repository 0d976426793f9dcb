"""One page in the admin: the brand, with its readable colours shown beside the choice."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from community.branding.colours import DARK, LIGHT, contrast, partners
from community.branding.logo import clean_logo
from community.branding.memory import publish
from community.branding.models import Branding


class BrandingForm(forms.ModelForm):
    support_url = forms.URLField(
        label="Support address",
        required=False,
        assume_scheme="https",
        help_text=Branding._meta.get_field("support_url").help_text,
    )

    class Meta:
        model = Branding
        fields = ("name", "tagline", "logo", "accent", "support_url")
        widgets = {"accent": forms.TextInput(attrs={"type": "color"})}

    def clean_logo(self) -> Any:
        logo = self.cleaned_data.get("logo")
        return clean_logo(logo) if isinstance(logo, UploadedFile) else logo


@admin.register(Branding)
class BrandingAdmin(admin.ModelAdmin):
    form = BrandingForm
    fields = ("name", "tagline", "logo", "accent", "preview", "support_url", "updated_at")
    readonly_fields = ("preview", "updated_at")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one row: go straight to it, or to making it."""
        if Branding.objects.exists():
            return HttpResponseRedirect(reverse("admin:branding_branding_change", args=[1]))
        return HttpResponseRedirect(reverse("admin:branding_branding_add"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Branding.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Branding | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Branding, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        publish(obj.as_brand())

    @admin.display(description="How it looks")
    def preview(self, branding: Branding) -> SafeString:
        """The saved colour's partners, drawn as SVG, with the contrast that each pair reaches."""
        themes = [
            {"name": name, "ground": ground, "partners": found, "contrast": contrast(found.text, ground.paper)}
            for name, ground in (("Light", LIGHT), ("Dark", DARK))
            for found in [partners(branding.accent, ground)]
        ]
        return render_to_string("branding/preview.html", {"themes": themes, "name": branding.name})
