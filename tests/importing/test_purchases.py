"""Orders become evidence: once, brought up to date by later files, tied to who has proven the address."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.importing.advancing import Overtaken
from community.importing.models import ImportRun
from community.importing.rows import steps
from community.importing.rows.purchases import OwnPurchases
from community.importing.rows.reporting import problems
from community.importing.running import go_on, start, stop
from community.importing.tasks import delete_abandoned_uploads
from community.members.models import Member
from community.products.models import OutsideName, Product, Purchase
from tests.importing.tables import HEAD, ROW, BringTable, bring_table, codes, counts, jumper

__all__ = ["bring_table", "jumper"]
pytestmark = pytest.mark.usefixtures("jumper")


def test_a_row_becomes_a_purchase(bring_table: BringTable, jumper: Product) -> None:
    run = bring_table(HEAD + ROW)
    purchase = Purchase.objects.get()
    assert counts(run) == (1, 0, 0, 0) and run.file_format == "Purchases" and len(run.file_hash) == 64
    assert (purchase.product, purchase.email, purchase.name) == (jumper, "mara@example.com", "Mara Lind")
    assert (purchase.reference, purchase.refunded_at) == ("#1001", None)
    assert purchase.purchased_at == datetime(2024, 3, 5, 12, tzinfo=UTC)
    assert purchase.fulfilled_at == datetime(2024, 3, 7, 12, tzinfo=UTC)


def test_the_same_file_again_adds_nothing(bring_table: BringTable) -> None:
    today = timezone.now().date().isoformat()
    table = HEAD + ROW + f"FJ-01,Tomas@Example.com,,#1002,{today},{today},yes\n"
    bring_table(table)
    before = list(Purchase.objects.values())
    run = bring_table(table.replace("Tomas@", "tomas@"))
    assert counts(run) == (0, 0, 2, 0) and list(Purchase.objects.values()) == before


def test_a_later_file_brings_fulfilment_and_refund(bring_table: BringTable) -> None:
    bring_table(HEAD + "FJ-01,mara@example.com,,#1001,2024-03-05,,\n")
    assert counts(bring_table(HEAD + ROW)) == (0, 1, 0, 0)
    assert counts(bring_table(HEAD + ROW.replace("07,", "07,2024-04-01"))) == (0, 1, 0, 0)
    purchase = Purchase.objects.get()
    assert purchase.fulfilled_at and purchase.name == "Mara Lind"
    assert purchase.refunded_at == datetime(2024, 4, 1, 12, tzinfo=UTC)
    assert counts(bring_table(HEAD + ROW)) == (0, 0, 1, 0), "an older file takes nothing back"


def test_a_dry_run_counts_and_writes_nothing(bring_table: BringTable) -> None:
    run = bring_table(HEAD + ROW + "nope,mara@example.com,,#2,2024-03-05,,\n", is_dry_run=True)
    assert counts(run) == (1, 0, 0, 1) and codes(run) == [(3, "unknown_sku")]
    assert not Purchase.objects.exists()


def test_who_has_proven_the_address_gets_the_purchase(bring_table: BringTable, member: Member) -> None:
    bring_table(HEAD + ROW.replace("mara@", "MARA@"))
    assert Purchase.objects.get().member == member


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",mara@example.com,,#1,2024-03-05,,", "no_sku"),
        ("nope,mara@example.com,,#1,2024-03-05,,", "unknown_sku"),
        ("FJ-01,,,#1,2024-03-05,,", "no_email"),
        ("FJ-01,mara at example.com,,#1,2024-03-05,,", "bad_email"),
        ("FJ-01,mara@example.com,,,2024-03-05,,", "no_reference"),
        (f"FJ-01,mara@example.com,,{'9' * 65},2024-03-05,,", "long_reference"),
        ("FJ-01,mara@example.com,,#1,,,", "no_date"),
        ("FJ-01,mara@example.com,,#1,05/03/2024,,", "ambiguous_date"),
        ("FJ-01,mara@example.com,,#1,2024-02-30,,", "bad_date"),
        ("FJ-01,mara@example.com,,#1,2999-01-01,,", "future_date"),
        ("FJ-01,mara@example.com,,#1,2024-03-05,2024-03-04,", "fulfilled_early"),
        ("FJ-01,mara@example.com,,#1,2024-03-05,,2024-03-04", "refunded_early"),
        ("FJ-01,mara@example.com,,#1,2024-03-05,,perhaps", "bad_yes_no"),
        ("FJ-01,mara@example.com,#1,2024-03-05", "wrong_cells"),
        ("FJ-01,mara@example.com,Lind, Mara,#1,2024-03-05,,", "wrong_cells"),
        ("FJ-01,mara@example.com,Ma\0ra,#1,2024-03-05,,", "bad_characters"),
        (f"FJ-01,mara@example.com,{'x' * 100_001},#1,2024-03-05,,", "long_cell"),
        ('FJ-01,mara@example.com,"Mara,#1,2024-03-05,,', "unclosed_quote"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_others_come(bring_table: BringTable, row: str, code: str) -> None:
    run = bring_table(f"{HEAD}{ROW}{row}\n{ROW.replace('#1001', '#1003')}")
    assert codes(run) == [(3, code)] and counts(run) == (2, 0, 0, 1)
    assert problems(run, 1)[0].sentence.endswith(".")


def test_a_row_that_stands_twice_is_refused_the_second_time(bring_table: BringTable) -> None:
    run = bring_table(HEAD + ROW + ROW)
    assert codes(run) == [(3, "duplicate")] and Purchase.objects.count() == 1


def test_fulfilled_on_the_day_of_the_purchase_is_not_before_it(bring_table: BringTable) -> None:
    run = bring_table(HEAD + "FJ-01,mara@example.com,,#1,2024-03-05T23:30:00-08:00,2024-03-05,\n")
    purchase = Purchase.objects.get()
    assert purchase.fulfilled_at == purchase.purchased_at and counts(run) == (1, 0, 0, 0)


def test_a_shopify_order_lends_its_date_and_state_to_its_other_rows(bring_table: BringTable, jumper: Product) -> None:
    Product.objects.create(name="Cap", slug="cap", sku="CAP", category=jumper.category)
    run = bring_table(
        "Name,Email,Financial Status,Paid at,Fulfilled at,Created at,Lineitem sku,Billing Name,Cancelled at\n"
        "#1001,mara@example.com,paid,2024-03-05 10:00:00 +0100,2024-03-06 10:00:00 +0100,"
        "2024-03-05 09:59:00 +0100,FJ-01,Mara Lind,\n"
        "#1001,mara@example.com,,,,2024-03-05 09:59:00 +0100,CAP,,\n"
        "#1002,tomas@example.com,refunded,,,2024-03-05 09:59:00 +0100,CAP,Tomas Berg,\n"
        "#1003,ned@example.com,pending,,,2024-03-05 09:59:00 +0100,CAP,Ned,\n"
    )
    assert run.file_format == "Shopify orders" and counts(run) == (3, 0, 0, 0) and codes(run) == [(5, "not_paid")]
    second = Purchase.objects.get(product__sku="CAP", reference="#1001")
    assert second.name == "Mara Lind" and second.fulfilled_at == datetime(2024, 3, 6, 9, tzinfo=UTC)
    assert Purchase.objects.get(reference="#1002").refunded_at


def test_woocommerce_orders_are_read_and_a_variant_is_its_product(bring_table: BringTable, jumper: Product) -> None:
    OutsideName.objects.create(name="FJ-01-RED", product=jumper)
    run = bring_table(
        "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),SKU\n"
        "77,Completed,2024-03-05 10:00,Mara,Lind,mara@example.com,FJ-01-RED\n"
        "78,Failed,2024-03-05 10:00,Mara,Lind,mara@example.com,FJ-01-RED\n"
    )
    assert run.file_format == "WooCommerce orders" and codes(run) == [(3, "not_paid")]
    assert (Purchase.objects.get().product, Purchase.objects.get().name) == (jumper, "Mara Lind")


def test_a_run_that_was_killed_goes_on_where_it_was(
    bring_table: BringTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OwnPurchases, "batch", 2)
    rows = "".join(ROW.replace("#1001", f"#{n}") for n in (1, 2, 3, 2, 4))
    dry = bring_table(HEAD + rows, is_dry_run=True)  # for its row
    run = ImportRun.objects.create(
        subject="purchases", phase="rows", source=dry.source, path=str(tmp_path / "table.csv"), file_name="table.csv"
    )
    start(run)
    assert not go_on(run, seconds=0) and run.position == 2
    assert go_on(ImportRun.objects.get(pk=run.pk))
    run.refresh_from_db()
    assert counts(run) == counts(dry) == (4, 0, 0, 1) and codes(run) == [(5, "duplicate")]


def test_two_at_one_run_bring_everything_once(bring_table: BringTable, tmp_path: Path) -> None:
    dry = bring_table(HEAD + ROW, is_dry_run=True)
    run = ImportRun.objects.create(
        subject="purchases", phase="rows", source=dry.source, path=str(tmp_path / "table.csv"), file_name="table.csv"
    )
    start(run)
    first, second = ImportRun.objects.get(pk=run.pk), ImportRun.objects.get(pk=run.pk)
    steps_of_first = steps.row_steps(first)
    next(steps_of_first)
    with pytest.raises(Overtaken):
        list(steps.row_steps(second))
    assert Purchase.objects.count() == 1 and ImportRun.objects.get(pk=run.pk).counts["added"] == 1


def test_a_run_that_is_stopped_keeps_what_it_brought(
    bring_table: BringTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OwnPurchases, "batch", 1)
    dry = bring_table(HEAD + ROW + ROW.replace("#1001", "#2"), is_dry_run=True)
    run = ImportRun.objects.create(
        subject="purchases", phase="rows", source=dry.source, path=str(tmp_path / "table.csv"), file_name="table.csv"
    )
    start(run)
    go_on(run, seconds=0)
    stop(run)
    assert go_on(run) and run.state == "stopped" and Purchase.objects.count() == 1
    start(run)
    assert go_on(run) and run.state == "finished" and Purchase.objects.count() == 2


def test_the_command_reports_and_goes_on(
    bring_table: BringTable, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report = tmp_path / "orders.csv", tmp_path / "report.csv"
    file.write_text(HEAD + ROW + "FJ-01,secret@example.com,,#9,05/03/2024,,\n")
    call_command("import_purchases", file, report=report)
    said = capsys.readouterr().out
    assert "1  new" in said and "ambiguous_date (1), line 3: A date like 05/03/2024" in said
    assert report.read_text() == "line,code\n3,ambiguous_date\n" and "secret@" not in said
    call_command("import_purchases", file, date_order="dmy")
    assert Purchase.objects.get(reference="#9").purchased_at.month == 3


def test_the_command_says_what_is_wrong_with_a_file(bring_table: BringTable, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("sku,name\n1,2\n")
    with pytest.raises(CommandError, match="lacks email, reference, purchased_at"):
        call_command("import_purchases", file)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_purchases", tmp_path / "none.csv")


def test_an_upload_that_waits_a_week_is_deleted(bring_table: BringTable, tmp_path: Path) -> None:
    run = bring_table(HEAD + ROW, is_dry_run=True)
    ImportRun.objects.update(is_upload=True, touched_at=timezone.now() - timedelta(days=8))
    delete_abandoned_uploads()
    run.refresh_from_db()
    assert run.path == "" and not (tmp_path / "table.csv").exists()
