"""Tags in the administration: their words and synonyms, and making one of several."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify

from community.members.text import tidy_line
from community.threads.models import Edition, Tag, TagSynonym
from forum.merging import merge_tags, remember_name, tell_of


class SynonymForm(forms.ModelForm):
    """Its address comes from its name."""

    class Meta:
        model = TagSynonym
        fields = ("name",)

    def clean_name(self) -> str:
        name = tidy_line(self.cleaned_data["name"]).lower()
        if Tag.objects.filter(name__iexact=name).exists():
            raise ValidationError(f"“{name}” is a tag itself. Merge it instead, from the list of tags.")
        self.instance.slug = slugify(name, allow_unicode=True)
        if not self.instance.slug:
            raise ValidationError("A synonym needs a letter or a digit.")
        if TagSynonym.objects.filter(slug=self.instance.slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"“{name}” is a synonym already.")
        return name


class SynonymInline(admin.TabularInline):
    model = TagSynonym
    form = SynonymForm
    extra = 1


class MergeForm(ActionForm):
    into = forms.CharField(required=False, label="Merge into tag:", max_length=100)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """A tag that gets another name keeps its old address, as a synonym."""

    list_display = ("name", "slug", "description", "thread_count")
    search_fields = ("name", "synonyms__name")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SynonymInline,)
    actions = ("merge",)
    action_form = MergeForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(threads_with_it=Count("tagged_threads", distinct=True))

    @admin.display(description="threads", ordering="threads_with_it")
    def thread_count(self, tag: Any) -> int:
        return int(tag.threads_with_it)

    @admin.action(description="Merge into the tag named beside this", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        name = tidy_line(request.POST.get("into", ""))
        into = Tag.objects.filter(name__iexact=name).first()
        if into is None:
            self.message_user(request, f"There is no tag “{name}”. Write the one that stays.", messages.ERROR)
            return
        moved = sum(merge_tags(by=request.user, tag=tag, into=into) for tag in queryset.exclude(pk=into.pk))
        self.message_user(request, f"Merged into “{into.name}”: {moved} threads were tagged otherwise.")

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_name(form.initial["name"], form.initial["slug"], of=obj)
        tell_of(_threads_of(obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        Edition.advance()

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        threads = _threads_of(obj)
        super().delete_model(request, obj)
        tell_of(threads)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        for tag in queryset:
            self.delete_model(request, tag)


@admin.register(TagSynonym)
class TagSynonymAdmin(admin.ModelAdmin):
    form = SynonymForm
    list_display = ("name", "tag")
    search_fields = ("name", "tag__name")
    list_select_related = ("tag",)

    def get_fields(self, request: HttpRequest, obj: TagSynonym | None = None) -> tuple[str, ...]:
        """The tag is chosen once."""
        return ("name",) if obj else ("name", "tag")

    def save_model(self, request: HttpRequest, obj: TagSynonym, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        Edition.advance()

    def delete_model(self, request: HttpRequest, obj: TagSynonym) -> None:
        super().delete_model(request, obj)
        Edition.advance()


def _threads_of(tag: Tag) -> list[int]:
    return list(tag.tagged_threads.values_list("content_object", flat=True))
