"""The moderation desk over HTTP."""

import pytest

from community.moderation.models import Decision
from community.threads.models import Status
from community.threads.publishing import set_status

pytestmark = pytest.mark.django_db


def test_a_removal_without_a_reason_keeps_the_note_and_decides_nothing(answer, as_, moderator):
    set_status(answer, Status.HELD, reason="Contains a word that spam likes")
    fields = {"action": "remove", "reason": "", "note": "Third time this week, see the mill's letter"}
    html = as_(moderator).post(f"/staff/moderation/{answer.pk}/decide/?tab=held", fields).content.decode()
    assert "Third time this week, see the mill&#x27;s letter" in html
    assert "Choose one of the reasons" in html
    assert not Decision.objects.exists()
