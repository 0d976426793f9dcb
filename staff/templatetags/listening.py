"""What was said elsewhere, in pages."""

from django import template
from django.utils.safestring import SafeString

from staff.listening.showing import keywords_shown, marked
from staff.models import Mention

register = template.Library()
register.filter("keywords_shown", keywords_shown)


@register.filter
def marked_text(mention: Mention) -> SafeString:
    return marked(mention.text, mention.keywords)


@register.filter
def marked_title(mention: Mention) -> SafeString:
    return marked(mention.title, mention.keywords)
