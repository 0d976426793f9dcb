"""Discourse: a topic a file, as /t/<id>.json gives it (with print=true or include_raw=true as well)."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.importing.addresses import host_of, topic_key
from community.importing.material import HTML, RAW, Item, OldAuthor, OldPost, OldThread, Remark
from community.importing.readers.archive import Entry, entries
from community.importing.readers.parsing import line_of, moment_of, text_of, whole_of

LARGEST_TOPIC = 64 * 1024**2  # bytes
LONGEST_COMMENT = 1000
SAMPLE = 300  # topics looked at for the old address
_TOPIC_LINK = re.compile(r"""href=["'](https?://[^/"']+)/t/[^"']*?/?(\d+)(?:/\d+)?["'?]""")
_LIKE = 2
_SMALL_ACTION, _WHISPER = 3, 4
Row = dict[str, Any]


class DiscourseReader:
    """A list of members (Discourse's export user-list.csv) beside the topics gives their addresses."""

    name = "Discourse topics"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._emails: dict[str, str] | None = None

    def items(self, start: int = 0) -> Iterator[Item]:
        emails = self.emails()
        for place, entry in enumerate(self._topics()):
            if place >= start:
                yield read_topic(entry, emails)

    def guessed_base_url(self) -> str:
        """Whose topics these topics link to most, if they link to themselves at all."""
        known: set[str] = set()
        linked: Counter[tuple[str, str]] = Counter()
        for place, entry in enumerate(self._topics()):
            if place >= SAMPLE:
                break
            text = entry.open().read(LARGEST_TOPIC).decode("utf-8", "replace").replace('\\"', '"')
            known.update(re.findall(r'"topic_id":\s?(\d+)', text))
            linked.update(_TOPIC_LINK.findall(text))
        hosts: Counter[str] = Counter()
        for (address, topic), count in linked.items():
            hosts[address] += count if topic in known else 0
        best = hosts.most_common(1)
        return best[0][0] if best and best[0][1] and host_of(best[0][0]) else ""

    def emails(self) -> dict[str, str]:
        """Address by lower-case username, out of a members' list in the archive."""
        if self._emails is None:
            self._emails = {}
            for entry in entries(self.path):
                if not entry.is_alone and entry.ends_in(".csv"):
                    rows = csv.DictReader(io.StringIO(entry.open().read(LARGEST_TOPIC).decode("utf-8-sig", "replace")))
                    found = ((row.get("username") or "", row.get("email") or "") for row in rows)
                    self._emails |= {name.lower(): email.strip() for name, email in found if name and "@" in email}
        return self._emails

    def _topics(self) -> Iterator[Entry]:
        return (entry for entry in entries(self.path) if entry.ends_in(".json"))


def read_topic(entry: Entry, emails: dict[str, str]) -> Item:
    """One file. What is no topic, or not public, becomes a remark."""
    data = entry.open().read(LARGEST_TOPIC + 1)
    if len(data) > LARGEST_TOPIC:
        return Remark("error", entry.name, "The file is larger than 64 MB: no topic is. Split it.")
    try:
        topic = json.loads(data)
        return _topic(topic, entry.name, emails)
    except (ValueError, RecursionError):
        return Remark("error", entry.name, "This is no readable JSON. Download the topic again.")
    except (KeyError, TypeError, AttributeError):
        return Remark("error", entry.name, "This JSON is no Discourse topic: post_stream.posts is missing or odd.")


def _topic(topic: Row, place: str, emails: dict[str, str]) -> Item:
    stream = topic["post_stream"]
    if topic.get("archetype", "regular") != "regular":
        return Remark("skipped", place, "A private message. It stays private.")
    if topic.get("deleted_at") or topic.get("visible") is False:
        return Remark("skipped", place, "The topic was deleted or unlisted there.")
    number = str(topic.get("id") or stream["posts"][0]["topic_id"])
    thread = OldThread(number, place, line_of(topic.get("title")), path=topic_key(number))
    thread.tags = [line_of(tag["name"] if isinstance(tag, dict) else tag) for tag in topic.get("tags") or ()]
    thread.category = str(topic.get("category_id") or "")
    _mark_accepted(topic, stream["posts"])
    _add_posts(thread, sorted(stream["posts"], key=lambda row: int(row["post_number"])), emails)
    if thread.title and thread.opening is None:
        return Remark(
            "error", place, "The first post is missing, and a topic is nothing without it. Download it again."
        )
    thread.missing = max(0, len(set(stream.get("stream") or ()) - {row["id"] for row in stream["posts"]}))
    if topic.get("closed") or topic.get("archived"):
        thread.closed_at = moment_of(topic.get("last_posted_at"))
    thread.accepted_by = _accepted_by(topic, stream["posts"], emails)
    return thread


def _add_posts(thread: OldThread, rows: list[Row], emails: dict[str, str]) -> None:
    """A short reply to a reply becomes a comment on the answer that it goes back to; everything else an answer."""
    answers: dict[int, OldPost] = {}
    for row in rows:
        why_not = _why_left_out(row)
        if why_not:
            thread.remarks.append(Remark("skipped", f"{thread.place}, post {row['post_number']}", why_not))
            continue
        post = _post(row, thread, emails)
        number = int(row["post_number"])
        answer = answers.get(whole_of(row.get("reply_to_post_number")) or 0)
        if number == 1:
            thread.opening = post
        elif answer and len(post.text) <= LONGEST_COMMENT and not post.is_accepted:
            answer.comments.append(post)
            answers[number] = answer
        else:
            thread.answers.append(post)
            answers[number] = post


def _why_left_out(row: Row) -> str:
    if row.get("post_type") == _SMALL_ACTION:
        return f"No text: the note that something was done there ({line_of(row.get('action_code')) or 'an action'})."
    if row.get("post_type") == _WHISPER:
        return "A whisper among staff. It stays private."
    if row.get("deleted_at") or row.get("user_deleted"):
        return "It was deleted there."
    return "It was hidden there." if row.get("hidden") else ""


def _post(row: Row, thread: OldThread, emails: dict[str, str]) -> OldPost:
    created = moment_of(row["created_at"])
    if created is None:
        raise ValueError("no date")
    cooked = row.get("cooked")
    likes = [action.get("count", 0) for action in row.get("actions_summary") or () if action.get("id") == _LIKE]
    return OldPost(
        key=str(row["id"]),
        author=_author(row, emails),
        created_at=created,
        text=text_of(cooked or row.get("raw")),
        markup=HTML if cooked else RAW,
        edited_at=moment_of(row.get("updated_at")) if (row.get("version") or 1) > 1 else None,
        score=whole_of(likes[0]) if likes else 0,
        path=topic_key(thread.key, row["post_number"]),
        is_accepted=bool(row.get("accepted_answer")),
    )


def _author(row: Row, emails: dict[str, str]) -> OldAuthor:
    username = line_of(row["username"])
    return OldAuthor(
        key=str(row.get("user_id") or username.lower()),
        name=line_of(row.get("name")),
        username=username,
        email=emails.get(username.lower(), ""),
        is_staff=bool(row.get("staff") or row.get("moderator") or row.get("admin")),
        path=f"u/{username.lower()}",
    )


def _mark_accepted(topic: Row, rows: list[Row]) -> None:
    """Discourse Solved says it at the post, or at the topic."""
    accepted = topic.get("accepted_answer")
    if isinstance(accepted, dict):
        for row in rows:
            row["accepted_answer"] = row["post_number"] == accepted.get("post_number")


def _accepted_by(topic: Row, rows: list[Row], emails: dict[str, str]) -> OldAuthor | None:
    """Newer versions say who chose it."""
    accepted = topic.get("accepted_answer")
    name = line_of(accepted.get("accepter_username")).lower() if isinstance(accepted, dict) else ""
    chooser = next((row for row in rows if name and line_of(row["username"]).lower() == name), None)
    return _author(chooser, emails) if chooser else None
