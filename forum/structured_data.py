"""What search engines read on a question's page (schema.org). It marks up only what the page shows."""

from typing import Any

from community.threads.models import Post
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute, person
from forum.reading import ThreadPage

CONTEXT = {"@context": "https://schema.org"}
LONGEST = 5000  # characters of one text
MOST = 12_000  # of all answers together: they stand in the page twice, and a page has to stay light


def question_data(shown: ThreadPage) -> dict[str, Any]:
    """QAPage once somebody has answered in words, DiscussionForumPosting before: never both."""
    answers = _answers(shown)
    return _question_page(shown, answers) if answers else _posting(shown)


def _answers(shown: ThreadPage) -> dict[int, dict[str, Any]]:
    """Those of this page in its order, whole, until there is enough; the first in any case. None without words."""
    page = shown.page.number
    address = absolute(shown.thread.get_absolute_url()) + (f"?page={page}" if page > 1 else "")
    marked: dict[int, dict[str, Any]] = {}
    room = MOST
    for post in (one.post for one in shown.answers if one.post.is_published):
        text = plain_text(post.body_html, LONGEST)
        if not text or (marked and len(text) > room):
            continue
        room -= len(text)
        marked[post.pk] = _answer(post, text, f"{address}#{post.anchor}")
    return marked


def _question_page(shown: ThreadPage, answers: dict[int, dict[str, Any]]) -> dict[str, Any]:
    thread, opening = shown.question.thread, shown.opening.post
    question = {
        "@type": "Question",
        "name": thread.title,
        "answerCount": thread.answer_count,
        "upvoteCount": opening.helpful_count,
        "url": absolute(thread.get_absolute_url()),
        "author": person(thread.author),
        "datePublished": thread.created_at.isoformat(),
    }
    if shown.page.number == 1:
        question["text"] = plain_text(opening.body_html, LONGEST) or thread.title
    accepted = answers.pop(shown.question.accepted_post_id or 0, None)
    if accepted:
        question["acceptedAnswer"] = accepted
    if answers:
        question["suggestedAnswer"] = list(answers.values())
    return CONTEXT | {"@type": "QAPage", "mainEntity": question}


def _answer(post: Post, text: str, url: str) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": text,
        "url": url,
        "upvoteCount": post.helpful_count,
        "author": person(post.author),
        "datePublished": post.created_at.isoformat(),
    }


def _posting(shown: ThreadPage) -> dict[str, Any]:
    thread, opening = shown.question.thread, shown.opening.post
    data = CONTEXT | {
        "@type": "DiscussionForumPosting",
        "headline": thread.title,
        "text": plain_text(opening.body_html, LONGEST) or thread.title,
        "url": absolute(thread.get_absolute_url()),
        "author": person(thread.author),
        "datePublished": thread.created_at.isoformat(),
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/LikeAction",
            "userInteractionCount": opening.helpful_count,
        },
    }
    if opening.edited_at:
        data["dateModified"] = opening.edited_at.isoformat()
    comments = [_comment(post) for post in shown.opening.comments if post.is_published]
    return data | ({"comment": comments} if comments else {})


def _comment(post: Post) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "text": plain_text(post.body_html, LONGEST),
        "author": person(post.author),
        "datePublished": post.created_at.isoformat(),
    }
