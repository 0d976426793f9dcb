"""What stands inside a line: emphasis, code, links, pictures, mentions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from community.importing.converting.emoji import EMOJI
from community.importing.converting.escaping import code_span, escape, escape_in_link
from community.importing.converting.tree import Node

MARKS = {
    "em": "*",
    "i": "*",
    "cite": "*",
    "var": "*",
    "strong": "**",
    "b": "**",
    "s": "~~",
    "strike": "~~",
    "del": "~~",
}
CODE = {"code", "kbd", "samp", "tt"}
BREAK = "\\\n"
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_NO_BRACKETS = str.maketrans({"[": "(", "]": ")", "\\": "/", "`": "'"})  # a picture's words are shown unparsed
_SPACE = re.compile(r"[ \t\r\n]+")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>]")


@dataclass(frozen=True)
class Setting:
    """What the text stands in: the old community's address, and what its members are called here."""

    base_url: str = ""
    username: Callable[[str], str] = str

    def address(self, address: str) -> str:
        """Whole, if it can be made so."""
        try:
            address = urljoin(f"{self.base_url}/", address) if self.base_url else address
        except ValueError:
            return ""
        return f"https:{address}" if address.startswith("//") else address


def inline(children: Iterable[Node | str], setting: Setting, *, in_link: bool = False) -> str:
    """Markdown of phrasing content, on one line but for hard breaks."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, str):
            text = _SPACE.sub(" ", child)
            parts.append(escape_in_link(text) if in_link else escape(text))
        else:
            parts.append(_element(child, setting, in_link))
    return re.sub(r" *\\\n *", BREAK, "".join(parts))


def _element(node: Node, setting: Setting, in_link: bool) -> str:
    if node.tag == "br":
        return " " if in_link else BREAK
    if node.tag == "img":
        return _picture(node, setting, in_link)
    if node.tag == "iframe":
        address = setting.address(node.attributes.get("src", ""))
        return f" {_link(address, address)} " if address else ""
    if node.tag in CODE:
        return code_span(node.text())
    if node.tag == "a":
        return inline(node.children, setting, in_link=True) if in_link else _anchor(node, setting)
    inner = inline(node.children, setting, in_link=in_link)
    if node.tag in MARKS:
        return _marked(inner, MARKS[node.tag])
    if node.tag in ("sup", "sub"):
        return _shifted(node, inner)
    return f"“{inner}”" if node.tag == "q" else inner


def _marked(inner: str, mark: str) -> str:
    """The mark clings to the words: spaces and breaks at the edges stay outside."""
    words = inner.strip().removesuffix("\\").strip()
    if not words or _is_marked(words, mark):
        return inner
    start = inner.index(words)
    return f"{inner[:start]}{mark}{words}{mark}{inner[start + len(words) :]}"


def _is_marked(words: str, mark: str) -> bool:
    """Emphasis in emphasis of the same kind is one."""
    rest = words.strip(mark[0])
    return any(words == f"{run}{rest}{run}" for run in (mark, "***") if len(mark) == 1 or run == mark)


def _shifted(node: Node, inner: str) -> str:
    """Numbers have characters of their own; words are said with a sign."""
    plain, is_raised = node.text().strip(), node.tag == "sup"
    shifted = plain.translate(_RAISED if is_raised else _LOWERED)
    if plain and not re.search(r"[A-Za-z0-9+\-=()\[\]]", shifted):
        return shifted
    if "footnote-ref" in node.classes or not plain or len(plain) > 12 or " " in plain:
        return inner
    return f"^{inner}" if is_raised else f"\\_{inner}"


def _picture(node: Node, setting: Setting, in_link: bool) -> str:
    alt = (node.attributes.get("alt") or node.attributes.get("title") or "").strip()
    if "emoji" in node.classes:
        name = alt.strip(":")
        return EMOJI.get(name.split(":")[0], f":{name}:" if name else "")
    if node.classes & {"avatar", "site-icon", "onebox-avatar", "onebox-avatar-inline"}:
        return ""
    words = _SPACE.sub(" ", alt).translate(_NO_BRACKETS)
    address = setting.address(node.attributes.get("src", ""))
    if in_link or not address:
        return escape_in_link(words) or "picture"
    return f"![{words}]({destination(address)})"


def _anchor(node: Node, setting: Setting) -> str:
    href = node.attributes.get("href", "").strip()
    if node.classes & {"mention"} and node.text().startswith("@"):
        return f"@{setting.username(node.text()[1:])}"
    if "anchor" in node.classes and not node.text().strip():
        return ""
    picture = next(node.all("img"), None)
    if picture is not None and "lightbox" in node.classes:
        words = picture.attributes.get("alt") or node.attributes.get("title") or ""
        return f"![{_SPACE.sub(' ', words).strip().translate(_NO_BRACKETS)}]({destination(setting.address(href))})"
    inner = inline(node.children, setting, in_link=True)
    if not href or href.startswith("#"):
        return inner
    address = setting.address(href)
    if not address or node.text().strip() == address:
        return _link(address or href, address or href)
    words = inner.strip()
    start = inner[: len(inner) - len(inner.lstrip())]
    return f"{start}{_link(words, address)}{inner[len(start) + len(words) :]}" if words else _link(address, address)


def _link(words: str, address: str) -> str:
    if words == address and re.match(r"(https?|mailto|ftp):", address) and not _UNSAFE_IN_ADDRESS.search(address):
        return f"<{address}>"
    if words == address:
        words = escape_in_link(words)
    return f"[{words}]({destination(address)})"


def destination(address: str) -> str:
    """An address as it may stand between a link's parentheses."""
    address = _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)
    return f"<{address}>" if re.search(r"[()]", address) else address.replace("\\", "%5C")
