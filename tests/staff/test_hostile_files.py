"""Files and lists that would keep a process busy for hours: read within seconds, or refused with a sentence."""

from datetime import date
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from staff.clocks.calendar_file import MOST_EVENTS, SECONDS, read_calendar
from staff.former.listing import look_at_list

SIXTY = ",".join(map(str, range(60)))


def calendar(rules: str, times: int = 1) -> bytes:
    one = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260101\r\n{rules}\r\nEND:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{one * times}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    "rules",
    [
        f"RRULE:FREQ=DAILY;BYMINUTE={SIXTY};BYSECOND={SIXTY}",
        "\r\n".join(["RRULE:FREQ=DAILY"] * 1000),
    ],
)
def test_a_calendar_that_explodes_is_refused_at_once(rules: str) -> None:
    before = process_time()
    with pytest.raises(ValidationError):
        read_calendar(calendar(rules), today=date(2026, 11, 22), zone=ZoneInfo("UTC"))
    assert process_time() - before < 5


def test_many_rules_that_no_day_fits_end_after_some_seconds() -> None:
    before = process_time()
    data = calendar("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", MOST_EVENTS)
    with pytest.raises(ValidationError, match="too long"):
        read_calendar(data, today=date(2026, 11, 22), zone=ZoneInfo("UTC"))
    assert process_time() - before < SECONDS + 15


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["a", "a@", "@", "a.", "a@b"])
def test_a_list_that_is_one_long_line_is_looked_through(line: str, manager) -> None:
    before = process_time()
    with pytest.raises(ValidationError):
        look_at_list(by=manager, text=line * (400_000 // len(line)))
    assert process_time() - before < 10
