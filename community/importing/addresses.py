"""What an old address names: Discourse's /t/slug/12/3, Stack Exchange's /questions/12/slug, any other as it stands."""

import re
from urllib.parse import urlsplit

LONGEST = 300
_DISCOURSE_TOPIC = re.compile(r"/t/(?:[^/]+/)?(?P<topic>\d+)(?:/(?P<post>\d+))?/?\Z")
_DISCOURSE_TOPIC_SHORT = re.compile(r"/t/(?P<topic>\d+)/(?P<post>\d+)/?\Z")
_DISCOURSE_MEMBER = re.compile(r"/u(?:sers)?/(?P<name>[^/]*[^/\d][^/]*)(?:/.*)?\Z")
_QUESTION = re.compile(r"/(?:questions|q)/(?P<question>\d+)(?:/[^/]*)?(?:/(?P<answer>\d+))?/?\Z")
_ANSWER = re.compile(r"/a/(?P<answer>\d+)(?:/\d+)?/?\Z")
_MEMBER = re.compile(r"/users/(?P<member>\d+)(?:/[^/]*)?/?\Z")


def host_of(address: str) -> str:
    """The host in lower case, without “www.”; empty for a path."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")


def keys_of(address: str) -> list[str]:
    """The names under which `address` (whole, or a path) may be in OldAddress; the most exact first."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    keys = _known(parts.path)
    if not keys:
        plain = parts.path.strip("/")
        keys = [f"{plain}?{parts.query}", plain] if parts.query else [plain]
    if parts.fragment.isdecimal() and parts.path.startswith("/questions/"):
        keys.insert(0, f"a/{parts.fragment}")
    return [key for key in keys if key and len(key) <= LONGEST]


def topic_key(topic: object, post: object = None) -> str:
    return f"t/{topic}" if post is None else f"t/{topic}/{post}"


def _known(path: str) -> list[str]:
    if topic := _DISCOURSE_TOPIC_SHORT.match(path) or _DISCOURSE_TOPIC.match(path):
        exact = [topic_key(topic["topic"], topic["post"])] if topic["post"] else []
        return [*exact, topic_key(topic["topic"])]
    if question := _QUESTION.match(path):
        return [*([f"a/{question['answer']}"] if question["answer"] else []), f"questions/{question['question']}"]
    if answer := _ANSWER.match(path):
        return [f"a/{answer['answer']}", f"questions/{answer['answer']}"]
    if member := _MEMBER.match(path):
        return [f"users/{member['member']}"]
    if member := _DISCOURSE_MEMBER.match(path):
        return [f"u/{member['name'].lower()}"]
    return []
