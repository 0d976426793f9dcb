"""Markdown becomes HTML that is safe, fits our pages and passes for everybody."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from community.members.models import Member
from community.threads.models import Attachment
from community.threads.rendering import mentioned_members, plain_text, render


class Attributes(HTMLParser):
    """Every attribute of some HTML as (tag, name, value); a tag that a post never has fails."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    @classmethod
    def of(cls, html: str) -> list[tuple[str, str, str]]:
        parser = cls()
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "a", "pre", "code", "em"}
        self.found += [(tag, name, value or "") for name, value in attrs if (tag, name) != ("pre", "tabindex")]


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "[click](  jAvAsCrIpT:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](java\tscript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:msgbox)",
    "[click](//evil.example)",
    "[click](/\\evil.example)",
    "[click](file:///etc/passwd)",
    "![](javascript:alert(1))",
    '[a](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    "<a href='javascript:alert(1)'>x</a>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "<svg/onload=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<style>*{display:none}</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_comes_through(text: str) -> None:
    for tag, name, value in Attributes.of(render(text)):
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("a", "title")}
        assert name != "href" or re.match(r"https?://|mailto:|/(?![/\\])", value)


def test_links_out_tell_search_engines_and_links_in_do_not() -> None:
    assert 'rel="nofollow ugc noopener"' in render("[a](https://a.example)")
    assert 'rel="ugc noopener"' in render("[a](https://a.example)", is_trusted=True)
    assert "rel=" not in render("[a](/questions/)")


def test_bare_addresses_become_links_but_file_names_do_not() -> None:
    html = render("See https://a.example/b?c=1 and www.b.com, then readme.md and me@c.example.")
    assert re.findall(r'href="([^"]+)"', html) == ["https://a.example/b?c=1", "http://www.b.com"]


def test_headings_start_below_the_page_and_skip_no_level() -> None:
    html = render("# One\n\n#### Two\n\n## Three\n\n# Four\n\n#\n")
    assert re.findall(r"<h(\d)", html) == ["3", "4", "4", "3"]


def test_tables_scroll_by_keyboard_and_keep_no_style() -> None:
    html = render("| | Price |\n|-|-:|\n| Jumper | 120 |")
    assert '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">' in html
    assert '<td class="num">120</td>' in html
    assert "<th></th>" not in html
    assert "style=" not in html


def test_a_link_without_words_shows_its_address() -> None:
    assert ">https://a.example</a>" in render("[](https://a.example)")


def test_pictures_from_elsewhere_are_links() -> None:
    html = render("![A cat](https://a.example/cat.png)")
    assert "<img" not in html
    assert '<a href="https://a.example/cat.png" rel="nofollow ugc noopener">A cat</a>' in html


def test_photos_kept_here_are_shown_with_their_size(member: Member) -> None:
    Attachment.objects.create(uploader=member, large="photos/x.webp", medium="m", small="s", width=1280, height=720)
    html = render("![The label](/media/photos/x.webp)")
    assert '<img src="/media/photos/x.webp" alt="The label" width="1280" height="720" loading="lazy"' in html
    assert 'alt="Photo, no description given"' in render("![](/media/photos/x.webp)")


def test_a_photo_that_is_not_there_is_not_shown(db: None) -> None:
    assert "<img" not in render("![x](/media/photos/nothing.webp)")


def test_members_are_mentioned_whatever_the_capitals(member: Member) -> None:
    assert '<a class="mention" href="/members/mara/">@MARA</a>' in render("Thank you, @MARA.")


@pytest.mark.parametrize(
    "text", ["`@mara`", "    @mara", "[@mara](https://a.example)", "me@mara.example", "@nobody", "a/@mara"]
)
def test_what_is_no_mention_links_to_nobody(member: Member, text: str) -> None:
    assert "mention" not in render(text)
    assert mentioned_members(text) == []


def test_an_inactive_member_is_not_mentioned(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert mentioned_members("@mara") == []


def test_mentions_cost_one_query_however_many(
    member: Member, other_member: Member, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(1):
        html = render("@mara and @tomas " * 20)
    assert html.count("mention") == 40
    with django_assert_num_queries(0):
        render("Nobody is mentioned.")


def test_code_scrolls_by_keyboard_and_is_shown_as_typed() -> None:
    assert '<pre tabindex="0"><code>a &lt;b&gt;\n</code></pre>' in render("```py\na <b>\n```")


def test_text_from_right_to_left_finds_its_side() -> None:
    assert '<p dir="auto">' in render("كيف أغسل السترة؟")
    assert "dir=" not in render("How do I wash it?")


@pytest.mark.parametrize(
    "unit",
    ["[", "![](", "*a ", "`", ">", "| a ", "- ", "<", "[a](b", "www.", "http://", "@ab ", "***a ", "_a*", "a@b.c "],
)
def test_no_text_takes_long(unit: str) -> None:
    began = time.process_time()
    render((unit * 32_000)[:32_000], members={})
    assert time.process_time() - began < 5


def test_plain_text_is_the_words_alone() -> None:
    assert plain_text("<p>Wash &amp; <em>dry</em></p>\n<ul>\n<li>flat</li>\n</ul>") == "Wash & dry flat"


def test_plain_text_is_cut_at_a_word() -> None:
    assert plain_text("<p>Cold water and wool soap</p>", 15) == "Cold water and…"
    assert plain_text("<p>Donaudampfschifffahrt</p>", 10) == "Donaudamp…"
    assert plain_text("<p>Cold water</p>", 10) == "Cold water"


@pytest.mark.parametrize("part", ["http://[", "http://[ ", "http://a.b/(", "http://a.b/( ", "a.b/(", "http://a "])
def test_no_row_of_addresses_keeps_a_reader_waiting(part: str) -> None:
    begun = time.process_time()
    render((part * 32_000)[:32_000])
    assert time.process_time() - begun < 2  # it was 4 to 60 seconds


def test_an_address_keeps_its_underscores() -> None:
    assert '<a href="http://a.b/x_y_z"' in render("see http://a.b/x_y_z there")
