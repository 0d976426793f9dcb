"""HTML read as a browser would, into a small tree: ammonia (nh3) mends the nesting, so that ours need not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

DEEPEST = 40  # deeper elements become part of their parent: no text is lost, and nobody can exhaust the stack
_VOID = {"br", "hr", "img"}
_KEPT = {
    "a", "abbr", "article", "aside", "b", "big", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href", "title"},
    "aside": {"data-username", "data-post", "data-topic", "data-onebox-src"},
    "iframe": {"src"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
    "blockquote": {"cite"},
}
_SCHEMES = {"http", "https", "mailto", "ftp"}


@dataclass
class Node:
    """An element. Text stands among its children as str."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def elements(self) -> Iterator["Node"]:
        return (child for child in self.children if isinstance(child, Node))

    def all(self, *tags: str) -> Iterator["Node"]:
        """Those below with one of `tags`, in the order of the text."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Grower(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]
        self.swallowed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.open[-1].children.append(node)
        elif len(self.open) > DEEPEST:
            self.swallowed.append(tag)
        else:
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.swallowed:
            self.swallowed.pop()
        elif len(self.open) > 1 and tag == self.open[-1].tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def grow(source: str) -> Node:
    """The tree of `source`, with nothing that runs, styles or frames; script and style lose their content too."""
    grower = _Grower()
    grower.feed(nh3.clean(source, tags=_KEPT, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None))
    grower.close()
    return grower.root
