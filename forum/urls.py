"""This room's addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from forum.views import (
    answering,
    asking,
    detailing,
    duplicates,
    lists,
    me_too,
    question,
    saved,
    solving,
    suggesting,
    tags,
    waiting,
)


class TagConverter(StringConverter):
    """A tag's slug: letters of any script, digits, hyphens."""

    regex = r"[-\w]{1,100}"


register_converter(TagConverter, "tag")

urlpatterns = [
    path("questions/", lists.questions, name="questions"),
    path("questions/ask/", asking.ask, name="ask"),
    path("questions/suggestions/", suggesting.suggestions, name="suggestions"),
    path("questions/choices/products/", suggesting.product_choices, name="product_choices"),
    path("questions/choices/tags/", suggesting.tag_choices, name="tag_choices"),
    path("questions/<int:pk>/answers-it/", suggesting.answers_it, name="answers_it"),
    path("questions/<int:pk>/details/", detailing.details, name="details"),
    path("questions/<int:pk>/duplicate/", duplicates.duplicate, name="duplicate"),
    path("questions/<int:pk>/duplicate/link/", duplicates.link_duplicate, name="link_duplicate"),
    path("questions/<int:pk>/duplicate/unlink/", duplicates.unlink_duplicate, name="unlink_duplicate"),
    path("questions/<int:pk>/answer/", answering.answer, name="answer"),
    path("questions/<int:pk>/close/", solving.close_question, name="close_question"),
    path("questions/<int:pk>/reopen/", solving.reopen_question, name="reopen_question"),
    path("questions/<int:pk>/still-need-help/", waiting.still_need_help, name="still_need_help"),
    path("questions/<int:pk>/need-no-more/", solving.need_no_more, name="need_no_more"),
    path("questions/<int:pk>/ask-for-details/", waiting.ask_for_details, name="ask_for_details"),
    path("questions/<int:pk>/enough-details/", solving.enough_details, name="enough_details"),
    path("questions/<int:pk>/me-too/", me_too.me_too, name="me_too"),
    path("questions/<int:pk>/not-me-too/", me_too.not_me_too, name="not_me_too"),
    path("questions/<int:pk>/<str:slug>/", question.question, name="question"),
    path("posts/<int:pk>/accept/", solving.accept, name="accept"),
    path("posts/<int:pk>/unaccept/", solving.unaccept, name="unaccept"),
    path("questions/saved/", saved.saved_lists, name="saved_lists"),
    path("questions/saved/save/", saved.save, name="save_list"),
    path("questions/saved/<int:pk>/forget/", saved.forget, name="forget_list"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<tag:slug>/", tags.tag, name="tag"),
]
