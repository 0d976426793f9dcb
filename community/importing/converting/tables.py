"""Tables: one line a row. A cell holds a line, so its blocks stand beside each other."""

from community.importing.converting.inline import BREAK, Setting, inline
from community.importing.converting.tree import Node

_LINES = {"p", "div", "li"}


def table(node: Node, setting: Setting) -> list[str]:
    """The first row is the head if it is one; else the head stays empty."""
    rows = [[cell for cell in row.elements() if cell.tag in ("td", "th")] for row in node.all("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    has_head = all(cell.tag == "th" for cell in rows[0])
    head, body = (rows[0], rows[1:]) if has_head else ([], rows)
    marks = [_mark(cell) for cell in rows[0]] + ["---"] * (width - len(rows[0]))
    lines = [_line([_cell(cell, setting) for cell in row], width) for row in [head, *body]]
    lines.insert(1, f"| {' | '.join(marks)} |")
    caption = [f"**{inline(found.children, setting).strip()}**" for found in node.all("caption")]
    return [*caption, "\n".join(lines)]


def _line(cells: list[str], width: int) -> str:
    return f"| {' | '.join(cells + [''] * (width - len(cells)))} |"


def _mark(cell: Node) -> str:
    return {"right": "---:", "center": ":---:"}.get(cell.attributes.get("align", ""), "---")


def _cell(cell: Node, setting: Setting) -> str:
    children: list[Node | str] = []
    for child in cell.children:
        if isinstance(child, Node) and child.tag in _LINES:
            children += [" ", *child.children, " "]
        elif isinstance(child, Node) and child.tag == "pre":
            children.append(Node("code", {}, [child.text()]))
        else:
            children.append(child)
    text = inline(children, setting).replace(BREAK, " · ").strip()
    return text.replace("|", "\\|") if "|" in text else text
