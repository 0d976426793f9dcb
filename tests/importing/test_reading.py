"""Hostile and broken files are refused with a sentence, and nothing of them is fetched or blown up."""

from pathlib import Path

import pytest

from community.importing.material import OldThread, UnreadableError
from community.importing.readers import reader_for
from community.importing.readers.parsing import moment_of, text_of
from tests.importing.samples import (
    POSTS,
    save_dump,
    save_lone_posts,
    save_table,
    save_tar,
    save_topics,
    save_zip,
    topic,
)


def test_the_format_is_told_by_the_content(tmp_path: Path) -> None:
    files = {
        "Discourse topics": save_topics(tmp_path / "folder", topic()),
        "Stack Exchange dump": save_dump(tmp_path / "a.bin"),
        "CSV table": save_table(tmp_path / "b.csv"),
    }
    for name, file in files.items():
        assert reader_for(file, tmp_path).name == name


def read_all(file: Path, work: Path) -> list[object]:
    return list(reader_for(file, work).items())


def test_entities_are_refused(tmp_path: Path) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE posts [<!ENTITY a SYSTEM "file:///etc/passwd">]><posts><row Id="1"/></posts>'
    (tmp_path / "Posts.xml").write_text(evil)
    with pytest.raises(UnreadableError, match=r"document type|No format"):
        read_all(tmp_path / "Posts.xml", tmp_path / "work")


@pytest.mark.parametrize("pack", [save_zip, save_tar])
def test_an_archive_that_blows_up_is_refused(tmp_path: Path, pack: object) -> None:
    start = POSTS.encode().replace(b"</posts>", b"")
    row = b'<row Id="9" PostTypeId="4" Body="%s"/>' % (b"a" * 1_000_000)
    file = pack(tmp_path / "bomb", {"Posts.xml": start + row * 100 + b"</posts>"})  # type: ignore[operator]
    with pytest.raises(UnreadableError, match="far more"):
        read_all(file, tmp_path / "work")


def test_a_dump_that_breaks_off_says_so(tmp_path: Path) -> None:
    (tmp_path / "Posts.xml").write_text(POSTS[:900])
    with pytest.raises(UnreadableError, match="breaks off"):
        read_all(tmp_path / "Posts.xml", tmp_path / "work")


def test_a_cut_archive_says_so(tmp_path: Path) -> None:
    file = save_tar(tmp_path / "t.tar.gz", {f"{n}.json": bytes(range(256)) * 40 for n in range(20)})
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(UnreadableError):
        read_all(file, tmp_path / "work")


def test_a_table_without_its_columns_says_which(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,body\n1,x\n")
    with pytest.raises(UnreadableError, match="lacks author, created_at"):
        read_all(tmp_path / "t.csv", tmp_path / "work")


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("community.importing.readers.table.LONGEST_CELL", 5000)
    (tmp_path / "t.csv").write_text('id,body,author,created_at\n1,"' + "x" * 20_000)
    with pytest.raises(UnreadableError, match="field limit"):
        read_all(tmp_path / "t.csv", tmp_path / "work")


def test_reading_may_begin_anywhere(tmp_path: Path) -> None:
    for file in (save_lone_posts(tmp_path / "p.gz"), save_table(tmp_path / "t.csv")):
        reader = reader_for(file, tmp_path / file.name.partition(".")[0])
        everything = list(reader.items())
        assert [repr(item) for item in reader.items(1)] == [repr(item) for item in everything[1:]]
        assert isinstance(everything[0], OldThread)


def test_text_and_dates_of_strangers_are_made_safe() -> None:
    assert text_of("a\x00b\ud800c\r\nd") == "ab?c\nd"
    assert moment_of("2020-01-05") and moment_of("1578218400") and moment_of("2020-01-05T10:00:00")
    assert moment_of("never") is None and moment_of(10**30) is None
    assert (moment_of("9999-01-01") or moment_of("2020-01-01")).year < 3000  # type: ignore[union-attr]
