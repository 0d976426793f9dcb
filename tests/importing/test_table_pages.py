"""Managers bring tables in on the page: tried first, refused with what to do, reported by line."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.importing.models import ImportRun
from community.members.models import Member
from community.products.models import Product, Purchase
from tests.importing.tables import HEAD, ROW, jumper

__all__ = ["jumper"]
pytestmark = pytest.mark.usefixtures("jumper")


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"


def upload(client: Client, content: str | bytes, subject: str = "purchases", **fields: Any) -> Any:
    file = SimpleUploadedFile("orders.csv", content.encode() if isinstance(content, str) else content)
    return client.post(reverse("import_rows_upload", args=[subject]), {"file": file, **fields})


def kept(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "var" / "imports").glob("upload-*"))


def test_a_manager_tries_purchases_and_brings_them_in(client: Client, manager: Member, tmp_path: Path) -> None:
    client.force_login(manager)
    page = client.get(upload(client, HEAD + ROW + "FJ-01,mara@example.com,,#2,05/03/2024,,\n")["Location"])
    assert b"This was a dry run" in page.content and b"may be in March or in May" in page.content
    assert not Purchase.objects.exists()
    dry = ImportRun.objects.get()
    page = client.post(reverse("import_bring", args=[dry.pk]), follow=True)
    assert b"It is done" in page.content and Purchase.objects.count() == 1
    assert kept(tmp_path) == [], "the upload is deleted once it is in"


def test_the_order_of_dates_can_be_said(client: Client, manager: Member) -> None:
    client.force_login(manager)
    upload(client, HEAD + ROW.replace("2024-03-05", "05/03/2024"), date_order="dmy")
    client.post(reverse("import_bring", args=[ImportRun.objects.get().pk]))
    assert Purchase.objects.get().purchased_at.month == 3


def test_the_report_has_lines_and_codes_alone(client: Client, manager: Member) -> None:
    client.force_login(manager)
    upload(client, HEAD + "FJ-01,not an address,Secret Name,#2,2024-03-05,,\n")
    response = client.get(reverse("import_report", args=[ImportRun.objects.get().pk]))
    assert response.getvalue() == b"line,code\r\n2,bad_email\r\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04rest", "Excel workbook or a zip"),
        ("sku,name\n1,2\n", "lacks email, reference, purchased_at"),
    ],
)
def test_what_is_no_such_table_is_refused_at_once_and_not_kept(
    client: Client, manager: Member, tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    client.force_login(manager)
    response = upload(client, content, date_order="mdy")
    assert response.status_code == 422 and sentence in response.content.decode()
    assert 'value="mdy" selected' in response.content.decode(), "what was chosen is kept"
    assert kept(tmp_path) == [] and not ImportRun.objects.exists()


def test_names_without_rows_fail_with_what_to_do(client: Client, manager: Member) -> None:
    client.force_login(manager)
    page = client.get(upload(client, HEAD)["Location"]).content.decode()
    assert "could not be read" in page and "no row follows" in page


def test_a_larger_file_than_a_photo_comes_through(client: Client, manager: Member, tmp_path: Path) -> None:
    client.force_login(manager)
    filler = "FJ-01,mara@example.com," + "x" * 90_000 + ",#{},2024-03-05,,\n"
    table = HEAD + "".join(filler.format(n) for n in range(130))
    assert len(table) > 11 * 1024 * 1024
    response = upload(client, table)
    run = ImportRun.objects.get()
    assert response.status_code == 302 and run.counts["added"] == 130
    assert Path(run.path).stat().st_size == len(table)


def test_too_large_a_table_is_refused(client: Client, manager: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("community.importing.row_forms.LARGEST_UPLOAD", 1000)
    client.force_login(manager)
    page = upload(client, HEAD + ROW * 20)
    assert page.status_code == 422 and "Bring it with the command import_purchases" in page.content.decode()


def test_only_who_may_import_has_a_large_body_read(client: Client, member: Member, tmp_path: Path) -> None:
    client.force_login(member)
    assert upload(client, HEAD + ROW).status_code == 404 and kept(tmp_path) == []


def test_a_whole_community_stays_an_administrators(client: Client, manager: Member, admin: Member) -> None:
    client.force_login(manager)
    upload(client, HEAD + ROW)
    run = ImportRun.objects.get()
    ImportRun.objects.update(subject="community")
    assert client.get(run.get_absolute_url()).status_code == 404
    assert client.post(reverse("import_bring", args=[run.pk])).status_code == 404
    client.force_login(admin)
    assert client.get(run.get_absolute_url()).status_code == 200


def test_a_run_that_nothing_works_on_says_what_to_do(client: Client, manager: Member) -> None:
    client.force_login(manager)
    upload(client, HEAD + ROW)
    ImportRun.objects.update(state="running", touched_at=timezone.now() - timedelta(minutes=6))
    page = client.get(ImportRun.objects.get().get_absolute_url()).content.decode()
    assert "Nothing has happened for five minutes" in page and "Stop" in page


@pytest.mark.parametrize(("model", "subject"), [("purchase", "purchases"), ("product", "products")])
def test_the_administration_leads_to_the_import(client: Client, admin: Member, model: str, subject: str) -> None:
    client.force_login(admin)
    page = client.get(reverse(f"admin:products_{model}_changelist")).content.decode()
    assert reverse("import_rows", args=[subject]) in page and f"Import {subject}…" in page


def test_reviews_are_led_to_products_here_or_the_mistake_is_said(
    client: Client, manager: Member, jumper: Product
) -> None:
    client.force_login(manager)
    response = upload(client, "handle,body,rating\n", "reviews", mapping="44 = nowhere\n45")
    assert response.status_code == 422 and "write theirs = ours" in response.content.decode()
    response = upload(client, "handle,body,rating\n", "reviews", mapping="44 = nowhere")
    assert "No product here has this address: nowhere" in response.content.decode()
