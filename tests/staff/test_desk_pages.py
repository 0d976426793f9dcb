"""The desk's pages over HTTP."""

import pytest

from staff.models import Conversation
from tests.staff.conftest import write

pytestmark = pytest.mark.django_db


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_queue_says_why_since_when_and_until_when(waiting, as_, responder):
    html = page(as_(responder), "/staff/")
    assert "How do I wash the Fell Jumper?" in html
    assert "Escalated by staff" in html
    assert "A journalist asks" in html
    assert "wrote " in html
    assert "Due" in html


def test_the_conversation_page_marks_the_evidence(question, member, as_, responder):
    write(member, question, "Can anyone from the company help me, please?")
    conversation = Conversation.objects.get()
    html = page(as_(responder), conversation.get_absolute_url())
    assert "<mark>anyone from the company</mark>" in html
