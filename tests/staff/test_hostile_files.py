"""What would keep a process busy for hours is read within seconds or refused; what fits no database raises nowhere."""

from datetime import UTC, date, datetime, timedelta, timezone
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from staff.clocks import calendar_file
from staff.clocks.calendar_file import MOST_EVENTS, read_calendar
from staff.former.listing import look_at_list
from staff.listening.sources import source_named
from staff.listening.table import look_through, take_rows
from staff.listening.taking import take, web_address
from staff.models import Mention, Message

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


def test_many_rules_that_no_day_fits_end_after_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_file, "SECONDS", 1)
    before = process_time()
    data = calendar("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", MOST_EVENTS)
    with pytest.raises(ValidationError, match="too long"):
        read_calendar(data, today=date(2026, 11, 22), zone=ZoneInfo("UTC"))
    assert process_time() - before < 1 + 15


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["a", "a@", "@", "a.", "a@b"])
def test_a_list_that_is_one_long_line_is_looked_through(line: str, manager) -> None:
    before = process_time()
    with pytest.raises(ValidationError):
        look_at_list(by=manager, text=line * (400_000 // len(line)))
    assert process_time() - before < 10


FAR_EAST = timezone(timedelta(hours=14))
YEAR_ONE = ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00"]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=FAR_EAST), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_a_mention_of_an_impossible_time_is_kept_without_it(moment: datetime) -> None:
    said = take(source=source_named("A forum", "hand"), external_id="1", text="My coat leaks", published_at=moment)
    assert said.published_at is None or said.published_at == said.published_at.replace(year=said.seen_at.year)


@pytest.mark.django_db
def test_one_impossible_line_does_not_stop_the_rest_of_a_file() -> None:
    data = b"text,id,date\nMy coat leaks,1,0001-01-01T00:00:00+14:00\nMy coat is dry,2,2026-11-20\n"
    take_rows(row.as_values() for row in look_through(data, place="A file").rows)
    assert Mention.objects.count() == 2


@pytest.mark.parametrize("odd", ["\ud800", "\u202e", "\u2028", "\x7f"])
def test_an_address_that_no_database_or_reader_can_hold_is_none(odd: str) -> None:
    assert web_address(f"https://a.example/{odd}x", 500) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("moment", YEAR_ONE)
def test_a_page_that_says_an_impossible_time_is_as_one_that_says_none(moment: str, waiting, as_, responder) -> None:
    """The hidden fields that say when the page was drawn come back as anybody likes."""
    client = as_(responder)
    said = {"alone-body": "Which order was it?", "alone-type": "retention", "alone-note": "We have written to you."}
    assert client.post(f"{waiting.get_absolute_url()}alone/", said | {"alone-seen": moment}).status_code == 302
    assert Message.objects.count() == 1
    ended = {"pick": waiting.pk, "because": "Spam", "as_of": moment}
    assert client.post("/staff/queue/end/", ended).status_code == 302
