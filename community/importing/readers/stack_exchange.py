"""Stack Exchange's dumps: Posts.xml, and beside it what there is of Users, Comments, Votes and PostLinks."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import Any
from xml.parsers import expat

from community.importing.addresses import host_of
from community.importing.material import HTML, MARKDOWN, Item, OldAuthor, OldPost, OldThread, Remark, UnreadableError
from community.importing.readers import shelf as on
from community.importing.readers.archive import Metered, entries
from community.importing.readers.parsing import line_of, moment_of, text_of, whole_of
from community.importing.readers.shelf import Row, Shelf, ShelfReader

CHUNK = 256 * 1024
LARGEST_ROW = 16 * 1024**2  # bytes
SYSTEM = OldAuthor("-1", "Community (automatic)", "automatic", path="users/-1")
NOBODY = OldAuthor("nobody", "Somebody who left", "somebody-who-left")
SAMPLE = 3000
_POSTS = {"1": on.QUESTION, "2": on.ANSWER}
_OTHER_POSTS = {"3": "wiki", "4": "tag's excerpt", "5": "tag's description", "6": "nomination", "7": "site's notice"}
_ACCEPTED, _DUPLICATE = "1", "3"
_TAGS = re.compile(r"<([^<>]+)>|([^<>|]+)")
_OWN_LINK = re.compile(r"""href=["'](https?://[^/"']+)/(?:questions|q|a)/(\d+)""")


class _Enough(Exception):  # noqa: N818 - no error: this file holds nothing for us
    pass


class StackExchangeReader(ShelfReader):
    name = "Stack Exchange dump"
    shelf_name = "stack-exchange.sqlite3"
    orphaned = "The {kind} belongs to post {parent}, which is no question or answer of this dump."

    def guessed_base_url(self) -> str:
        """The site whose questions the first posts link to under numbers of this dump."""
        shelf = self.shelf()
        hosts: Counter[str] = Counter()
        for _, row in islice(shelf.questions(0), SAMPLE):
            for address, number in _OWN_LINK.findall(row.get("Body", "")):
                known = shelf.holds(on.QUESTION, number) or shelf.holds(on.ANSWER, number)
                hosts[address.replace("http://", "https://")] += known
        best = hosts.most_common(1)
        return best[0][0] if best and best[0][1] and host_of(best[0][0]) else ""

    def _fill(self, shelf: Shelf) -> None:
        found = [
            rows_of(entry.open(), entry.name, lambda root: _kept(root, shelf))
            for entry in entries(self.path)
            if entry.ends_in(".xml")
        ]
        if found.count("posts") != 1:
            text = "no Posts.xml" if "posts" not in found else "more than one Posts.xml: give one community at a time"
            raise UnreadableError(f"This is no single Stack Exchange dump: it holds {text}.")

    def _thread(self, key: str, row: Row, shelf: Shelf) -> Item:
        return _thread(key, row, shelf)


def rows_of(stream: Metered, name: str, keep: Callable[[str], Callable[[Row], None] | None]) -> str:
    """Give each row of an XML file to what `keep` returns for its root; returns the root's name.

    A document type is refused, and with it every entity, so that nothing can be fetched or blown up.
    """
    parser = expat.ParserCreate()
    seen: dict[str, Any] = {"root": "", "keep": None, "quiet": 0}

    def begin(tag: str, attributes: Row) -> None:
        seen["quiet"] = 0
        if not seen["root"]:
            seen["root"], seen["keep"] = tag.lower(), keep(tag.lower())
            if seen["keep"] is None:
                raise _Enough
        elif tag == "row":
            seen["keep"](attributes)

    def refuse(*_: Any) -> None:
        raise UnreadableError(f"{name} has a document type, which no dump has. It is not read.")

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, refuse
    try:
        _parse(parser, stream, name, seen)
    except _Enough:
        pass
    except expat.ExpatError as error:
        raise UnreadableError(f"{name} breaks off or is damaged ({error}). Download it again.") from error
    return str(seen["root"])


def _parse(parser: expat.XMLParserType, stream: Metered, name: str, seen: dict[str, Any]) -> None:
    """`seen["quiet"]` counts the bytes since the last element; so no row can fill the memory."""
    while data := stream.read(CHUNK):
        seen["quiet"] += len(data)
        if seen["quiet"] > LARGEST_ROW:
            raise UnreadableError(f"{name} has a row of more than 16 MB. It is not read.")
        parser.Parse(data, False)
    parser.Parse(b"", True)


def _kept(root: str, shelf: Shelf) -> Callable[[Row], None] | None:
    def post(row: Row) -> None:
        kind = _POSTS.get(row.get("PostTypeId", ""))
        if kind and not shelf.put(kind, row.get("Id", ""), row.get("ParentId", ""), row):
            shelf.note(Remark("skipped", f"post {row.get('Id')}", "The dump holds it twice."))
        elif not kind:
            what = _OTHER_POSTS.get(row.get("PostTypeId", ""), "post of another kind")
            shelf.note(Remark("skipped", f"post {row.get('Id')}", f"It is a {what}, neither question nor answer."))

    def comment(row: Row) -> None:
        shelf.put(on.COMMENT, row.get("Id", ""), row.get("PostId", ""), row)

    def user(row: Row) -> None:
        shelf.put(on.USER, row.get("Id", ""), "", {k: row[k] for k in ("DisplayName", "CreationDate") if k in row})

    def vote(row: Row) -> None:
        if row.get("VoteTypeId") == _ACCEPTED:
            shelf.put(on.ACCEPTED, row.get("PostId", ""), "", {"at": row.get("CreationDate")})

    def link(row: Row) -> None:
        if row.get("LinkTypeId") == _DUPLICATE:
            of, at = row.get("RelatedPostId"), row.get("CreationDate")
            shelf.put(on.DUPLICATE, row.get("PostId", ""), "", {"of": of, "at": at})

    return {"posts": post, "comments": comment, "users": user, "votes": vote, "postlinks": link}.get(root)


def _thread(key: str, row: Row, shelf: Shelf) -> Item:
    try:
        thread = OldThread(key, f"question {key}", line_of(row["Title"]), path=f"questions/{key}")
        thread.opening = _post(key, row, shelf, f"questions/{key}")
        accepted = row.get("AcceptedAnswerId")
        for number, answer in shelf.below(on.ANSWER, key):
            post = _post(number, answer, shelf, f"a/{number}")
            post.is_accepted = number == accepted
            thread.answers.append(post)
    except (KeyError, ValueError) as error:
        return Remark("error", f"question {key}", f"A row of it lacks {error}. Without that it can't be brought.")
    thread.tags = [found[0] or found[1] for found in _TAGS.findall(row.get("Tags") or "")]
    thread.closed_at = moment_of(row.get("ClosedDate"))
    thread.accepted_by = thread.opening.author if accepted else None
    thread.accepted_at = moment_of((shelf.one(on.ACCEPTED, accepted) or {}).get("at")) if accepted else None
    thread.missing = max(0, (whole_of(row.get("AnswerCount")) or 0) - len(thread.answers))
    duplicate = shelf.one(on.DUPLICATE, key) or {}
    thread.duplicate_of, thread.duplicate_at = duplicate.get("of") or "", moment_of(duplicate.get("at"))
    thread.duplicate_by = SYSTEM if thread.duplicate_of else None
    return thread


def _post(key: str, row: Row, shelf: Shelf, path: str) -> OldPost:
    """Comments are Markdown in the dump, posts HTML."""
    post = OldPost(
        key=f"p{key}",
        author=_author(row.get("OwnerUserId"), row.get("OwnerDisplayName"), shelf),
        created_at=_date(row),
        text=text_of(row["Body"]),
        markup=HTML,
        edited_at=moment_of(row.get("LastEditDate")),
        score=whole_of(row.get("Score")),
        path=path,
    )
    post.comments = [_comment(number, comment, shelf) for number, comment in shelf.below(on.COMMENT, key)]
    return post


def _comment(key: str, row: Row, shelf: Shelf) -> OldPost:
    author = _author(row.get("UserId"), row.get("UserDisplayName"), shelf)
    score = whole_of(row.get("Score"))
    return OldPost(f"c{key}", author, _date(row), text_of(row["Text"]), MARKDOWN, score=score)


def _date(row: Row) -> Any:
    found = moment_of(row["CreationDate"])
    if found is None:
        raise ValueError("a readable CreationDate")
    return found


def _author(number: str | None, name: str | None, shelf: Shelf) -> OldAuthor:
    """By number; who has none there any more, by the name they left. Public dumps give no e-mail addresses."""
    if number == SYSTEM.key:
        return SYSTEM
    if number:
        user = shelf.one(on.USER, number) or {}
        shown = line_of(user.get("DisplayName")) or f"user{number}"
        joined = moment_of(user.get("CreationDate"))
        return OldAuthor(number, shown, shown, path=f"users/{number}", joined_at=joined)
    shown = line_of(name)
    return OldAuthor(f"name:{shown[:90]}", shown, shown) if shown else NOBODY
