"""This room's addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from forum.views import answering, asking, lists, me_too, question, solving


class TagConverter(StringConverter):
    """A tag's slug: letters of any script, digits, hyphens."""

    regex = r"[-\w]{1,100}"


register_converter(TagConverter, "tag")

urlpatterns = [
    path("questions/", lists.questions, name="questions"),
    path("questions/ask/", asking.ask, name="ask"),
    path("questions/<int:pk>/answer/", answering.answer, name="answer"),
    path("questions/<int:pk>/close/", solving.close_question, name="close_question"),
    path("questions/<int:pk>/reopen/", solving.reopen_question, name="reopen_question"),
    path("questions/<int:pk>/me-too/", me_too.me_too, name="me_too"),
    path("questions/<int:pk>/not-me-too/", me_too.not_me_too, name="not_me_too"),
    path("questions/<int:pk>/<str:slug>/", question.question, name="question"),
    path("posts/<int:pk>/accept/", solving.accept, name="accept"),
    path("posts/<int:pk>/unaccept/", solving.unaccept, name="unaccept"),
    path("tags/<tag:slug>/", lists.tag, name="tag"),
]
