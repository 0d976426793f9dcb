"""Threads that ask much the same and are solved, with the answer that solved them as a draft."""

from dataclasses import dataclass

from community.search.similar import similar_threads
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

MOST = 2
EXCERPT = 500


@dataclass(frozen=True)
class Solved:
    thread: Thread
    draft: str
    because: str


def solved_like(thread: Thread, text: str) -> list[Solved]:
    """At most two, the likest first."""
    alike = similar_threads(text, limit=MOST * 2, exclude=thread)
    answers = Post.objects.published().filter(accepted_in__thread__in=alike).select_related("author")
    solved = {answer.thread_id: answer for answer in answers}
    return [_solved(one, solved[one.pk]) for one in alike if one.pk in solved][:MOST]


def _solved(thread: Thread, answer: Post) -> Solved:
    said = plain_text(answer.body_html, EXCERPT)
    draft = (
        f"Somebody asked much the same, and this helped:\n\n> {said}\n\n[{thread.title}]({thread.get_absolute_url()})"
    )
    return Solved(thread, draft, f"Solved by {answer.author.name}'s answer")
