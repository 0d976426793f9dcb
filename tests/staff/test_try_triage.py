"""The page to try triage, and the settings it follows."""

import pytest

from staff.models import Conversation, DeskSettings, Reason

pytestmark = pytest.mark.django_db
URL = "/staff/triage/"


def tried(client, text, **fields):
    return client.post(URL, {"text": text, "place": "question", "waited": 0} | fields)


def test_a_text_shows_its_reasons_with_the_words_marked_and_keeps_nothing(as_, manager):
    page = tried(as_(manager), "<b>My parcel never arrived</b> and nobody answers. Terrible service.")
    html = page.content.decode()
    assert "The company must reply" in html and "Complaint" in html
    assert "<mark>" in html and "&lt;b&gt;" in html
    assert not Conversation.objects.exists() and not Reason.objects.exists()


def test_a_question_needs_us_once_it_has_waited(as_, manager):
    asked = "How do I wash the Fell Jumper?"
    assert "No reply is needed" in tried(as_(manager), asked).content.decode()
    assert "Nobody has answered" in tried(as_(manager), asked, waited=5).content.decode()


def test_a_thread_shows_what_stands_there_now(as_, manager, waiting):
    html = as_(manager).get(URL, {"thread": waiting.thread_id}).content.decode()
    assert "Escalated by staff" in html and "A journalist asks" in html
    assert "Fell Jumper" in as_(manager).get(URL, {"q": "wash"}).content.decode()


@pytest.mark.parametrize("asked", [{"thread": "99999999999999999999"}, {"thread": "x"}, {"q": "\x00"}, {"q": "9" * 9}])
def test_odd_addresses_find_nothing(as_, manager, asked):
    assert as_(manager).get(URL, asked).status_code == 200


def test_an_empty_text_is_refused_with_a_sentence(as_, manager):
    page = tried(as_(manager), " ", stars="7")
    assert page.status_code == 422


def test_weights_have_fields_in_the_settings_and_only_what_differs_is_kept(as_, admin):
    address = "/admin/staff/desksettings/1/change/"
    form = as_(admin).get(address).context["adminform"].form
    assert "weight_complaint" in form.fields
    given = {name: form[name].value() or "" for name in form.fields}
    as_(admin).post(address, given | {"weight_complaint": "9", "weight_escalated": "5", "weight_praise": "0"})
    assert DeskSettings.current().weights == {"complaint": 9, "praise": 0}
    assert as_(admin).get(address).context["adminform"].form["weight_complaint"].value() == 9


def test_the_settings_lead_to_the_page_that_tries_them(as_, admin):
    assert URL in as_(admin).get("/admin/staff/desksettings/1/change/").content.decode()
