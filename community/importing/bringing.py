"""A batch of threads from elsewhere becomes questions, answers and comments here: all of it, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from community.importing.addresses import LONGEST, keys_of
from community.importing.authors import bring_authors
from community.importing.linking import leads_back
from community.importing.material import OldPost, OldThread, Remark
from community.importing.models import ImportedItem, ImportSource, OldAddress
from community.importing.planning import Plan
from community.importing.wording import Wording, title_of
from community.members.models import Member
from community.threads.bulk import NewPost, NewThread, load_posts, load_threads
from community.threads.models import Post, Tag, Thread
from forum.models import Question

THREAD, POST = ImportedItem.Kind.THREAD, ImportedItem.Kind.POST
Known = dict[tuple[str, str], ImportedItem]


@dataclass
class Tally:
    """What a batch came to."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)

    def note(self, kind: str, place: str, text: str) -> None:
        self.remarks.append(Remark(kind, place, text))

    def add(self, other: "Tally") -> None:
        self.counts += other.counts
        self.remarks += other.remarks


class Batch:
    """Threads on their way in. `threads` are few: they are held in memory, converted, with all their posts."""

    def __init__(self, threads: list[OldThread], *, source: ImportSource, plan: Plan) -> None:
        self.threads = threads
        self.source = source
        self.plan = plan
        self.tally = Tally()
        self.saved: list[tuple[OldPost, NewPost]] = []

    @transaction.atomic
    def bring(self) -> Tally:
        """Save what is not here yet. What was brought before is left alone, whatever has happened to it here."""
        self.known = known_items(self.source, self.threads)
        self.members = bring_authors(self.source, (author for thread in self.threads for author in thread.authors()))
        self.wording = Wording(self.source, self.threads, self.tally.note)
        tags_before = Tag.objects.count()
        new = [thread for thread in self.threads if (THREAD, thread.key) not in self.known and thread.opening]
        rows = [(thread, self._thread(thread)) for thread in new]
        load_threads([row for _, row in rows])
        Question.objects.bulk_create([self._question(thread, row) for thread, row in rows])
        self._add_to_known([thread for thread in self.threads if thread not in new])
        self._remember(rows)
        self._be_here_since_then()
        self._count(rows, Tag.objects.count() - tags_before)
        return self.tally

    def _thread(self, thread: OldThread) -> NewThread:
        assert thread.opening is not None  # noqa: S101 - `new` holds no others
        title = title_of(thread, self.tally.note)
        return NewThread(
            kind=Thread.Kind.QUESTION,
            title=title,
            opening=self._post(thread.opening, thread, heading=thread.title if title != thread.title else ""),
            answers=[self._post(answer, thread) for answer in thread.answers],
            product=self.plan.product_for(thread.product),
            tags=self.plan.tags_for(thread.tags),
            closed_at=thread.closed_at,
        )

    def _post(self, post: OldPost, thread: OldThread, heading: str = "") -> NewPost:
        body, body_html = self.wording.of(post, place=f"{thread.place}, post {post.key}", heading=heading)
        new = NewPost(
            author=self.members[post.author.key],
            body=body,
            body_html=body_html,
            created_at=post.created_at,
            comments=[self._post(comment, thread) for comment in post.comments],
            edited_at=post.edited_at,
            is_official=self.plan.staff_as_company and post.author.is_staff,
            source=Post.Source.IMPORT,
        )
        self.saved.append((post, new))
        return new

    def _question(self, thread: OldThread, row: NewThread) -> Question:
        question = Question(thread=row.saved, category=self.plan.category_for(thread.category))
        pairs = zip(thread.answers, row.answers, strict=True)
        chosen = next(((old, new) for old, new in pairs if old.is_accepted), None)
        if chosen:
            by = self.members[thread.accepted_by.key] if thread.accepted_by else row.saved.author
            question.accepted_post, question.accepted_by = chosen[1].saved, by
            question.accepted_at = thread.accepted_at or chosen[0].created_at
            self.tally.counts["accepted"] += 1
        return question

    def _add_to_known(self, threads: list[OldThread]) -> None:
        """New posts in threads that are here already: the source went on, or gave only a part before."""
        rows: list[tuple[Thread | Post, NewPost]] = []
        for thread in threads:
            item = self.known.get((THREAD, thread.key))
            if item is None:
                self.tally.note(
                    "error", thread.place, "It goes on a thread that is not here. Bring its beginning first."
                )
            elif item.thread:
                rows += self._new_posts(thread, item.thread)
            self.tally.counts["known_threads"] += item is not None
        load_posts(rows)

    def _new_posts(self, thread: OldThread, here: Thread) -> Iterator[tuple[Thread | Post, NewPost]]:
        if thread.opening:
            yield from self._new_comments(thread.opening, thread)
        for answer in thread.answers:
            if (POST, answer.key) in self.known:
                yield from self._new_comments(answer, thread)
            else:
                answer.comments = [comment for comment in answer.comments if (POST, comment.key) not in self.known]
                yield here, self._post(answer, thread)

    def _new_comments(self, post: OldPost, thread: OldThread) -> Iterator[tuple[Post, NewPost]]:
        """Under a post that is known; whose text, if it changed there, is not touched here."""
        item = self.known.get((POST, post.key))
        self._compare(post, thread)
        for comment in post.comments:
            if (POST, comment.key) in self.known:
                self._compare(comment, thread)
            elif item and item.post and item.post.kind != Post.Kind.COMMENT:
                yield item.post, self._post(comment, thread)

    def _compare(self, post: OldPost, thread: OldThread) -> None:
        item = self.known.get((POST, post.key))
        self.tally.counts["known_posts"] += 1
        if item and item.digest != digest_of(post):
            text = "The text has changed there since it was brought. Here it stays as it is; edit it here if you wish."
            self.tally.note("changed", f"{thread.place}, post {post.key}", text)

    def _remember(self, rows: list[tuple[OldThread, NewThread]]) -> None:
        items = [
            ImportedItem(
                source=self.source,
                kind=POST,
                external_id=old.key,
                post=new.saved,
                digest=digest_of(old),
                score=old.score,
                leads_back=leads_back(self.source, new.body),
            )
            for old, new in self.saved
        ]
        items += [self._thread_item(thread, row) for thread, row in rows]
        ImportedItem.objects.bulk_create(items, batch_size=500)
        paths: dict[str, OldAddress] = {}
        for thread, row in rows:
            paths.setdefault(thread.path, OldAddress(thread=row.saved))
        for old, new in self.saved:
            paths.setdefault(old.path, OldAddress(post=new.saved))
        OldAddress.objects.bulk_create(self._named(paths), batch_size=500, ignore_conflicts=True)

    def _be_here_since_then(self) -> None:
        """Who came along has been a member since they first wrote, as far as the source says nothing else."""
        changed: dict[int, Member] = {}
        for old, new in self.saved:
            author = new.author
            if author.is_unclaimed and old.author.joined_at is None and author.date_joined > new.created_at:
                author.date_joined = new.created_at
                changed[author.pk] = author
        Member.objects.bulk_update(changed.values(), ["date_joined"], batch_size=500)

    def _thread_item(self, thread: OldThread, row: NewThread) -> ImportedItem:
        by = self.members[thread.duplicate_by.key] if thread.duplicate_by else None
        return ImportedItem(
            source=self.source,
            kind=THREAD,
            external_id=thread.key,
            thread=row.saved,
            member=by,
            waits_for=thread.duplicate_of,
            waits_since=thread.duplicate_at or thread.closed_at or row.saved.created_at,
        )

    def _named(self, paths: dict[str, OldAddress]) -> Iterator[OldAddress]:
        for path, address in paths.items():
            key = next(iter(keys_of(path)), "")
            if key and len(key) <= LONGEST:
                address.host, address.path = self.source.host, key
                yield address

    def _count(self, rows: list[tuple[OldThread, NewThread]], new_tags: int) -> None:
        counts = self.tally.counts
        counts["threads"] += len(rows)
        counts["tags"] += new_tags
        counts["closed"] += sum(row.closed_at is not None for _, row in rows)
        for _, new in self.saved:
            counts[f"{new.saved.kind}s"] += 1
        counts["posts"] += len(self.saved)
        for thread in self.threads:
            if thread.missing:
                counts["missing_posts"] += thread.missing
                text = f"Posts that the file lacks: {thread.missing}. Fetch the whole thread and bring it again."
                self.tally.note("truncated", thread.place, text)
            self.tally.remarks += thread.remarks


def known_items(source: ImportSource, threads: Iterable[OldThread]) -> Known:
    """What of `threads` and their posts has been here, even if it is gone by now. 2 queries."""
    threads = list(threads)
    found: Known = {}
    for kind, keys in ((THREAD, [t.key for t in threads]), (POST, [p.key for t in threads for p in t.posts()])):
        for start in range(0, len(keys), 500):
            items = ImportedItem.objects.filter(source=source, kind=kind, external_id__in=keys[start : start + 500])
            found |= {(kind, item.external_id): item for item in items.select_related("thread", "post__thread")}
    return found


def digest_of(post: OldPost) -> str:
    return hashlib.blake2b(post.text.encode(), digest_size=8).hexdigest()
