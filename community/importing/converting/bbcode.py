"""Discourse's raw text: Markdown already, but for its quotes, its uploads and its spoilers."""

import re
from collections.abc import Callable

_QUOTE = re.compile(
    r'\[quote(?:=(?P<q>["“”]?)(?P<who>[^\[\]]{0,300}?)(?P=q))?\]\s*(?P<text>(?:(?!\[quote).)*?)\s*\[/quote\]', re.DOTALL
)
_PLACE = re.compile(r"\b(post|topic):\s*(\d+)")
_UPLOAD = re.compile(r"\]\(upload://([\w.-]+)\)")
_SIZE = re.compile(r"!\[([^\]|]*)\|[^\]]*\]\(")
_TAGS = re.compile(r"\[/?(?:spoiler|details|b|i|u|s|center|wrap|date)(?:=[^\]]*)?\]")
_DEEPEST = 8


def markdown_of_raw(source: str, *, base_url: str = "", username: Callable[[str], str] = str) -> str:
    """`source` with its [quote]s as Markdown quotes, and uploads as links to where they were."""

    def quoted(match: re.Match[str]) -> str:
        places = dict(_PLACE.findall(match["who"] or ""))
        name = (match["who"] or "").split(",")[0].strip(' "“”')
        lines = match["text"].split("\n")
        if name:
            shown = username(name)
            link = f"{base_url}/t/{places['topic']}/{places['post']}" if len(places) == 2 else ""
            lines = [f"[{shown}]({link}) wrote:" if link else f"{shown} wrote:", "", *lines]
        return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"

    for _ in range(_DEEPEST):
        source, count = _QUOTE.subn(quoted, source)
        if not count:
            break
    source = _UPLOAD.sub(rf"]({base_url}/uploads/short-url/\1)", source)
    return _TAGS.sub("", _SIZE.sub(r"![\1](", source)).strip("\n")
