"""Categories are kept here; questions are looked up here, and moved to another category. Tags: tag_admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from community.threads.models import Category, Edition
from forum import tag_admin  # noqa: F401 - registers the tags
from forum.models import AlsoAccepted, AnswerFound, DetailChange, MeToo, Question, QuestionQuerySet, SavedFilter


class SolvedFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("unanswered", "Needs an answer"), ("unsolved", "Not solved"), ("solved", "Solved")]

    def queryset(self, request: HttpRequest, queryset: QuestionQuerySet) -> QuestionQuerySet:  # type: ignore[override]
        states = {"unanswered": queryset.unanswered, "unsolved": queryset.unsolved, "solved": queryset.solved}
        return states[self.value() or ""]() if self.value() in states else queryset


SETTINGS = ("is_company_only", "allows_several_accepted", "closes_after_days")


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ("name", "position", *SETTINGS, "question_count", "description")
    list_editable = ("position", *SETTINGS)
    list_filter = ("is_company_only", "allows_several_accepted")
    search_fields = ("name", "description")
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).annotate(questions_in_it=Count("questions"))

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        Edition.advance()

    @admin.display(description="questions", ordering="questions_in_it")
    def question_count(self, category: Category) -> int:
        return category.questions_in_it  # type: ignore[attr-defined]


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    """Everything but the category changes through the site, where members are told and pages kept in step."""

    list_display = ("title", "category", "state", "answer_count", "asked_by", "asked_at")
    list_filter = (SolvedFilter, "category", "thread__status")
    search_fields = ("thread__title", "thread__author__username")
    autocomplete_fields = ("category",)
    fields = ("title", "category", "state", "asked_by", "asked_at", "accepted_answer", "accepted_by", "accepted_at")
    readonly_fields = tuple(name for name in fields if name != "category")
    date_hierarchy = "thread__created_at"
    ordering = ("-thread",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return (
            super().get_queryset(request).select_related("thread__author", "category", "accepted_by", "accepted_post")
        )

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        Edition.advance()

    @admin.display(ordering="thread__title")
    def title(self, question: Question) -> str:
        return question.thread.title

    @admin.display(description="answers", ordering="thread__answer_count")
    def answer_count(self, question: Question) -> int:
        return question.thread.answer_count

    @admin.display(ordering="thread__author__username")
    def asked_by(self, question: Question) -> str:
        return question.thread.author.username

    @admin.display(ordering="thread__created_at")
    def asked_at(self, question: Question) -> Any:
        return question.thread.created_at

    @admin.display
    def accepted_answer(self, question: Question) -> str:
        return question.accepted_post.body[:500] if question.accepted_post else "None yet"


@admin.register(AnswerFound)
class AnswerFoundAdmin(ReadOnlyAdmin):
    list_display = ("title", "thread", "member", "created_at")
    list_select_related = ("thread", "member")
    search_fields = ("title", "thread__title")
    date_hierarchy = "created_at"


@admin.register(DetailChange)
class DetailChangeAdmin(ReadOnlyAdmin):
    list_display = ("question", "what", "before", "after", "changed_by", "created_at")
    list_select_related = ("question__thread", "changed_by")
    list_filter = ("what",)
    search_fields = ("question__thread__title", "changed_by__username")
    date_hierarchy = "created_at"


@admin.register(SavedFilter)
class SavedFilterAdmin(ReadOnlyAdmin):
    list_display = ("name", "member", "query", "created_at")
    search_fields = ("name", "member__username")
    list_select_related = ("member",)


@admin.register(MeToo)
class MeTooAdmin(ReadOnlyAdmin):
    list_display = ("question", "member", "is_stranger", "created_at")
    list_filter = (("member", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("question__thread", "member")
    search_fields = ("question__thread__title", "member__username")
    ordering = ("-pk",)
    show_full_result_count = False

    @admin.display(boolean=True, description="not signed in")
    def is_stranger(self, said: MeToo) -> bool:
        return said.member_id is None


@admin.register(AlsoAccepted)
class AlsoAcceptedAdmin(ReadOnlyAdmin):
    list_display = ("question", "answer", "accepted_by", "accepted_at")
    list_filter = ("accepted_at",)
    list_select_related = ("question__thread", "post", "accepted_by")
    search_fields = ("question__thread__title", "accepted_by__username")
    ordering = ("-accepted_at",)
    show_full_result_count = False

    @admin.display
    def answer(self, accepted: AlsoAccepted) -> str:
        return accepted.post.body[:100]
