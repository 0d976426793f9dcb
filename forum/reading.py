"""A question's page: which posts it shows, in which order, on which page."""

from typing import Any

from community.threads.models import Post


def page_of(post: Post, reader: Any) -> int:
    """The number of the page that shows `post`."""
    return 1
