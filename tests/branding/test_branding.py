"""The brand that the admin sets is the one every page wears, at no query a page."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from community.branding import memory
from community.branding.models import Branding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memory.forget()
    yield
    memory.forget()


def picture(size=(400, 100), form="PNG"):
    out = BytesIO()
    Image.new("RGB", size, "#336699").save(out, form)
    return SimpleUploadedFile("Our Logo.png", out.getvalue(), "image/png")


def save_in_admin(client, **fields):
    return client.post("/admin/branding/branding/add/", {"name": "Alder", "accent": "#336699"} | fields)


def test_without_a_row_the_defaults_hold():
    assert Branding.current().name == "Second Conversation"


def test_the_brand_costs_one_query_once_and_then_none():
    Branding.current()
    with CaptureQueriesContext(connection) as queries:
        Branding.current()
        memory._own.clear()
        Branding.current()
    assert len(queries) == 0


def test_a_change_shows_on_the_next_page(as_, admin, client):
    Branding.current()
    save_in_admin(as_(admin), name="Alder & Tarn", accent="#aa3300")
    assert "Alder &amp; Tarn" in client.get("/accounts/login/").content.decode()
    assert "--brand: #aa3300;" in client.get("/brand.css").content.decode()


def test_a_page_that_was_kept_wears_the_new_brand_too(as_, admin, client):
    client.get("/reviews/how-reviews-work/")
    save_in_admin(as_(admin), name="Alder & Tarn")
    assert "Alder &amp; Tarn" in client.get("/reviews/how-reviews-work/").content.decode()


def test_a_reader_that_was_too_slow_cannot_bring_the_old_brand_back(as_, admin):
    old = Branding.current()
    save_in_admin(as_(admin), name="Alder & Tarn")
    memory.remembered(lambda: old)
    assert Branding.current().name == "Alder & Tarn"


def test_others_cannot_change_it(as_, manager):
    save_in_admin(as_(manager), name="Mine")
    assert not Branding.objects.exists()


@pytest.mark.parametrize("accent", ["red", "#12345", "#123456;}*{color:red"])
def test_what_is_no_colour_is_refused(as_, admin, accent):
    assert "errorlist" in save_in_admin(as_(admin), accent=accent).content.decode()
    assert not Branding.objects.exists()


def test_there_is_never_a_second_row():
    with pytest.raises(IntegrityError):
        Branding.objects.create(pk=2)


def test_the_style_sheet_is_kept_for_a_year_under_its_version(client):
    version = Branding.current().version
    assert "immutable" in client.get(f"/brand.css?v={version}")["Cache-Control"]
    assert client.get("/brand.css?v=other")["Cache-Control"] == "public, max-age=60"


def test_the_style_sheet_is_only_read(client):
    assert client.post("/brand.css").status_code == 405


def test_the_admin_saves_and_shows_the_readable_partners(as_, admin):
    assert save_in_admin(as_(admin)).status_code == 302
    assert Branding.current().name == "Alder"
    assert "reaches a contrast of" in as_(admin).get("/admin/branding/branding/1/change/").content.decode()


def test_the_admin_goes_straight_to_the_one_row(as_, admin):
    assert as_(admin).get("/admin/branding/branding/").url == "/admin/branding/branding/add/"
    save_in_admin(as_(admin))
    assert as_(admin).get("/admin/branding/branding/").url == "/admin/branding/branding/1/change/"


def test_a_logo_is_drawn_anew_at_the_size_that_is_shown(as_, admin):
    save_in_admin(as_(admin), logo=picture(size=(1600, 400)))
    brand = Branding.current()
    assert (brand.logo_width, brand.logo_height, brand.logo_shown_width) == (384, 96, 128)
    assert "Our" not in brand.logo_url


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "upload a valid image"),
        (picture(size=(4001, 10)), "larger than 4000 pixels"),
        (picture(form="BMP"), "not a PNG, JPEG or WebP"),
    ],
)
def test_a_logo_that_cannot_be_used_is_refused_with_a_sentence(as_, admin, upload, sentence):
    upload.seek(0)
    assert sentence.lower() in save_in_admin(as_(admin), logo=upload).content.decode().lower()
    assert not Branding.objects.exists()
