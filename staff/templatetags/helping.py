"""What a thread's page asks its own asker: did it help?"""

from typing import Any

from django import template

from community.threads.models import Thread
from staff.models import HelpfulLink, HelpQuestion
from staff.outcomes.answering_help import helped_path, question_path

register = template.Library()


@register.inclusion_tag("helping/box.html", takes_context=True)
def did_it_help(context: dict[str, Any], thread: Thread) -> dict[str, Any]:
    """Empty for everybody but who asked. Two queries for them."""
    user = context.get("user")
    if user is None or not user.is_authenticated or user.pk != thread.author_id or user.is_staff:
        return {}
    asked = HelpQuestion.objects.filter(thread=thread, answer="").first()
    link = None if asked else _newest_link(thread)
    return {
        "csrf_token": context.get("csrf_token"),
        "question_path": question_path(asked) if asked else "",
        "answers": HelpQuestion.Answer.choices,
        "link": link,
        "link_path": helped_path(link) if link else "",
    }


def _newest_link(thread: Thread) -> HelpfulLink | None:
    links = HelpfulLink.objects.filter(post__thread=thread, post__status="published", helped_at=None)
    return links.select_related("post__thread", "message__conversation").order_by("-created_at").first()
