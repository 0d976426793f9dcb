"""Makes text mean itself in Markdown: as few backslashes as will do, for people will edit it."""

import re

_ANYWHERE = re.compile(r"[\\`]|\*+|~~+|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_UNDERSCORES = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_BRACKET = re.compile(r"\](?=[(\[:]|\Z)")
_LINE_START = re.compile(r"(?m)^([ \t]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+[ \t]*$|-[-\s]*$|>|~{3,})")
_NUMBER_START = re.compile(r"(?m)^([ \t]*\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_ALL_ESCAPED = re.compile(r"([\\`*_\[\]<>~|])")


def escape(text: str) -> str:
    """`text` inside a paragraph. Bare addresses stay as they are: they become links here too."""
    parts: list[str] = []
    done = 0
    for address in _ADDRESS.finditer(text):
        parts += [_escape_words(text[done : address.start()]), address[0]]
        done = address.end()
    return "".join([*parts, _escape_words(text[done:])])


def escape_in_link(text: str) -> str:
    """The words of a link, where brackets count too."""
    return _ALL_ESCAPED.sub(r"\\\1", text)


def escape_line_starts(text: str) -> str:
    """A finished paragraph: no line of it may begin a list, a heading or a quote."""
    return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _escape_words(text: str) -> str:
    text = _ANYWHERE.sub(_escape_each, text)
    return _BRACKET.sub(r"\\]", _UNDERSCORES.sub(_escape_each, text))


def _escape_each(match: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in match[0])


def fence_for(code: str, shortest: int = 3) -> str:
    """A run of backticks longer than any in `code`."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    return "`" * max(shortest, longest + 1)


def code_span(code: str) -> str:
    code = re.sub(r"\s*\n\s*", " ", code)
    if not code.strip():
        return code
    fence = fence_for(code, 1)
    pad = " " if code.startswith("`") or code.endswith("`") or (code[0] == code[-1] == " ") else ""
    return f"{fence}{pad}{code}{pad}{fence}"
