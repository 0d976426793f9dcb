"""Small communities in each format, made up here."""

import gzip
import json
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

BASE = "https://forum.example.net"


def topic_post(number: int, **fields: Any) -> dict[str, Any]:
    """A post as Discourse gives it."""
    return {
        "id": 100 + number,
        "name": "",
        "username": "ann",
        "user_id": 1,
        "created_at": f"2019-03-0{number}T10:00:00.000Z",
        "updated_at": f"2019-03-0{number}T10:00:00.000Z",
        "version": 1,
        "cooked": f"<p>What post {number} says.</p>",
        "post_number": number,
        "post_type": 1,
        "reply_to_post_number": None,
        "topic_id": 12,
        "actions_summary": [{"id": 2, "count": number}],
        "staff": False,
        "hidden": False,
        "deleted_at": None,
    } | fields


def topic(*posts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A topic with all of its posts."""
    rows = list(posts) or [topic_post(1), topic_post(2, username="Bo.B", user_id=2, name="Bo Berg")]
    return {
        "id": 12,
        "title": "How do I wash a wool jumper?",
        "tags": ["wool"],
        "category_id": 7,
        "archetype": "regular",
        "visible": True,
        "closed": False,
        "post_stream": {"posts": rows, "stream": [row["id"] for row in rows]},
    } | fields


def save_topics(folder: Path, *topics: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for one in topics:
        (folder / f"{one['id']}.json").write_text(json.dumps(one))
    return folder


def save_tar(file: Path, contents: dict[str, bytes]) -> Path:
    with tarfile.open(file, "w:gz") as archive:
        for name, data in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return file


def save_zip(file: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return file


POSTS = """<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="1" PostTypeId="1" AcceptedAnswerId="3" CreationDate="2015-01-27T20:09:32.720" Score="20" OwnerUserId="4"
    Body="&lt;p&gt;Best way to store &lt;code&gt;beans&lt;/code&gt;? See
      &lt;a href=&quot;https://coffee.example.com/questions/5/old-beans&quot;&gt;old beans&lt;/a&gt;.&lt;/p&gt;"
    Title="How should I store whole bean coffee?" Tags="&lt;storage&gt;&lt;whole-bean&gt;" AnswerCount="1" />
  <row Id="2" PostTypeId="5" CreationDate="2015-01-27T20:09:32.720" Score="0" Body="About storage" />
  <row Id="3" PostTypeId="2" ParentId="1" CreationDate="2015-01-28T20:09:32.720" Score="-1" OwnerUserId="-1"
    Body="&lt;p&gt;Airtight.&lt;/p&gt;" />
  <row Id="5" PostTypeId="1" CreationDate="2015-02-01T10:00:00.000" Score="1" OwnerDisplayName="gone guy"
    Body="&lt;p&gt;Mine are old.&lt;/p&gt;" Title="What can I do with old beans?" Tags="|storage|" AnswerCount="0"
    ClosedDate="2015-02-02T10:00:00.000" />
</posts>"""
COMMENTS = """<comments>
  <row Id="8" PostId="3" Score="1" Text="And *dark*." CreationDate="2015-01-29T15:32:39.773" UserId="4" />
  <row Id="9" PostId="99" Score="0" Text="To nobody." CreationDate="2015-01-29T15:32:39.773" UserId="4" />
</comments>"""
USERS = """<users><row Id="4" DisplayName="Jörg Müller" CreationDate="2014-12-01T00:00:00.000" /></users>"""
VOTES = """<votes><row Id="1" PostId="3" VoteTypeId="1" CreationDate="2015-01-30T00:00:00.000" />
  <row Id="2" PostId="1" VoteTypeId="2" CreationDate="2015-01-30T00:00:00.000" /></votes>"""
LINKS = """<postlinks><row Id="3" CreationDate="2015-02-02T10:00:00.000" PostId="5" RelatedPostId="1"
  LinkTypeId="3" /></postlinks>"""


def save_dump(file: Path) -> Path:
    files = {"Posts": POSTS, "Comments": COMMENTS, "Users": USERS, "Votes": VOTES, "PostLinks": LINKS}
    return save_zip(file, {f"{name}.xml": text.encode() for name, text in files.items()})


def save_lone_posts(file: Path) -> Path:
    file.write_bytes(gzip.compress(POSTS.encode()))
    return file


TABLE = """id;kind;parent_id;title;body;author;author_email;created_at;tags;product;accepted;url
1;;;Does the zip rust?;"My jacket, **two** years on.";Ida;ida@example.com;2020-01-05T10:00:00Z;zip, jacket;;;/old/1.html
2;;1;;Wax it.;Bo;;2020-01-06;;;yes;/old/1.html#2
3;;2;;Thanks!;Ida;ida@example.com;2020-01-07;;;;
4;;77;;Lost.;Bo;;2020-01-07;;;;
5;answer;1;;;Bo;;2020-01-07;;;;
6;;1;;No date.;Bo;;yesterday;;;;
"""


def save_table(file: Path, text: str = TABLE, encoding: str = "utf-8-sig") -> Path:
    file.write_bytes(text.encode(encoding))
    return file
