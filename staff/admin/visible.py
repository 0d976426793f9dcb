"""What may be looked up: the admin shows nobody a hidden thread's words whom the desk shows none."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from community.threads.models import Post, Thread
from staff.models import Conversation


class AboutConversation(ReadOnlyAdmin):
    """Rows that lead to a conversation by `conversation_field`: those that the reader may open."""

    conversation_field = "conversation"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if getattr(request.user, "is_moderator", False):
            return rows
        return rows.filter(**{f"{self.conversation_field}__in": Conversation.objects.visible_to(request.user)})


class AboutReply(ReadOnlyAdmin):
    """Rows about a post or a message: those whose thread the reader may read."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if getattr(request.user, "is_moderator", False):
            return rows
        posts = Post.objects.visible_to(request.user)
        threads = Thread.objects.visible_to(request.user)
        of_post = Q(post__in=posts, post__thread__in=threads)
        messages = Q(message__conversation__in=Conversation.objects.visible_to(request.user))
        return rows.filter(of_post | messages)
