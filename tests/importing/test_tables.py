"""Tables as they come out of other people's software: every way of writing one, and what is said of the rest."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from django.utils import timezone

from community.importing.material import UnreadableError
from community.importing.rows import reading
from community.importing.rows.dates import DateReader, OrderFinder
from community.importing.rows.problems import BadRowError
from community.importing.rows.registry import IMPORTERS, importers_for
from community.importing.rows.table import Table, cleaned, examine, table_of
from community.outside.csv_files import Line

HEAD = "sku,e-mail,reference,purchased_at,name\n"
ROW = "FJ-01,mara@example.com,#1,2024-03-05,Måra\n"


def table(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Table:
    file = folder / "orders.csv"
    file.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return table_of(file, importers_for("purchases"))


def read(found: Table) -> list[tuple[int, str]]:
    """(line, its name or why not)"""
    return [(number, line.cells["name"] if isinstance(line, Line) else line.code) for number, line in found.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_is_read_however_it_is_written(tmp_path: Path, encoding: str, delimiter: str, ending: str) -> None:
    text = (HEAD + ROW).replace(",", delimiter).replace("\n", ending)
    assert read(table(tmp_path, text, encoding)) == [(2, "Måra")]


def test_quoted_line_breaks_and_quotes_stay_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD + 'FJ-01,m@example.com,#1,2024-03-05,"Mara ""M""\r\nLind, jr."\n\n' + ROW)
    assert read(found) == [(2, 'Mara "M"\r\nLind, jr.'), (5, "Måra")]


def test_a_quotation_mark_left_open_costs_its_own_line(tmp_path: Path) -> None:
    open_row = 'FJ-01,m@example.com,#1,2024-03-05,"Mara\n'
    assert read(table(tmp_path, HEAD + ROW + open_row + ROW + ROW)) == [
        (2, "Måra"), (3, "unclosed_quote"), (4, "Måra"), (5, "Måra"),
    ]  # fmt: skip
    assert read(table(tmp_path, HEAD + open_row.replace('"Mara', '"Mara" Lind') + ROW))[0] == (2, "unclosed_quote")


def test_open_quotation_marks_without_end_do_not_hold_us_for_weeks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_READ_AGAIN", 20_000)
    with pytest.raises(UnreadableError, match="quotation marks are never closed"):
        read(table(tmp_path, HEAD + ROW + 'x","\n' * 1000))


def test_an_endless_line_costs_itself_and_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_ROW", 1000)
    monkeypatch.setattr(reading, "LONGEST_CELL", 500)
    endless = ROW.replace("Måra", "x" * 5000)
    long = ROW.replace("Måra", "x" * 600)
    open_row = ROW.replace("Måra", '"Måra')
    found = table(tmp_path, HEAD + endless + ROW + long + open_row + endless + ROW)
    assert read(found) == [
        (2, "long_cell"), (3, "Måra"), (4, "long_cell"), (5, "unclosed_quote"), (6, "long_cell"), (7, "Måra"),
    ]  # fmt: skip


def test_bytes_that_are_no_text_are_refused_by_line(tmp_path: Path) -> None:
    bad = ROW.encode("cp1252").replace(b"\xe5", b"\x81")
    assert read(table(tmp_path, HEAD.encode() + ROW.encode("cp1252") + bad)) == [(2, "Måra"), (3, "bad_characters")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf\r\n", "The file is empty"),
        (b"PK\x03\x04rest", "Excel workbook or a zip"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b"\x1f\x8brest", "packed"),
        (b"%PDF-1.7", "PDF"),
        (b'{"a": 1}', "JSON"),
        (b"<html>", "web page"),
        (b"just words", "lacks sku, email, reference, purchased_at"),
        (b"sku;e-mail;date\n1;2;3\n", "lacks reference. It names: sku, e_mail, date"),
        (b"sku,sku,email,reference,date\n", "Two columns are called sku"),
        (bytes(range(256)) * 20, "lacks sku"),
        (b"\0" * 500, "empty"),
    ],
)
def test_what_is_no_such_table_is_refused_with_what_to_do(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        table(tmp_path, content)


def test_names_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no row follows"):
        examine(table(tmp_path, HEAD))


def test_every_format_writes_its_columns_as_they_are_compared() -> None:
    for importer in IMPORTERS:
        assert [name for name in importer.columns if name != cleaned(name)] == []
        assert set(importer.needed) | set(importer.date_columns) <= set(importer.columns.values())
        assert len(importer.name) <= 30


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", (2024, 3, 5)), ("2024/3/5", (2024, 3, 5)), ("5.3.2024", (2024, 3, 5)),
        ("25/03/2024", (2024, 3, 25)), ("03/25/2024", (2024, 3, 25)), ("05/05/2024", (2024, 5, 5)),
        ("5 March 2024", (2024, 3, 5)), ("Mar 5, 2024", (2024, 3, 5)), ("2024-02-29 23:59", (2024, 2, 29)),
    ],
)  # fmt: skip
def test_a_date_that_says_one_day_is_read(text: str, day: tuple[int, int, int]) -> None:
    assert DateReader().day(text) == date(*day)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-03-05T14:30:00Z", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05 14:30:00 -0500", datetime(2024, 3, 5, 19, 30, tzinfo=UTC)),
        ("2024-03-05 14:30:00 UTC", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00.123+01:00", datetime(2024, 3, 5, 13, 30, tzinfo=UTC)),
        ("Mar 5, 2024, 2:30 PM", datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_time_and_its_zone_are_read(text: str, at: datetime) -> None:
    assert DateReader().moment(text) == at


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_date"), ("05/03/2024", "ambiguous_date"), ("5-3-2024", "ambiguous_date"), ("2024-02-30", "bad_date"),
        ("30/02/2024", "bad_date"), ("13/13/2024", "bad_date"), ("05/03/24", "bad_date"), ("45356", "bad_date"),
        ("0024-03-05", "bad_date"), ("2024-03-05 25:00", "bad_date"), ("5 Mai 2024", "bad_date"),
        ("2024-03-05 10:00 +99:00", "bad_date"), ("soon", "bad_date"), ("2999-12-31", "future_date"),
    ],
)  # fmt: skip
def test_any_other_date_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadRowError) as refused:
        DateReader().moment(text)
    assert refused.value.code == code


def test_tomorrow_is_refused_and_today_is_never_later_than_now() -> None:
    today = timezone.now().date()
    assert DateReader().moment(today.isoformat()) <= timezone.now()
    with pytest.raises(BadRowError):
        DateReader().moment((today + timedelta(days=1)).isoformat())


def test_a_file_settles_its_own_order_unless_it_contradicts_itself() -> None:
    finder = OrderFinder()
    finder.look(["05/03/2024", "25/03/2024"])
    assert finder.order == "dmy" and DateReader("dmy").day("05/03/2024") == date(2024, 3, 5)
    finder.look(["03/25/2024"])
    assert finder.order == "" and DateReader("mdy").day("05/03/2024") == date(2024, 5, 3)


def test_a_first_line_of_one_name_again_and_again_is_refused_at_once(tmp_path: Path) -> None:
    began = process_time()
    with pytest.raises(UnreadableError, match="Two columns are called sku"):
        table(tmp_path, "email,reference,date" + ",sku" * 60_000 + "\n")
    assert process_time() - began < 5
