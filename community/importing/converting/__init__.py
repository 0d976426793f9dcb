"""From what other communities store to Markdown as it is written here."""

from community.importing.converting.bbcode import markdown_of_raw
from community.importing.converting.blocks import markdown_of_html

__all__ = ["markdown_of_html", "markdown_of_raw"]
