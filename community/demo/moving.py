"""What was moved in: orders tried first and then brought, and reviews of an app that the brand used before."""

import csv
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from community.demo.content import Row, read
from community.demo.people import DOMAIN
from community.importing.models import ImportRun
from community.importing.rows.starting import SOURCES, row_run
from community.importing.running import go_on, start
from community.members.models import Member
from community.products.models import Product

Subject = ImportRun.Subject


def load_moved(now: datetime) -> int:
    """All of it where nothing was moved in; how many rows were brought."""
    if ImportRun.objects.exists():
        return 0
    data = read("moved")
    orders = [_order(row, now) for row in data["order"]]
    refused = [{**orders[0], "sku": "AT-X999"}, {**orders[1], "purchased_at": "05/03/2026"}]
    with tempfile.TemporaryDirectory() as folder:
        bring = _Bringing(Path(folder))
        bring(Subject.PURCHASES, "orders-first-look.csv", orders + refused, is_dry_run=True)
        brought = bring(Subject.PURCHASES, "orders.csv", orders)
        return brought + bring(Subject.REVIEWS, "judgeme-export.csv", [_review(row, now) for row in data["review"]])


class _Bringing:
    """Writes a table into its folder and has it imported, as the page of moving does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.by = folder, Member.objects.get(username="manager")

    def __call__(self, subject: str, name: str, rows: list[Row], *, is_dry_run: bool = False) -> int:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0].keys())
            table.writeheader()
            table.writerows(rows)
        source = SOURCES.get(subject, "Judge.me")
        facts: dict[str, Any] = {"file_name": name, "source": source, "options": {}, "is_dry_run": is_dry_run}
        with transaction.atomic():
            run = row_run(subject=subject, path=path, by=self.by, **facts)
        start(run)
        go_on(run)
        return 0 if is_dry_run else len(rows)


def _order(row: Row, now: datetime) -> Row:
    came = now - timedelta(days=row["days_ago"], hours=2)
    return {
        "reference": row["reference"],
        "sku": Product.objects.get(slug=row["product"]).sku,
        "email": f"{row['name'].lower().replace(' ', '.')}@{DOMAIN}",
        "name": row["name"],
        "purchased_at": (came - timedelta(days=3)).strftime("%Y-%m-%d %H:%M"),
        "fulfilled_at": came.strftime("%Y-%m-%d %H:%M"),
        "refunded": "",
    }


def _review(row: Row, now: datetime) -> Row:
    facts = {
        "title": row["title"],
        "body": row["body"],
        "rating": row["stars"],
        "review_date": (now - timedelta(days=row["days_ago"])).strftime("%Y-%m-%d %H:%M:%S UTC"),
        "curated": row.get("curated", "ok"),
        "reviewer_name": row["name"],
        "reviewer_email": f"{row['name'].lower().replace(' ', '.')}@{DOMAIN}",
        "product_id": "",
        "product_handle": row["product"],
    }
    return facts | {"reply": row.get("reply", ""), "picture_urls": ""}
