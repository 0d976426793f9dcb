"""The page of moving: a dry run first, then for real, by the worker; and who may."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.importing import uploading
from community.importing.models import ImportRun
from community.members.models import Member
from community.threads.models import Category, Thread
from tests.importing.samples import BASE, topic


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


def upload(client: Client, category: Category, content: bytes = b"", **fields: Any) -> Any:
    file = SimpleUploadedFile("topic.json", content or json.dumps(topic()).encode())
    fields = {"source": "Old forum", "base_url": BASE, "category": category.slug, "file": file} | fields
    return client.post(reverse("import_upload"), fields)


def test_an_upload_is_tried_first_and_then_brought_in(client: Client, admin: Member, category: Category) -> None:
    client.force_login(admin)
    page = client.get(upload(client, category)["Location"]).content.decode()
    assert "This was a dry run" in page and "Bring it in" in page and not Thread.objects.exists()
    dry = ImportRun.objects.get()
    response = client.post(reverse("import_bring", args=[dry.pk]), follow=True)
    assert "Everything is here" in response.content.decode()
    assert Thread.objects.get().question.category == category
    assert not Path(dry.path).exists(), "the upload is deleted once it is in"


def test_what_is_wrong_with_an_upload_is_said_and_the_words_are_kept(
    client: Client, admin: Member, category: Category
) -> None:
    client.force_login(admin)
    response = upload(client, category, base_url="forum", mapping="7 = nowhere", product="none such")
    page = response.content.decode()
    assert response.status_code == 422
    for sentence in ("Write it like https://", "write theirs = ours", "no such product", 'value="Old forum"'):
        assert sentence in page


def test_a_file_that_is_no_community_says_so(client: Client, admin: Member, category: Category) -> None:
    client.force_login(admin)
    page = client.get(upload(client, category, b"just words")["Location"]).content.decode()
    assert "No format was recognised" in page


def test_too_large_an_upload_is_refused(
    client: Client, admin: Member, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.importing.forms.LARGEST_UPLOAD", 1000)
    monkeypatch.setattr(uploading, "LARGEST_UPLOAD", 1000)
    client.force_login(admin)
    response = upload(client, category, b"{" * 5000)
    assert response.status_code == 422 and "more than 200 MB" in response.content.decode()


def test_the_upload_is_guarded_against_forged_requests(admin: Member, category: Category) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    assert upload(client, category).status_code == 403


def test_a_manager_takes_out_and_an_administrator_brings_in(client: Client, manager: Member, admin: Member) -> None:
    client.force_login(manager)
    page = client.get(reverse("moving")).content.decode()
    assert reverse("export") in page and reverse("import_upload") not in page
    client.force_login(admin)
    assert reverse("import_upload") in client.get(reverse("moving")).content.decode()


def test_an_unclaimed_member_is_handed_over_on_the_page(
    client: Client, admin: Member, member: Member, category: Category
) -> None:
    client.force_login(admin)
    run = ImportRun.objects.get(pk=int(upload(client, category)["Location"].split("/")[-2]))
    client.post(reverse("import_bring", args=[run.pk]))
    response = client.post(reverse("import_owner"), {"author": "ann", "to": "mara"})
    assert response["Location"] == member.get_absolute_url() and Thread.objects.get().author == member
    refused = client.post(reverse("import_owner"), {"author": "mara", "to": "ada"})
    assert refused.status_code == 422 and "belongs to somebody" in refused.content.decode()


def test_a_file_can_be_thrown_away(client: Client, admin: Member, category: Category) -> None:
    client.force_login(admin)
    upload(client, category)
    run = ImportRun.objects.get()
    client.post(reverse("import_discard", args=[run.pk]))
    assert not Path(run.path).exists() and "Bring it in" not in client.get(run.get_absolute_url()).content.decode()
