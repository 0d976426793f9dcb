"""`manage.py reindex`, and what the worker does once a day."""

import logging
from io import StringIO

import pytest
from django.core.management import call_command

from community.search.indexing import compare
from community.search.tasks import mend
from community.threads.models import Thread


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("reindex", *arguments, stdout=out)
    return out.getvalue()


def test_reindexing_says_how_much_there_is(question: Thread) -> None:
    assert "2 documents." in said()


def test_a_check_names_and_mends_what_differs(question: Thread) -> None:
    assert "agree" in said("--check")
    Thread.objects.filter(pk=question.pk).update(title="Buttons")
    assert f"missing or old: threads.thread.{question.pk}" in said("--check")
    assert "agree" in said("--check")


def test_a_check_takes_out_what_should_not_be_there(question: Thread) -> None:
    key = question.pk
    question.delete()
    assert f"should not be there: threads.thread.{key}" in said("--check")
    assert "agree" in said("--check")


def test_the_daily_look_mends_and_says_so(question: Thread, caplog: pytest.LogCaptureFixture) -> None:
    mend()
    assert not caplog.records
    Thread.objects.filter(pk=question.pk).update(title="Buttons")
    with caplog.at_level(logging.WARNING):
        mend()
    assert "1 documents" in caplog.text
    assert compare().count == 0
