"""The text of a post from elsewhere as Markdown and HTML, and its title, within what posts here can hold."""

import re
from collections.abc import Callable, Iterable

from community.importing.converting import markdown_of_html, markdown_of_raw
from community.importing.converting.escaping import escape
from community.importing.material import HTML, RAW, OldPost, OldThread
from community.importing.models import ImportSource, OldAddress
from community.members.models import Member
from community.threads.rendering import render

LONGEST_TITLE = 150
LONGEST_BODY = 32_000
MOST_KEPT = 200_000  # characters; rendering takes 2 ms a thousand
NO_TEXT = "*(no text)*"
_NAMES = re.compile(r"""class=["']mention[^>]*>@([\w.-]+)|data-username=["']([^"']+)|(?<![\w@/.])@([\w.-]{2,60})""")
Note = Callable[[str, str, str], None]


class Wording:
    """Knows what those who are mentioned in `threads` are called here. One query."""

    def __init__(self, source: ImportSource, threads: Iterable[OldThread], note: Note) -> None:
        self._source = source
        self._note = note
        texts = (post.text for thread in threads for post in thread.posts())
        names = {next(filter(None, match)).rstrip(".-").lower() for text in texts for match in _NAMES.findall(text)}
        paths = [f"{folder}/{name}" for name in names for folder in ("u", "members")]
        found: dict[str, Member] = {}
        for start in range(0, len(paths), 500):
            rows = OldAddress.objects.filter(
                host=source.host, path__in=paths[start : start + 500], member__isnull=False
            )
            found |= {row.path.partition("/")[2]: row.member for row in rows.select_related("member") if row.member}
        self._members = found
        self._by_username = {member.username.lower(): member for member in found.values()}

    def username(self, theirs: str) -> str:
        member = self._members.get(theirs.lower())
        return member.username if member else theirs

    def of(self, post: OldPost, *, place: str, heading: str = "") -> tuple[str, str]:
        """Markdown and HTML. Only those who came along are linked: “@mara” there is nobody's Mara here."""
        body = self._markdown(post).strip()
        if heading:
            body = f"**{escape(heading)}**\n\n{body}"
        if len(body) > MOST_KEPT:
            left = len(body) - MOST_KEPT
            body = f"{body[:MOST_KEPT]}\n\n*({left} more characters stood here before this post was moved.)*"
            self._note("error", place, f"The text is longer than {MOST_KEPT:,} characters; {left:,} were cut off.")
        elif len(body) > LONGEST_BODY:
            text = f"The text has {len(body):,} characters, and {LONGEST_BODY:,} may be written here. It is kept whole."
            self._note("shortened", place, text)
        return body or NO_TEXT, render(body or NO_TEXT, members=self._by_username)

    def _markdown(self, post: OldPost) -> str:
        base_url = self._source.base_url
        if post.markup == HTML:
            return markdown_of_html(post.text, base_url=base_url, username=self.username)
        if post.markup == RAW:
            return markdown_of_raw(post.text, base_url=base_url, username=self.username)
        return post.text


def title_of(thread: OldThread, note: Note) -> str:
    """At most 150 characters. A longer one ends in “…”, and stands whole at the head of the text."""
    title = thread.title or "(without title)"
    if len(title) <= LONGEST_TITLE:
        return title
    note("shortened", thread.place, f"The title has {len(title)} characters. It is cut, and whole above the text.")
    return f"{title[: LONGEST_TITLE - 1].rstrip()}…"
