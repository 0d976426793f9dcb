"""Scenes: the data's threads as rows for the bulk loader, each with what the data says of every post in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from community.demo.content import Row, key_of, moment
from community.demo.drawing.photos import photo
from community.demo.people import Crowd
from community.members.models import Member
from community.products.models import Product
from community.threads.attaching import take_photo
from community.threads.bulk import NewPost, NewThread
from community.threads.models import Attachment, Post, Status, Thread
from forum.models import Question
from staff.linking import prepare_link, with_link
from staff.models import HelpfulLink


@dataclass(eq=False)
class Told:
    """A post, what the data says of it, and its helpful link."""

    new: NewPost
    data: Row
    link: HelpfulLink | None = None
    comments: list["Told"] = field(default_factory=list)

    @property
    def saved(self) -> Post:
        return self.new.saved

    @property
    def at(self) -> datetime:
        return self.new.created_at


@dataclass(eq=False)
class Scene:
    key: UUID
    data: Row
    thread: NewThread
    opening: Told
    answers: list[Told]
    question: Question | None = None

    @property
    def saved(self) -> Thread:
        return self.thread.saved

    def posts(self) -> Iterator[Told]:
        for told in (self.opening, *self.answers):
            yield told
            yield from told.comments

    def company_replies(self) -> list[Told]:
        return [told for told in self.answers if told.new.is_official]

    def said_by_asker(self) -> list[Told]:
        return [told for told in self.posts() if told.new.author == self.opening.new.author]


class Stage:
    """Turns rows of the data into scenes."""

    def __init__(self, members: dict[str, Member], products: dict[str, Product], now: datetime) -> None:
        self.members = members
        self.products = products
        self.now = now
        self._crowd = Crowd(members)

    def moment(self, text: str, opened: datetime | None = None) -> datetime:
        return moment(text, self.now, opened)

    def question(self, row: Row) -> Scene:
        key = key_of("question", row["title"])
        return self._scene(key, row, Thread.Kind.QUESTION)

    def review(self, row: Row) -> Scene:
        key = key_of("review", row["by"], row["product"])
        return self._scene(key, row, Thread.Kind.REVIEW)

    def _scene(self, key: UUID, row: Row, kind: str) -> Scene:
        opened = self.moment(row["at"])
        asker = self.members[row["by"]]
        opening = self._told(row, opened, asker)
        answers = [self._told(answer, opened, asker) for answer in row.get("answer", [])]
        answers.sort(key=lambda told: told.at)
        thread = NewThread(
            kind=kind,
            title=row["title"],
            opening=opening.new,
            answers=[told.new for told in answers],
            product=self.products[row["product"]] if "product" in row else None,
            tags=row.get("tags", ()),
        )
        return Scene(key, row, thread, opening, answers)

    def _told(self, row: Row, opened: datetime, asker: Member) -> Told:
        author = self.members[row["by"]]
        at = opened if author == asker and "title" in row else self.moment(row["at"], opened)
        comments = [self._told(comment, opened, asker) for comment in row.get("comment", [])]
        comments.sort(key=lambda told: told.at)
        link = prepare_link(row.get("link_url", ""), row.get("link_need", ""))
        new = NewPost(
            author=author,
            body=with_link(row["body"].strip(), link),
            created_at=at,
            comments=[told.new for told in comments],
            votes=self._votes(row, author, asker, at),
            photos=[_taken(by=author, **picture) for picture in row.get("photos", [])],
            status=row.get("status", Status.PUBLISHED),
            status_reason=row.get("status_reason", ""),
            is_official=row.get("company", False),
            edited_at=self.moment(row["edited_at"], opened) if "edited_at" in row else None,
        )
        return Told(new, row, link, comments)

    def _votes(self, row: Row, author: Member, asker: Member, at: datetime) -> list[tuple[Member, bool]]:
        """As many as the data counts; the asker's own only where it says so."""
        voters = self._crowd.some(row.get("helpful", 0), seed=row["body"], since=at, but={author.pk, asker.pk})
        return [(voter, True) for voter in voters] + [(asker, True)] * row.get("asker_voted", False)


def _taken(*, by: Member, name: str, alt: str) -> Attachment:
    """A drawn photo, through the same door as everybody's."""
    file = BytesIO()
    photo(name).save(file, "PNG", compress_level=1)
    return take_photo(by=by, upload=SimpleUploadedFile(f"{name}.png", file.getvalue()), alt=alt)
