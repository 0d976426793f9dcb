"""Hours, days off and targets: what managers set, try out and bring in. Rule 5."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from staff.models import DeskSettings, Holiday, OpenRange, SlaPolicy

pytestmark = pytest.mark.django_db
EMPTY = {f"day_{day}": "" for day in range(7)} | {"zone": "Europe/Berlin"}
CHRISTMAS = "UID:1|DTSTART;VALUE=DATE:20201225|SUMMARY:Christmas|RRULE:FREQ=YEARLY"


def calendar(*events: str) -> SimpleUploadedFile:
    body = "".join(f"BEGIN:VEVENT|{event}|END:VEVENT|" for event in events)
    text = f"BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//x//y//EN|{body}END:VCALENDAR|".replace("|", "\r\n")
    return SimpleUploadedFile("holidays.ics", text.encode(), "text/calendar")


def ranges(day: int) -> list[str]:
    return [f"{row.opens_at:%H:%M}-{row.closes_at:%H:%M}" for row in OpenRange.objects.filter(weekday=day)]


def test_a_day_may_have_several_ranges_and_one_may_go_over_midnight(as_, manager):
    form = EMPTY | {"day_0": "9-12, 13:00–17:30", "day_4": "22:00 to 6:00", "day_6": "0:00-24:00"}
    assert as_(manager).post("/staff/clocks/hours/", form).status_code == 302
    assert ranges(0) == ["09:00-12:00", "13:00-17:30"]
    assert (ranges(4), ranges(5), ranges(6)) == (["22:00-00:00"], ["00:00-06:00"], ["00:00-00:00"])
    assert DeskSettings.current().time_zone == "Europe/Berlin"
    html = as_(manager).get("/staff/clocks/").content.decode()
    assert 'value="9:00-12:00, 13:00-17:30"' in html and 'value="0:00-24:00"' in html


def test_hours_without_any_range_are_refused_with_what_to_do(as_, manager):
    """The trap: a desk that never opens, and a clock without end."""
    before = OpenRange.objects.count()
    response = as_(manager).post("/staff/clocks/hours/", EMPTY)
    assert response.status_code == 422
    assert "Leave at least one range of hours" in response.content.decode()
    assert OpenRange.objects.count() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nine to five", "can&#x27;t be read"),
        ("9:00-25:00", "no clock shows"),
        ("9:00-9:00", "begins and ends at the same time"),
        ("9:00-13:00, 12:00-17:00", "overlap"),
        ("9-10," * 9, "at most 8 ranges"),
        ("9" * 300, "at most 200"),
    ],
)
def test_hours_that_can_not_be_are_refused_and_the_words_kept(as_, manager, words, said):
    response = as_(manager).post("/staff/clocks/hours/", EMPTY | {"day_1": words})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert words[:20] in response.content.decode()


def test_a_night_that_runs_into_the_next_mornings_range_is_refused(as_, manager):
    response = as_(manager).post("/staff/clocks/hours/", EMPTY | {"day_0": "22:00-6:00", "day_1": "5:00-9:00"})
    assert "Tuesday: 0:00-6:00 and 5:00-9:00 overlap" in response.content.decode()


def test_trying_out_says_when_a_reply_is_due_and_by_which_policy(as_, manager):
    form = EMPTY | {f"day_{day}": "9:00-17:00" for day in range(5)}
    as_(manager).post("/staff/clocks/hours/", form)
    SlaPolicy.objects.update(first_reply_minutes=60)
    html = as_(manager).get("/staff/clocks/?at=2026-11-20T16:30&priority=0").content.decode()
    assert "Everything else" in html and "Monday 23 November 2026, 09:30" in html


@pytest.mark.parametrize(
    "query", ["?at=", "?at=x", "?at=0001-01-01T00:00", "?at=2026-11-20T16:30&product=x&priority=-1"]
)
def test_a_try_that_makes_no_sense_is_answered_with_a_sentence(as_, manager, query):
    assert as_(manager).get(f"/staff/clocks/{query}").status_code == 200


def test_a_calendar_is_shown_first_and_kept_by_a_second_click_once(as_, manager):
    page = as_(manager).post("/staff/clocks/calendar/", {"calendar": calendar(CHRISTMAS)})
    assert "Christmas" in page.content.decode()
    assert not Holiday.objects.exists()
    signed = page.context["signed"]
    for _ in range(2):
        as_(manager).post("/staff/clocks/calendar/keep/", {"days": signed})
    assert Holiday.objects.count() == len(page.context["fresh"]) >= 3
    again = as_(manager).post("/staff/clocks/calendar/", {"calendar": calendar(CHRISTMAS)})
    assert "all of them known already" in again.content.decode()


def test_a_list_changed_on_its_way_is_not_kept(as_, manager):
    response = as_(manager).post("/staff/clocks/calendar/keep/", {"days": "x:y:z"}, follow=True)
    assert "Upload the file again" in response.content.decode()
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.ics", b"hello"), "no calendar file"),
        (SimpleUploadedFile("a.ics", b"\x00\xff\xfe"), "no calendar file"),
        (SimpleUploadedFile("a.ics", b""), "file is empty"),
        (SimpleUploadedFile("a.ics", b"x" * 1_000_001), "larger than 1 MB"),
        (calendar("UID:1|DTSTART:20270104T090000Z|DTEND:20270104T100000Z|SUMMARY:Stand-up"), "not a whole day"),
        (calendar("UID:1|DTSTART;VALUE=DATE:20270104|RRULE:FREQ=SECONDLY|SUMMARY:All"), "repeats within a day"),
        (calendar("UID:1|DTSTART;VALUE=DATE:20270104|RRULE:FREQ=DAILY;INTERVAL=0|SUMMARY:All"), "repeats without end"),
        (calendar("UID:1|SUMMARY:Never"), "can’t be read"),
    ],
)
def test_a_file_that_is_no_calendar_of_days_off_is_refused_with_why(as_, manager, file, said):
    file.seek(0)
    response = as_(manager).post("/staff/clocks/calendar/", {"calendar": file})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_days_off_that_leave_nobody_there_for_a_year_are_refused(as_, manager):
    page = as_(manager).post(
        "/staff/clocks/calendar/",
        {"calendar": calendar("UID:1|DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY|SUMMARY:Off")},
    )
    answer = as_(manager).post("/staff/clocks/calendar/keep/", {"days": page.context["signed"]}, follow=True)
    assert "nobody would be there for more than a year" in answer.content.decode()
    assert not Holiday.objects.exists()


def test_a_day_off_is_added_and_taken_away_by_hand(as_, manager):
    for _ in range(2):
        as_(manager).post("/staff/clocks/days-off/add/", {"day": "2027-12-24", "name": "Christmas Eve"})
    assert list(Holiday.objects.values_list("day", "name")) == [(date(2027, 12, 24), "Christmas Eve")]
    as_(manager).post("/staff/clocks/days-off/2027-12-24/remove/")
    assert not Holiday.objects.exists()
    assert as_(manager).post("/staff/clocks/days-off/soon/remove/").status_code == 404
    assert as_(manager).post("/staff/clocks/days-off/add/", {"day": "someday"}).status_code == 422


def test_policies_are_written_ordered_and_removed(as_, manager, product):
    form = {"name": "Jumpers", "product": product.pk, "least_priority": 0, "first_reply_minutes": 30,
            "next_reply_minutes": 60, "is_on": "on"}  # fmt: skip
    assert as_(manager).post("/staff/clocks/policies/new/", form).status_code == 302
    jumpers = SlaPolicy.objects.get(name="Jumpers")
    names = SlaPolicy.objects.values_list("name", flat=True)
    assert list(names) == ["Pressing", "Jumpers", "Everything else"], "behind what matches everything it is never asked"
    for _ in range(3):
        as_(manager).post(f"/staff/clocks/policies/{jumpers.pk}/up/")
    assert list(SlaPolicy.objects.values_list("name", flat=True)) == ["Jumpers", "Pressing", "Everything else"]
    wrong = as_(manager).post(f"/staff/clocks/policies/{jumpers.pk}/", form | {"first_reply_minutes": 0})
    assert wrong.status_code == 422
    as_(manager).post(f"/staff/clocks/policies/{jumpers.pk}/remove/")
    assert as_(manager).post(f"/staff/clocks/policies/{jumpers.pk}/remove/").status_code == 404


def test_responders_read_whom_to_ask(as_, responder):
    assert as_(responder).get("/staff/clocks/").status_code == 403
    assert as_(responder).post("/staff/clocks/hours/", EMPTY).status_code == 403


def test_the_admin_refuses_ranges_that_overlap(as_, admin):
    OpenRange.objects.all().delete()
    OpenRange.objects.create(weekday=0, opens_at=time(9), closes_at=time(17))
    form = {"weekday": 0, "opens_at": "16:00", "closes_at": "20:00"}
    assert "overlaps with another range" in as_(admin).post("/admin/staff/openrange/add/", form).content.decode()
