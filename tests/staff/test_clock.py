"""Business time: whole weeks, days off, and days on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.clock import Hours

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = ((time(9), time(17)),)
WEEK = dict.fromkeys(range(5), NINE_TO_FIVE)
OFFICE = Hours(WEEK, BERLIN)
NIGHT = Hours(dict.fromkeys(range(7), ((time(1), time(4)),)), BERLIN)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(BERLIN))  # noqa: DTZ001
minutes = st.integers(0, 6000)
deskes = st.sampled_from(
    [
        OFFICE,
        NIGHT,
        Hours(
            {0: ((time(9), time(12)), (time(13), time(18))), 5: ((time(10), time(11)),)}, ZoneInfo("America/New_York")
        ),
        Hours(WEEK, ZoneInfo("Asia/Kolkata"), frozenset({date(2026, 1, 26), date(2026, 3, 4)})),
    ]
)


def local(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=BERLIN)


def test_friday_half_past_four_plus_one_hour_is_monday_half_past_nine():
    assert OFFICE.add(local(2026, 11, 20, 16, 30), 60) == local(2026, 11, 23, 9, 30)


def test_a_message_at_night_starts_its_clock_in_the_morning():
    assert OFFICE.add(local(2026, 11, 18, 22, 0), 30) == local(2026, 11, 19, 9, 30)


def test_a_target_may_end_exactly_when_the_desk_closes():
    assert OFFICE.add(local(2026, 11, 18, 9, 0), 480) == local(2026, 11, 18, 17, 0)


def test_a_lunch_break_is_not_counted():
    desk = Hours(dict.fromkeys(range(5), ((time(9), time(12)), (time(13), time(17)))), BERLIN)
    assert desk.add(local(2026, 11, 18, 11, 30), 60) == local(2026, 11, 18, 13, 30)


def test_a_holiday_is_skipped():
    desk = Hours(WEEK, BERLIN, frozenset({date(2026, 12, 25)}))
    assert desk.add(local(2026, 12, 24, 16, 30), 60) == local(2026, 12, 28, 9, 30)


def test_the_night_that_loses_an_hour_is_shorter():
    """29 March 2026: 2:00 becomes 3:00, so 1:00 to 4:00 lasts two hours."""
    assert NIGHT.between(local(2026, 3, 29, 0, 0), local(2026, 3, 29, 12, 0)) == timedelta(hours=2)
    assert NIGHT.add(local(2026, 3, 29, 1, 0), 120) == local(2026, 3, 29, 4, 0)


def test_the_night_that_gains_an_hour_is_longer():
    """25 October 2026: 3:00 becomes 2:00, so 1:00 to 4:00 lasts four hours."""
    assert NIGHT.between(local(2026, 10, 25, 0, 0), local(2026, 10, 25, 12, 0)) == timedelta(hours=4)
    assert NIGHT.add(local(2026, 10, 25, 1, 0), 240) == local(2026, 10, 25, 4, 0)


def test_working_days_around_a_change_of_clocks_keep_their_local_hours():
    assert OFFICE.add(local(2026, 3, 27, 16, 0), 120) == local(2026, 3, 30, 10, 0)
    assert OFFICE.add(local(2026, 10, 23, 16, 0), 120) == local(2026, 10, 26, 10, 0)


def test_a_desk_that_is_never_staffed_says_so():
    with pytest.raises(ValueError, match="never staffed"):
        Hours({}, BERLIN).add(local(2026, 1, 1), 1)


@given(deskes, moments, minutes)
def test_what_is_added_is_what_lies_between(desk, start, count):
    assert desk.between(start, desk.add(start, count)) == timedelta(minutes=count)


@given(deskes, moments, minutes, minutes)
def test_adding_twice_is_adding_the_sum(desk, start, first, second):
    assert desk.add(desk.add(start, first), second) == desk.add(start, first + second) or second == 0


@given(deskes, moments, minutes, minutes)
def test_a_longer_target_is_never_due_earlier(desk, start, shorter, more):
    assert desk.add(start, shorter) <= desk.add(start, shorter + more)


@given(deskes, moments, moments, minutes)
def test_a_later_start_is_never_due_earlier(desk, one, other, count):
    early, late = sorted((one, other), key=lambda moment: moment.astimezone(UTC))
    assert desk.add(early, count) <= desk.add(late, count)


@given(deskes, moments, moments)
def test_business_time_never_exceeds_real_time(desk, one, other):
    early, late = sorted((one, other), key=lambda moment: moment.astimezone(UTC))
    passed = late.astimezone(UTC) - early.astimezone(UTC)
    assert timedelta() <= desk.between(early, late) <= passed


@given(deskes, moments, st.integers(1, 6000))
def test_a_due_time_lies_in_staffed_hours(desk, start, count):
    assert desk.is_open(desk.add(start, count) - timedelta(microseconds=1))
