"""What a thread's page asks its own asker: did it help?"""

from typing import Any

from django import template
from django.db.models import OuterRef, Subquery

from community.threads.models import Thread
from staff.models import HelpfulLink, HelpQuestion
from staff.outcomes.answering_help import helped_path, question_path

register = template.Library()


@register.inclusion_tag("helping/box.html", takes_context=True)
def did_it_help(context: dict[str, Any], thread: Thread) -> dict[str, Any]:
    """Empty for everybody but who asked. One query for them, and one more where a page we sent them to is named."""
    user = context.get("user")
    if user is None or not user.is_authenticated or user.pk != thread.author_id or user.is_staff:
        return {}
    asked, linked = _asked_and_linked(thread)
    link = None if asked or not linked else HelpfulLink.objects.select_related("post__thread").get(pk=linked)
    return {
        "csrf_token": context.get("csrf_token"),
        "question_path": question_path(HelpQuestion(pk=asked)) if asked else "",
        "answers": HelpQuestion.Answer.choices,
        "link": link,
        "link_path": helped_path(link) if link else "",
    }


def _asked_and_linked(thread: Thread) -> tuple[int | None, int | None]:
    """The numbers of the open question and of the newest link that nobody said helped."""
    links = HelpfulLink.objects.filter(post__thread=OuterRef("pk"), post__status="published", helped_at=None)
    both = Thread.objects.filter(pk=thread.pk).values_list(
        Subquery(HelpQuestion.objects.filter(thread=OuterRef("pk"), answer="").values("pk")[:1]),
        Subquery(links.order_by("-created_at").values("pk")[:1]),
    )
    return both.first() or (None, None)
