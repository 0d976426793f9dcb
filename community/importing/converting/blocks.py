"""What stands on lines of its own: paragraphs, lists, quotes, code, tables, and Discourse's own boxes."""

import re
from collections.abc import Callable, Iterable

from community.importing.converting.escaping import escape_line_starts, fence_for
from community.importing.converting.inline import BREAK, Setting, destination, inline
from community.importing.converting.tables import table
from community.importing.converting.tree import Node, grow

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_CONTAINERS = {"div", "article", "section", "header", "figure", "details", "dl", "dd", "aside"}
_BLOCKS = {"p", "pre", "ul", "ol", "li", "blockquote", "table", "hr", "dt", "summary", "figcaption", "caption"}
_BLOCKS |= _CONTAINERS | set(_HEADINGS)
_LANGUAGE = re.compile(r"(?:\A|\s)(?:lang|language)-([\w+#.-]+)")
_NO_LANGUAGE = {"auto", "none", "nohighlight", "text", "plaintext", "plain"}
_ONLY_FOR_EYES = {"meta", "quote-controls", "cooked-selection-barrier", "poll-info", "onebox-metadata"}


def markdown_of_html(source: str, *, base_url: str = "", username: Callable[[str], str] = str) -> str:
    """Markdown that renders to what `source` shows. Relative addresses are made whole with `base_url`.

    `username` says what a member who is mentioned there is called here.
    """
    setting = Setting(base_url.rstrip("/"), username)
    return "\n\n".join(blocks(grow(source).children, setting)).strip("\n")


def blocks(children: Iterable[Node | str], setting: Setting) -> list[str]:
    """Each block's Markdown. Words between blocks become paragraphs."""
    found: list[str] = []
    loose: list[Node | str] = []
    before = ""
    for child in children:
        if isinstance(child, str) or not _is_block(child):
            loose.append(child)
            continue
        found += _paragraph(loose, setting)
        loose = []
        tag = child.tag
        found += _block(child, setting, after_same=tag == before and tag in ("ul", "ol"))
        before = tag
    return found + _paragraph(loose, setting)


def _is_block(node: Node) -> bool:
    return node.tag in _BLOCKS or (node.tag not in ("a", "code") and any(_is_block(child) for child in node.elements()))


def _block(node: Node, setting: Setting, after_same: bool) -> list[str]:
    if node.classes & _ONLY_FOR_EYES:
        return []
    if node.tag in _HEADINGS:
        words = inline(node.children, setting).replace(BREAK, " ").strip()
        return [f"{_HEADINGS[node.tag]} {words}"] if words else []
    if node.tag == "pre":
        return _code(node)
    if node.tag in ("ul", "ol"):
        return _list(node, setting, after_same)
    if node.tag == "blockquote":
        return _quote(blocks(node.children, setting))
    if node.tag == "table":
        return table(node, setting)
    if node.tag == "hr":
        return ["---"]
    if node.tag == "aside":
        return _aside(node, setting)
    if node.tag in ("summary", "dt", "caption"):
        words = "".join(_paragraph(node.children, setting))
        return [f"**{words}**"] if words and "*" not in words else [words] if words else []
    return blocks(node.children, setting)


def _paragraph(children: Iterable[Node | str], setting: Setting) -> list[str]:
    text = inline(children, setting).strip(" \n")
    while text.endswith("\\") and not text.endswith("\\\\"):
        text = text[:-1].rstrip()
    while text.startswith(BREAK):
        text = text[len(BREAK) :].lstrip()
    return [escape_line_starts(text)] if text else []


def _code(node: Node) -> list[str]:
    """A fence that nothing inside closes, with the language if the source knew it."""
    lines = list(node.all("li")) if "onebox" in node.classes else []
    code = "\n".join(line.text().rstrip("\n") for line in lines) if lines else node.text()
    names = " ".join([node.attributes.get("class", ""), *(c.attributes.get("class", "") for c in node.all("code"))])
    language = next((name for name in _LANGUAGE.findall(names) if name not in _NO_LANGUAGE), "")
    code = code.removeprefix("\n").rstrip("\n")
    fence = fence_for(code)
    return [f"{fence}{language}\n{code}\n{fence}"]


def _list(node: Node, setting: Setting, after_same: bool) -> list[str]:
    """A list right after a list gets another mark, or the two would be one."""
    start = node.attributes.get("start", "")
    number = int(start) if start.isdecimal() and len(start) < 9 else 1
    items: list[str] = []
    is_loose = False
    for child in node.elements():
        parts = blocks(child.children if child.tag == "li" else [child], setting)
        mark = f"{number}{')' if after_same else '.'}" if node.tag == "ol" else "*" if after_same else "-"
        is_loose = is_loose or any(inner.tag == "p" for inner in child.elements())
        joined = _joined(parts, is_loose)
        if joined or child.tag == "li":
            items.append(f"{mark} {_indented(joined, len(mark) + 1)}" if joined else mark)
            number += 1
    return [("\n\n" if is_loose else "\n").join(items)] if items else []


def _joined(parts: list[str], is_loose: bool) -> str:
    """A tight item holds its nested list close; whatever else follows needs an empty line."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        is_list = re.match(r"(?:[-*]|\d+[.)])(?: |\n|\Z)", part)
        text += ("\n" if is_list and not is_loose else "\n\n") + part
    return text


def _indented(text: str, width: int) -> str:
    return "\n".join(f"{' ' * width}{line}" if line else "" for line in text.split("\n")).lstrip(" ")


def _quote(parts: list[str]) -> list[str]:
    lines = "\n\n".join(parts).split("\n")
    return ["\n".join(f"> {line}".rstrip(" ") for line in lines)] if any(lines) else []


def _aside(node: Node, setting: Setting) -> list[str]:
    if "quote" in node.classes:
        return _discourse_quote(node, setting)
    if "onebox" in node.classes:
        return _onebox(node, setting)
    return blocks(node.children, setting)


def _discourse_quote(node: Node, setting: Setting) -> list[str]:
    """Who said it, with a link to where, above the words."""
    inner = next(node.all("blockquote"), None)
    parts = blocks(inner.children, setting) if inner else []
    name, topic = node.attributes.get("data-username", ""), node.attributes.get("data-topic", "")
    post = node.attributes.get("data-post", "")
    if name:
        words = inline([setting.username(name)], setting, in_link=True)
        address = setting.address(f"/t/{topic}/{post}") if topic.isdecimal() and post.isdecimal() else ""
        parts.insert(0, f"[{words}]({destination(address)}) wrote:" if address else f"{words} wrote:")
    return _quote(parts)


def _onebox(node: Node, setting: Setting) -> list[str]:
    """The author wrote an address; Discourse drew a preview around it. The address stays, under its title."""
    links = [link for link in node.all("a") if link.text().strip()]
    titles = [link for heading in node.all("h3", "h4") for link in heading.all("a") if link.text().strip()]
    address = node.attributes.get("data-onebox-src") or next((a.attributes.get("href", "") for a in titles + links), "")
    if not address:
        return blocks(node.children, setting)
    words = (titles or links)[0].text() if titles or links else address
    shown = inline([" ".join(words.split())], setting, in_link=True)
    code = [part for pre in node.all("pre") for part in _code(pre)]
    return [f"[{shown}]({destination(setting.address(address))})", *code]
