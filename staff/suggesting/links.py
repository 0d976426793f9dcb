"""Pages that may help: from the company's list, and from links that helped others with the same product or need."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from staff.models import CompanyLink, Conversation, Effect, HelpfulLink

PAST = 200  # of the newest links for the product are looked at
SHORTEST = 4  # letters of a word that says something about a need
EMPTY = frozenset({"about", "after", "again", "before", "does", "from", "have", "into", "that", "this", "what", "with"})
"""Words that say nothing about a need."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    url: str
    need: str
    because: str


def with_uses(links: QuerySet[CompanyLink]) -> QuerySet[CompanyLink]:
    """Each with how often it was sent, and how often that reply strengthened."""
    good = Q(uses__post__outcomes__effect=Effect.STRENGTHENED, uses__post__outcomes__withdrawn_at=None)
    good |= Q(uses__message__outcomes__effect=Effect.STRENGTHENED, uses__message__outcomes__withdrawn_at=None)
    return links.annotate(times_sent=Count("uses", distinct=True), times_good=Count("uses", filter=good, distinct=True))


def from_the_list(conversation: Conversation, text: str) -> list[Found]:
    """Those of which a word stands in `text`, or the whole need does; for the product, if they name one."""
    of_product = Q(product=None) | Q(product=conversation.product_id)
    found = []
    for link in CompanyLink.objects.filter(of_product, is_on=True):
        word = _first_word(link.words.splitlines() or [link.need], text)
        if word:
            found.append(Found(link.url, link.need, f"From the company's list: “{word}”"))
    return found


def from_the_past(conversation: Conversation, text: str) -> list[Found]:
    """Links that strengthened before, for the same product, whose need shares half of its telling words with `text`."""
    if conversation.product_id is None:
        return []
    about = Q(post__thread__product=conversation.product_id) | Q(message__conversation__product=conversation.product_id)
    links = HelpfulLink.objects.filter(about).filter(_HELPED).order_by("-created_at").distinct()[:PAST]
    helped: dict[str, list[HelpfulLink]] = {}
    for link in links:
        if _is_about(link.need, text):
            helped.setdefault(link.url, []).append(link)
    return [Found(url, same[0].need, _how_often(len(same))) for url, same in helped.items()]


_STANDS = {"withdrawn_at": None, "effect": Effect.STRENGTHENED}
_HELPED = Q(**{f"post__outcomes__{name}": value for name, value in _STANDS.items()}) | Q(
    **{f"message__outcomes__{name}": value for name, value in _STANDS.items()}
)


def _is_about(need: str, text: str) -> bool:
    """Does it share half of its telling words? “wash” finds “washing”."""
    telling = {word.lower() for word in _WORD.findall(need) if len(word) >= SHORTEST} - EMPTY
    shared = [word for word in telling if _first_word([word], text)]
    return bool(shared) and 2 * len(shared) >= len(telling)


def _how_often(times: int) -> str:
    return "Helped a customer with this product before" if times == 1 else f"Helped {times} customers with this product"


def _first_word(words: Iterable[str], text: str) -> str:
    """The first of `words` that begins a word of `text`, as it is written in the list."""
    for word in (word.strip() for word in words):
        if word and re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE):
            return word
    return ""
