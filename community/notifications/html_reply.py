"""The words of a mail that came as HTML alone, as Markdown; what mail programs mark as quoted is left out.

Tags are found by our own pattern, not by Python's html.parser: that one needs hours for 500,000 characters of “<a ”,
and raises at “<![x”. What is here takes time in proportion to the length, whatever it is given.
"""

import re
from html import unescape

DEEPEST = 1000  # open tags looked through for the one that ends
_TAG = re.compile(r"""<(/?+)([A-Za-z][^\s/<>"']*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?""")
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}
_SILENT = {"style", "script", "head", "title", "template"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "base", "area", "col", "wbr", "source", "embed", "track", "param"}
_LINES = {"div", "tr", "ul", "ol", "table", "section", "article", "header", "footer", "pre"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_QUOTED = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|ydp\w*yahoo_quoted"
    r"|divrplyfwdmsg|appendonsend|olk_src_body_section|isforwardcontent|mail-editor-reference|replysplit"
)
_SIGNATURE = re.compile(r"gmail_signature|moz-signature|protonmail_signature_block|ms-outlook-mobile-signature")


def text_of_html(html: str) -> str:
    """Markdown paragraphs, lists and links. Reads each tag once."""
    reader = _Reader()
    _read(reader, html)
    lines = [" ".join(line.split()) for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _read(reader: "_Reader", html: str) -> None:
    at = 0
    while (begins := html.find("<", at)) >= 0:
        reader.handle_data(unescape(html[at:begins]))
        tag = _TAG.match(html, begins)
        if tag is None:
            at = _after_declaration(html, begins)
            reader.handle_data("<" if at == begins + 1 else "")
            continue
        name, at = tag[2].lower(), tag.end()
        if tag[1]:
            reader.handle_endtag(name)
            continue
        reader.handle_starttag(name, _attributes(tag[3]))
        if name in _RAW:
            ends = _RAW[name].search(html, at)
            at = ends.start() if ends else len(html)
    reader.handle_data(unescape(html[at:]))


def _after_declaration(html: str, begins: int) -> int:
    """Where a comment, or what else begins with “<!” or “<?”, is over; one further for a mere “<”."""
    if html.startswith("<!--", begins):
        close = html.find("-->", begins + 2)
        return close + 3 if close >= 0 else len(html)
    if html.startswith(("<!", "<?"), begins):
        close = html.find(">", begins)
        return close + 1 if close >= 0 else len(html)
    return begins + 1


def _attributes(text: str) -> dict[str, str]:
    found = ((one[1].lower(), one[2] or "") for one in _ATTRIBUTE.finditer(text))
    return {name: unescape(value[1:-1] if value[:1] in ('"', "'") else value) for name, value in found}


class _Reader:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.silent: list[str] = []  # the open tags from the one on whose content is left out
        self.link, self.link_at = "", -1  # where it leads, and where its words begin; none is open at -1

    def handle_starttag(self, tag: str, attributes: dict[str, str]) -> None:
        if self.silent:
            self.silent += [] if tag in _VOID else [tag]
            return
        if tag not in _VOID and (tag in _SILENT or _is_left_out(tag, attributes)):
            self.silent = [tag]
            return
        self._break(tag)
        if tag == "li":
            self.said.append("\n- ")
        elif tag == "a":
            self.link, self.link_at = attributes.get("href", "").strip(), len(self.said)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self._end_silent(tag)
            return
        if tag == "a" and self.link_at >= 0:
            self._end_link()
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"[\s\xa0\0]+", " ", data))

    def _break(self, tag: str) -> None:
        if tag == "br" or tag == "hr" or tag in _LINES:
            self.said.append("\n")
        elif tag in _PARAGRAPHS:
            self.said.append("\n\n")

    def _end_silent(self, tag: str) -> None:
        near = self.silent[-DEEPEST:][::-1]
        if tag in near:
            del self.silent[len(self.silent) - 1 - near.index(tag) :]

    def _end_link(self) -> None:
        at, self.link_at = self.link_at, -1
        words = "".join(self.said[at:]).strip()
        is_told = self.link.startswith(("http://", "https://")) and words and words not in self.link
        self.said[at:] = [f"[{words}]({self.link})" if is_told and "\n" not in words else words]


def _is_left_out(tag: str, attributes: dict[str, str]) -> bool:
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    is_cited = tag == "blockquote" and attributes.get("type", "").lower() == "cite"
    return is_cited or bool(_QUOTED.search(named) or _SIGNATURE.search(named))
