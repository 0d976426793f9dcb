"""Draws the empty answer form at the end of every question once, and then fills in what differs."""

from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from forum.forms import AnswerForm
from forum.standing import place_of

register = template.Library()

TOKEN, KEY, ACTION, PLACE = "stand-in-token", "stand-in-key", "/stand-in-action/", "stand-in-place"
_drawn: list[str] = []


@register.simple_tag(takes_context=True)
def blank_answer_form(context: dict[str, Any], thread_id: int) -> SafeString:
    """The form for a member without a draft. Drawing it afresh takes as long as the rest of the page."""
    if not _drawn or settings.DEBUG:  # with DEBUG a changed template shows at once
        _drawn[:] = [_draw(context["user"])]
    page = _drawn[0].replace(TOKEN, get_token(context["request"])).replace(KEY, str(uuid4()))
    page = page.replace(ACTION, reverse("answer", args=[thread_id])).replace(PLACE, place_of(thread_id))
    return mark_safe(page)  # noqa: S308 - drawn by a template; what is filled in is ours


def _draw(member: Any) -> str:
    form = AnswerForm(by=member, initial={"submission_key": KEY})
    context = {"form": form, "action": ACTION, "draft_place": PLACE, "user": member, "csrf_token": TOKEN}
    return render_to_string("forum/answer_form.html", context)
