"""Business time: whole weeks, days off, and days on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.clocks.clock import Hours, NeverOpen

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = ((time(9), time(17)),)
WEEK = dict.fromkeys(range(5), NINE_TO_FIVE)
OFFICE = Hours(WEEK, BERLIN)
NIGHT = Hours(dict.fromkeys(range(7), ((time(1), time(4)),)), BERLIN)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(BERLIN))  # noqa: DTZ001
minutes = st.integers(0, 6000)
desks = st.sampled_from(
    [
        OFFICE,
        NIGHT,
        Hours(
            {0: ((time(9), time(12)), (time(13), time(18))), 5: ((time(10), time(11)),)}, ZoneInfo("America/New_York")
        ),
        Hours(WEEK, ZoneInfo("Asia/Kolkata"), frozenset({date(2026, 1, 26), date(2026, 3, 4)})),
        Hours({0: ((time(22), time(0)),), 1: ((time(0), time(6)),), 6: ((time(0), time(0)),)}, BERLIN),
        Hours(dict.fromkeys(range(7), ((time(1), time(2, 30)), (time(2, 15), time(3, 30)))), BERLIN),
        Hours(dict.fromkeys(range(7), ((time(0), time(0)),)), ZoneInfo("Australia/Lord_Howe")),  # changes by 30 minutes
        Hours(dict.fromkeys(range(7), ((time(0), time(2, 45)), (time(23), time(0)))), ZoneInfo("Pacific/Chatham")),
        Hours(dict.fromkeys(range(7), ((time(0), time(1)), (time(23), time(0)))), ZoneInfo("America/Havana")),
        Hours(WEEK, ZoneInfo("Asia/Kathmandu")),
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
    with pytest.raises(NeverOpen, match="never staffed"):
        Hours({}, BERLIN).add(local(2026, 1, 1), 1)


def test_days_off_without_end_are_never_staffed_either():
    off = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(600))
    with pytest.raises(NeverOpen):
        Hours(WEEK, BERLIN, off).add(local(2026, 1, 2), 1)


def test_a_range_that_closes_at_midnight_lasts_to_the_end_of_its_day():
    """A night shift from Monday 22:00 to Tuesday 6:00 is two ranges without a gap."""
    desk = Hours({0: ((time(22), time(0)),), 1: ((time(0), time(6)),)}, BERLIN)
    assert desk.add(local(2026, 11, 23, 23, 30), 60) == local(2026, 11, 24, 0, 30)
    assert desk.between(local(2026, 11, 23, 0, 0), local(2026, 11, 25, 0, 0)) == timedelta(hours=8)
    assert desk.is_open(local(2026, 11, 23, 23, 59)) and not desk.is_open(local(2026, 11, 24, 6, 0))


def test_ranges_that_overlap_count_once():
    desk = Hours({0: ((time(9), time(13)), (time(12), time(14)))}, BERLIN)
    assert desk.between(local(2026, 11, 23, 0, 0), local(2026, 11, 24, 0, 0)) == timedelta(hours=5)


def test_a_shift_that_ends_in_the_hour_that_the_spring_skips_loses_only_what_was_skipped():
    """29 March 2026: 2:30 does not exist, so 1:00 to 2:30 lasts one hour, and 2:30 to 4:00 too."""
    for span in ((time(1), time(2, 30)), (time(2, 30), time(4))):
        desk = Hours({6: (span,)}, BERLIN)
        assert desk.between(local(2026, 3, 29, 0, 0), local(2026, 3, 29, 12, 0)) == timedelta(hours=1)


def test_shifts_that_meet_in_the_hour_that_the_autumn_repeats_count_it_once_each_time():
    desk = Hours({6: ((time(1), time(2, 30)), (time(2, 30), time(4)))}, BERLIN)
    assert desk.between(local(2026, 10, 25, 0, 0), local(2026, 10, 25, 12, 0)) == timedelta(hours=4)


def test_a_midnight_that_comes_twice_parts_two_days():
    """Havana, 1 November 2026: at 1:00 it is 0:00 again. Saturday and Sunday together last 49 hours."""
    havana = ZoneInfo("America/Havana")
    desk = Hours(dict.fromkeys(range(7), ((time(0), time(0)),)), havana)
    saturday, monday = datetime(2026, 10, 31, tzinfo=havana), datetime(2026, 11, 2, tzinfo=havana)
    assert desk.between(saturday, monday) == timedelta(hours=49)


def test_the_last_call_comes_while_somebody_is_there():
    """Due Monday 9:10: fifteen minutes before would be Friday 16:55; due Monday 9:15: when the desk opens."""
    friday = local(2026, 11, 20, 10, 0)
    assert OFFICE.before(friday, local(2026, 11, 23, 9, 10), 15) == local(2026, 11, 20, 16, 55)
    assert OFFICE.before(friday, local(2026, 11, 23, 9, 15), 15) == local(2026, 11, 23, 9, 0)
    assert OFFICE.before(local(2026, 11, 20, 16, 55), local(2026, 11, 23, 9, 5), 15) is None


def test_a_pause_puts_off_by_the_business_time_in_it():
    due = local(2026, 11, 20, 16, 0)
    assert OFFICE.put_off(due, local(2026, 11, 20, 15, 0), local(2026, 11, 23, 10, 0)) == local(2026, 11, 23, 11, 0)
    assert OFFICE.put_off(due, local(2026, 11, 20, 16, 30), local(2026, 11, 23, 10, 0)) == due  # late already


@given(desks, moments, minutes)
def test_what_is_added_is_what_lies_between(desk, start, count):
    assert desk.between(start, desk.add(start, count)) == timedelta(minutes=count)


@given(desks, moments, minutes, minutes)
def test_adding_twice_is_adding_the_sum(desk, start, first, second):
    assert desk.add(desk.add(start, first), second) == desk.add(start, first + second) or second == 0


@given(desks, moments, minutes, minutes)
def test_a_longer_target_is_never_due_earlier(desk, start, shorter, more):
    assert desk.add(start, shorter) <= desk.add(start, shorter + more)


@given(desks, moments, moments, minutes)
def test_a_later_start_is_never_due_earlier(desk, one, other, count):
    early, late = sorted((one, other), key=lambda moment: moment.astimezone(UTC))
    assert desk.add(early, count) <= desk.add(late, count)


@given(desks, moments, moments)
def test_business_time_never_exceeds_real_time(desk, one, other):
    early, late = sorted((one, other), key=lambda moment: moment.astimezone(UTC))
    passed = late.astimezone(UTC) - early.astimezone(UTC)
    assert timedelta() <= desk.between(early, late) <= passed


@given(desks, moments, st.integers(1, 6000))
def test_a_due_time_lies_in_staffed_hours(desk, start, count):
    assert desk.is_open(desk.add(start, count) - timedelta(microseconds=1))


@given(desks, moments, moments, minutes)
def test_a_longer_wait_never_counts_less(desk, one, other, more):
    early, late = sorted(moment.astimezone(UTC) for moment in (one, other))
    assert desk.between(early, late) <= desk.between(early, late + timedelta(minutes=more))
    assert desk.between(early - timedelta(minutes=more), late) >= desk.between(early, late)


@given(desks, st.tuples(moments, moments, moments))
def test_two_stretches_of_time_are_as_long_as_the_whole(desk, three):
    first, second, third = sorted(moment.astimezone(UTC) for moment in three)
    assert desk.between(first, second) + desk.between(second, third) == desk.between(first, third)


@given(desks, moments, minutes, minutes, minutes)
def test_pausing_never_shortens(desk, start, target, before_pause, pause):
    due = desk.add(start, target)
    paused = start.astimezone(UTC) + timedelta(minutes=before_pause)
    resumed = paused + timedelta(minutes=pause)
    later = desk.put_off(due, paused, resumed)
    assert later >= due
    if due > paused:
        assert desk.between(paused, due) == desk.between(resumed, later) or later == due


@given(desks, moments, minutes, minutes, minutes)
def test_two_pauses_put_off_at_least_as_far_as_the_longer(desk, start, target, one, other):
    start = start.astimezone(UTC)
    due, pause = desk.add(start, target), start + timedelta(minutes=one)
    both = desk.put_off(desk.put_off(due, start, pause), pause, pause + timedelta(minutes=other))
    assert both >= desk.put_off(due, start, start + timedelta(minutes=max(one, other)))


@given(desks, moments, st.integers(16, 6000))
def test_the_last_call_leaves_the_minutes_it_promises(desk, start, target):
    due = desk.add(start, target)
    call = desk.before(start, due, 15)
    assert start <= call < due
    assert desk.between(call, due) == timedelta(minutes=15)
    assert desk.is_open(call)
