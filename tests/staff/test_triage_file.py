"""manage.py triage: one line in, one line out; a bad line spoils no other."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from staff.models import Conversation, Reason

pytestmark = pytest.mark.django_db


def judged(tmp_path: Path, *lines: Any, refused: bool = False, **options: Any) -> tuple[list[dict], str]:
    file, out, err = tmp_path / "texts.jsonl", io.StringIO(), io.StringIO()
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(raw))
    if refused:
        with pytest.raises(CommandError) as error:
            call_command("triage", file=str(file), stdout=out, stderr=err, **options)
        err.write(str(error.value))
    else:
        call_command("triage", file=str(file), stdout=out, stderr=err, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_is_judged_in_its_order_and_nothing_is_stored(tmp_path):
    (bad, good), _ = judged(
        tmp_path,
        {"id": 1, "text": "@united my bag is lost and nobody answers", "brand": "United"},
        {"id": "b", "text": "@united thank you, lovely flight!", "brand": "United", "parent": None, "rating": None},
    )
    assert (bad["id"], bad["needs_reply"], bad["type"]) == (1, True, "retention")
    assert "complaint" in bad["reasons"]
    assert (good["id"], good["needs_reply"], good["type"], good["reasons"]) == ("b", False, "appreciation", ["praise"])
    assert bad["score"] >= 0.5 > good["score"]
    assert set(bad) == {"id", "needs_reply", "score", "reasons", "type"}
    assert not Conversation.objects.exists() and not Reason.objects.exists()


def test_stars_and_what_it_answers_count(tmp_path):
    told = {"text": "iPhone 7, the newest version.", "parent": "Which phone is it? Let us know. ^JK"}
    (low, after, thanks), _ = judged(
        tmp_path, {"text": "Hm.", "rating": 1}, told, told | {"text": "Thanks, that worked!"}
    )
    assert low["reasons"] == ["low_rating"]
    assert (after["needs_reply"], after["reasons"]) == (True, ["customer_after_us"])
    assert not thanks["needs_reply"]


def test_bad_lines_are_told_by_number_and_the_rest_is_printed(tmp_path):
    lines = (b"{", b"", b"[1]", b'{"id": 4}', {"text": "x", "rating": 9}, b'{"text": "\xff"}', b"[" * 20_000)
    out, err = judged(tmp_path, *lines, {"id": 8, "text": "Where is my order?"}, refused=True)
    assert [line["id"] for line in out] == [8]
    assert [number for number in range(1, 9) if f"Line {number}:" in err] == [1, 3, 4, 5, 6, 7]
    assert "6 lines could not be read" in err


def test_it_reads_standard_input_and_says_why(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Where is my order?"}\n')))
    call_command("triage", file="-", why=True)
    told = json.loads(capsys.readouterr().out)
    assert told["why"][0]["words"] in "Where is my order?"
    assert told["type_because"]


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="can't be opened"):
        call_command("triage", file=str(tmp_path / "none.jsonl"))
