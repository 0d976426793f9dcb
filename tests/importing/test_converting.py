"""What other communities store as HTML is the same on the page once it is Markdown here."""

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.importing.converting import markdown_of_html, markdown_of_raw
from community.threads.rendering import plain_text, render


def rendered(source: str) -> str:
    return re.sub(r"\s*\n\s*", "", render(markdown_of_html(source), members={}))


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>Hand <em>wash</em> <strong>only</strong>.</p>", "Hand *wash* **only**."),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ('<pre><code class="lang-java">int a;\n</code></pre>', "```java\nint a;\n```"),
        ('<pre class="lang-py"><code>a</code></pre>', "```py\na\n```"),
        ('<pre><code class="lang-auto">a ``` b</code></pre>', "````\na ``` b\n````"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<blockquote><p>said</p><blockquote><p>before</p></blockquote></blockquote>", "> said\n>\n> > before"),
        ('<p><a href="/t/x/1">it</a></p>', "[it](/t/x/1)"),
        ('<p><a href="https://a.example/(x)">https://a.example/(x)</a></p>', "<https://a.example/(x)>"),
        ('<p><img src="https://a.example/p.png" alt="a [b]"></p>', "![a (b)](https://a.example/p.png)"),
        ("<h2>Title</h2><p>x</p><hr>", "## Title\n\nx\n\n---"),
        ("<p>1. not a list</p>", "1\\. not a list"),
        ("<p># no, *no* and _no_</p>", "\\# no, \\*no\\* and \\_no\\_"),
        ("<p>snake_case stays</p>", "snake_case stays"),
        ("<p>x<sup>2</sup> and H<sub>2</sub>O</p>", "x² and H₂O"),
        ('<p><img class="emoji" alt=":wink:" src="/e.png"></p>', "😉"),
        ("<p>a<script>alert(1)</script>b</p>", "ab"),
        ("<em><strong>both</strong></em>", "***both***"),
    ],
)
def test_each_thing_has_its_markdown(source: str, markdown: str) -> None:
    assert markdown_of_html(source) == markdown


@pytest.mark.parametrize(
    "source",
    [
        "<p>A <strong>bold</strong> <em>word</em>, <s>gone</s></p>",
        "<ol><li>one<ol><li>two</li></ol></li><li>three</li></ol>",
        "<ul><li><p>loose</p></li><li><p>list</p></li></ul>",
        "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1|2</td><td><code>x</code></td></tr></tbody></table>",
    ],
)
def test_structure_comes_through(source: str) -> None:
    kept = {"p", "ol", "ul", "li", "blockquote", "strong", "em", "s", "tr", "td", "th", "code"}
    before = [tag for tag in re.findall(r"<(\w+)", source) if tag in kept]
    assert [tag for tag in re.findall(r"<(\w+)", rendered(source)) if tag in kept] == before


def test_a_quote_says_whose_and_links_to_where() -> None:
    source = (
        '<aside class="quote" data-username="Bo" data-post="3" data-topic="9"><div class="title">Bo:</div>'
        "<blockquote><p>Cold.</p></blockquote></aside>"
    )
    markdown = markdown_of_html(source, base_url="https://f.example", username=str.lower)
    assert markdown == "> [bo](https://f.example/t/9/3) wrote:\n>\n> Cold."


def test_a_mention_is_what_the_member_is_called_here() -> None:
    source = '<p><a class="mention" href="/u/bo">@bo</a> knows</p>'
    assert markdown_of_html(source, username=lambda name: f"{name}-2") == "@bo-2 knows"


def test_a_preview_box_is_the_link_it_was_drawn_for() -> None:
    source = (
        '<aside class="onebox"><header><a href="https://a.example/x">a.example</a></header><article>'
        '<h3><a href="https://a.example/x">The title</a></h3><p>Long words about it</p></article></aside>'
    )
    assert markdown_of_html(source) == "[The title](https://a.example/x)"


def test_raw_quotes_become_quotes() -> None:
    raw = '[quote="bo, post:3, topic:9"]\nCold.\n[/quote]\n\nThanks ![pic|690x400](upload://abc.png)'
    assert markdown_of_raw(raw, base_url="https://f.example") == (
        "> [bo](https://f.example/t/9/3) wrote:\n>\n> Cold.\n\n\nThanks ![pic](https://f.example/uploads/short-url/abc.png)"
    )


@pytest.mark.parametrize("trap", ["[quote=", "[quote", "[quote]", '[quote="a', "[b", "![a|"])
def test_raw_text_that_never_closes_takes_no_time(trap: str) -> None:
    before = process_time()
    markdown_of_raw(trap * 5000)
    assert process_time() - before < 2


def test_nesting_without_end_is_flattened_and_loses_no_word() -> None:
    assert "deep" in markdown_of_html("<blockquote>" * 3000 + "deep" + "</blockquote>" * 3000)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp"]), max_size=40))
def test_text_means_itself(text: str) -> None:
    source = f"<p>x {text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')} x</p>"
    shown = plain_text(render(markdown_of_html(source), members={}))
    assert shown.replace(" ", "") == f"x{text}x".replace(" ", "")
