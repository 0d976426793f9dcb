"""Every page as every kind of person who can open it, through the Nu HTML checker: no error, no warning."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.every_address import Row, Scene, pages_of

VNU = Path("node_modules/vnu-jar/build/dist/vnu.jar").absolute()
PEOPLE = ("anonymous", "author", "manager")
NO_PAGES = {
    "colleague_choices",
    "saved_reply_choices",
    "who_has_it",
    "automation_log_csv",
    "insight_csv",
    "figure_csv",
    "healthz",
    "readyz",
    "robots",
    "sitemap",
    "sitemap_section",
    "brand_css",
    "brand_card",
    "feed_questions",
    "feed_tag",
    "feed_category",
    "feed_product",
    "media",
    "queue_part",
    "suggestions",
    "product_choices",
    "tag_choices",
    "search_complete",
    "mention_choices",
    "bell",
    "searches_csv",
    "invitation_figures_csv",
    "invitation_mail",
    "reviews_csv",
    "reviews_log_csv",
    "review_history_csv",
    "review_history_json",
    "listening_report_csv",
    "export",
    "review_table",
    "google_reviews_download",
    "google_reviews",
    "api_reviews",
    "api_summary",
    "widget_script",
    "widget_module",
    "widget_module_by_sku",
}
# Safari drops a list's role with its bullets; role="list" gives it back, and the checker calls that unnecessary.
WANTED = "The “list” role is unnecessary"
SIGN_IN_PAGES = ("account_login", "account_signup", "account_reset_password", "account_email", "mfa_index")


@pytest.mark.slow
def test_every_page_is_valid_html(scene: Scene, as_: Callable[..., Client], tmp_path: Path) -> None:
    if not (shutil.which("java") and VNU.exists()):
        pytest.skip("the Nu HTML checker needs Java and `npm ci`: make test installs both")
    for who in PEOPLE:
        client = as_(scene.people[who])
        for row in pages_of(who, without=NO_PAGES):
            _save(tmp_path / f"{who}-{_file_name(row)}.html", client, row.address(scene))
        for name in SIGN_IN_PAGES:
            _save(tmp_path / f"{who}-{name}.html", client, reverse(name))
    _save(tmp_path / "error-404.html", Client(), "/there-is-no-such-page/")
    assert _complaints(tmp_path) == []


def _file_name(row: Row) -> str:
    return row.name + ("-query" if row.query else "")


def _save(file: Path, client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    if response.headers["Content-Type"].startswith("text/html"):
        file.write_bytes(response.content)


def _complaints(folder: Path) -> list[str]:
    files = sorted(str(file) for file in folder.glob("*.html"))
    assert len(files) > 40
    command = ["java", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", *files]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']} … {m.get('extract', '')[:120]}"
        for m in said["messages"]
        if not m["message"].startswith(WANTED)
    ]
