"""What is left of a mail: the sender's words."""

from time import process_time

import pytest

from community.notifications.html_reply import text_of_html
from community.notifications.letters import REPLY_LINE
from community.notifications.reply_text import reply_text

OWN = "Cold water, and dry it flat.\n\nIt took two days."
QUOTED = "> How do I wash it?\n>\n> Mara"


@pytest.mark.parametrize(
    "head",
    [
        "On Mon, 2 Nov 2026 at 10:12, Alder & Tarn <reply@example.com> wrote:",
        "On Mon, 2 Nov 2026 at 10:12, Alder & Tarn\n<reply+1-2-3-abc@talk.example.com> wrote:",
        "Am 02.11.2026 um 10:12 schrieb Alder & Tarn:",
        "Le lun. 2 nov. 2026 à 10:12, Alder & Tarn <reply@example.com> a écrit :",
        "El lun, 2 nov 2026 a las 10:12, Alder & Tarn (<reply@example.com>) escribió:",
        "Il giorno lun 2 nov 2026 alle ore 10:12 Alder & Tarn <reply@example.com> ha scritto:",
        "Op ma 2 nov 2026 om 10:12 schreef Alder & Tarn <reply@example.com>:",
        "-----Original Message-----",
        "________________________________\nFrom: Alder & Tarn <reply@example.com>\nSent: Monday\nSubject: Re: Wash",
        "Von: Alder & Tarn <reply@example.com>\nGesendet: Montag\nAn: Tomas\nBetreff: Re: Wash",
        "02.11.2026, 10:12, \"Alder & Tarn\" <reply@example.com>:",
        f"{REPLY_LINE}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("quoted", [QUOTED, "How do I wash it?\n\nMara"])
def test_what_is_quoted_goes(head: str, quoted: str) -> None:
    assert reply_text(f"{OWN}\n\n{head}\n\n{quoted}\n") == OWN


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nTomas Berg\nBerg Ltd", "--\nTomas", "Sent from my iPhone", "Get Outlook for Android",
        "Von meinem iPhone gesendet", "Thanks,\nTomas", "Viele Grüße\nTomas Berg", "Tomas",
        "Tomas Berg\n+44 20 7946 0000\nwww.example.com",
    ],
)  # fmt: skip
def test_a_signature_goes(signature: str) -> None:
    assert reply_text(f"{OWN}\n\n{signature}\n", sender_name="Tomas Berg") == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Use it from: Monday to Friday.",
        "The label says:\n\n- cold water\n- wool soap",
        "On Monday I washed it, and my sister wrote that it shrank.",
        "To: be sure, I asked them.",
        "Call 020 7946 0000 and ask for Tomas, he knows.",
        "I agree with Mara",
        "> Is it wool?\n\nYes, it is.",
    ],
)
def test_words_stay(text: str) -> None:
    assert reply_text(text, sender_name="Rosa Reyes") == text


def test_an_answer_below_the_quotation_is_found() -> None:
    mail = f"On Mon, 2 Nov 2026, Mara wrote:\n{QUOTED}\n\n{OWN}\n"
    assert reply_text(mail) == OWN


def test_answers_between_quotations_keep_them() -> None:
    mail = "On Mon, 2 Nov 2026, Mara wrote:\n> How hot?\n\nCold.\n\n> How long?\n\nTwo days.\n\n> Thanks\n"
    assert reply_text(mail) == "> How hot?\n\nCold.\n\n> How long?\n\nTwo days."


def test_html_alone_becomes_markdown_without_its_quotation() -> None:
    html = """<style>p {}</style><div>Cold&nbsp;water, see <a href="https://example.com/wool">this page</a>.</div>
    <ul><li>soap</li><li>towel</li></ul><br>
    <div class="gmail_quote">On Mon Mara wrote:<blockquote class="gmail_quote">How?</blockquote></div>"""
    assert text_of_html(html) == "Cold water, see [this page](https://example.com/wool).\n\n- soap\n- towel"


@pytest.mark.parametrize(
    "odd",
    ["<", "<a>", "<div class=gmail_quote>", "</p>", "<a ", '<a b="', "<a b='\"", "<a/", "<!--", "<![CDATA[x", "<?"],
)
def test_hostile_html_takes_no_time(odd: str) -> None:
    """500,000 characters are what a mail may bring: with work by the square each of these took minutes to hours."""
    before = process_time()
    text_of_html((odd * 200_000)[:500_000])
    assert process_time() - before < 5


@pytest.mark.parametrize("odd", ["<![", "<![CD", "<![CDATA[ x ]]>", "<![if !a]>", "<!x>", "<!-- x -->", "<? x >"])
def test_a_declaration_that_is_none_loses_no_word_after_it(odd: str) -> None:
    assert text_of_html(f"<p>Before</p>{odd}><p>after</p>").startswith("Before\n\n")
    assert "after" in text_of_html(f"<p>Before</p>{odd}><p>after</p>")


@pytest.mark.parametrize(
    "odd", [">" * 100_000, "On " * 50_000, "from:\n" * 20_000, "--\n" * 20_000, "1@" * 50_000 + ":"]
)
def test_hostile_text_takes_no_time(odd: str) -> None:
    reply_text(odd, sender_name="Tomas")


def test_work_grows_with_the_mail_and_not_with_its_square() -> None:
    before = process_time()
    reply_text("Hello\n" + " \n" * 200_000 + "Tomas", sender_name="Tomas")
    text_of_html("<a href=x>x</a>" * 30_000)
    text_of_html("<blockquote type=cite>" + "<div>" * 20_000 + "</b>" * 20_000)
    assert process_time() - before < 5


def test_a_link_that_is_left_open_loses_no_word() -> None:
    assert (
        text_of_html("One <a href='https://x.example/'>two <a>three</a> four <a href=y>five")
        == "One two three four five"
    )
