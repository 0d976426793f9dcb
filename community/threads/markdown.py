"""Markdown as this community writes it: CommonMark with tables, strikethrough and bare links, shaped for our pages."""

import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.linkify import linkify
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from community.threads.models import Attachment

FIRST_LEVEL, LAST_LEVEL = 3, 6
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BLOCKS = {"p", "li", "ul", "ol", "h3", "h4", "h5", "h6", "td", "th", "blockquote"}
_TABLE_FRAME = {"class": "table-scroll", "role": "group", "aria-label": "Table", "tabindex": "0"}
_TOO_LONG = re.compile(r"\S{2000}")  # no address is so long, and looking for one in there takes seconds
_wordy = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_parser = MarkdownIt("commonmark", {"linkify": True, "html": False}).enable(["linkify", "table", "strikethrough"])
_parser.linkify = _links = LinkifyIt(options={"fuzzy_email": False})
_SCHEME = re.compile(r"https?\Z", re.IGNORECASE)


def parse(text: str) -> list[Token]:
    """Bare addresses become links, unless the text has 2,000 characters without a space."""
    return (_wordy if _TOO_LONG.search(text) else _parser).parse(text)


def to_html(tokens: list[Token]) -> str:
    return str(_parser.renderer.render(tokens, _parser.options, {}))


def shape(tokens: list[Token], *, rel: str, photos: dict[str, Attachment], text: str) -> list[Token]:
    """Headings that skip no level, tables that scroll, links with `rel`, only this site's pictures."""
    tokens = _framed_tables(_stepped_headings(tokens))
    is_right_to_left = bool(_RIGHT_TO_LEFT.search(text))
    for token in tokens:
        if is_right_to_left and token.tag in _BLOCKS and token.nesting == 1:
            token.attrSet("dir", "auto")
        if token.children:
            token.children = _named_links(_pictures(_honest_links(token.children), photos), rel)
    return tokens


def picture_addresses(tokens: Iterable[Token]) -> set[str]:
    return {str(child.attrs["src"]) for token in tokens for child in token.children or () if child.type == "image"}


def _stepped_headings(tokens: list[Token]) -> list[Token]:
    """The page owns the levels above 3. Each heading is at most one level below the one before; an empty one goes."""
    kept: list[Token] = []
    outline: list[str] = []
    for position, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            inside = tokens[position + token.nesting].children or ()
            if not any(child.content.strip() or child.type == "image" for child in inside):
                continue
            if token.nesting == 1:
                while outline and outline[-1] >= token.tag:
                    outline.pop()
                outline.append(token.tag)
            token.tag = f"h{min(FIRST_LEVEL + len(outline) - 1, LAST_LEVEL)}"
        kept.append(token)
    return kept


def _framed_tables(tokens: list[Token]) -> list[Token]:
    """A wide table scrolls in its frame, by keyboard too; right-aligned is for numbers; no heading cell is empty."""
    kept: list[Token] = []
    for position, token in enumerate(tokens):
        if token.type in ("th_open", "th_close") and not tokens[position + token.nesting].content.strip():
            token.tag = "td"
        if token.attrs.pop("style", "") == "text-align:right":
            token.attrs["class"] = "num"
        if token.type == "table_open":
            kept.append(Token("frame_open", "div", 1, attrs=dict(_TABLE_FRAME), block=True))
        kept.append(token)
        if token.type == "table_close":
            kept.append(Token("frame_close", "div", -1, block=True))
    return kept


def _honest_links(children: list[Token]) -> list[Token]:
    """A bare “example.com” stays text, as “readme.md” should: what becomes a link begins with http or www."""
    kept: list[Token] = []
    is_dropping = False
    for position, token in enumerate(children):
        if token.type == "link_open" and token.markup == "linkify":
            is_dropping = not children[position + 1].content.lower().startswith(("http://", "https://", "www."))
        if not (is_dropping and token.type in ("link_open", "link_close")):
            kept.append(token)
        elif token.type == "link_close":
            is_dropping = False
    return kept


def _pictures(children: list[Token], photos: dict[str, Attachment]) -> list[Token]:
    """Photos kept here are shown; any other picture is a link to it, or its words where a link stands already."""
    kept: list[Token] = []
    depth = 0
    for token in children:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "image":
            kept.append(token)
        elif photo := photos.get(str(token.attrs["src"])):
            kept.append(_shown(token, photo))
        else:
            name = Token("text", "", 0, content=token.content or str(token.attrs["src"]))
            link = Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
            kept += [name] if depth else [link, name, Token("link_close", "a", -1)]
    return kept


def _shown(token: Token, photo: Attachment) -> Token:
    token.attrs |= {"width": photo.width, "height": photo.height, "loading": "lazy", "decoding": "async"}
    if not token.content.strip():
        token.children = [Token("text", "", 0, content=photo.alt or "Photo, no description given")]
    return token


def _named_links(children: list[Token], rel: str) -> list[Token]:
    """A link out says what it is to search engines; a link without words shows its address."""
    kept: list[Token] = []
    for position, token in enumerate(children):
        kept.append(token)
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if not is_ours(address):
                token.attrs["rel"] = rel
            end = next(n for n in range(position, len(children)) if children[n].type == "link_close")
            if not any(part.content.strip() or part.type == "image" for part in children[position + 1 : end]):
                kept.append(Token("text", "", 0, content=address or "link"))
    return kept


def is_ours(address: str) -> bool:
    """Does it lead to a page of this site?"""
    return address.startswith("/") or f"{address}/".startswith(f"{settings.SITE_URL}/")


def _bare_link(state: StateInline, silent: bool) -> bool:
    """The parser's own rule, which looks back over all of the text: only where an address does begin."""
    if not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.src[max(0, state.pos - 5) : state.pos])
    if scheme is None or not _links.match_at_start(state.src[state.pos - len(scheme[0]) :]):
        return False
    return linkify(state, silent)


def _code_block(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Code scrolls sideways, by keyboard too."""
    return f'<pre tabindex="0"><code>{escapeHtml(tokens[index].content)}</code></pre>\n'


_parser.inline.ruler.at("linkify", _bare_link)
for _one in (_parser, _wordy):
    _one.add_render_rule("fence", _code_block)
    _one.add_render_rule("code_block", _code_block)
