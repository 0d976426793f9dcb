"""The smallest marks: what they say, and that they say it without their picture."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.utils import timezone

from community.branding.templatetags import look
from community.members.models import Member

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=4), "4 days ago"),
        (timedelta(days=20), "18 February"),
        (timedelta(days=400), "3 February 2025"),
        (timedelta(minutes=-90), "in 1 hour"),
        (timedelta(days=-1), "tomorrow"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_times_are_said_as_people_say_them(time_machine, ago, said):
    time_machine.move_to(NOW, tick=False)
    assert look.spoken_time(timezone.localtime(NOW - ago)) == said


def test_a_missing_time_says_nothing():
    assert look.when(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mara Kowalski", "MK"), ("jonas", "J"), ("li_wei", "LW"), ("Éloïse van der Brun", "ÉB"), ("***", "?"), ("", "?")],
)
def test_initials_are_of_the_first_and_the_last_word(name, letters):
    assert look.initials(name) == letters


def test_staff_wear_another_shape_and_a_lost_member_still_has_a_face():
    assert "avatar--staff" in look.avatar(Member(pk=1, username="sam", is_staff=True))
    assert ">?<" in look.avatar(None)


def test_a_name_in_an_avatar_is_escaped():
    assert "<s" not in look.avatar("<script>x").replace("<svg", "")


def test_stars_say_their_number():
    assert "4.3 out of 5 stars" in look.stars(4.3)
    assert "4 out of 5 stars" in look.stars(4)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (999, "999"), (1240, "1.2k"), (1999, "1.9k"), (3_400_000, "3.4m")]
)
def test_large_numbers_are_short_and_never_rounded_up(number, said):
    assert look.compact(number) == said


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (7, 20, [1, None, 6, 7, 8, None, 20]),
        (4, 20, [1, 2, 3, 4, 5, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_page_numbers_lead_to_both_ends(page, pages, shown):
    assert look.page_numbers(Paginator(range(pages), 1).page(page)) == shown
