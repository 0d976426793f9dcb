"""The demo's first conversation: heard over weeks, some of it answered, and counted by the report."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.branding.models import Branding
from community.demo.desk_listening import load_listening
from community.products.models import Product, ProductCategory
from staff.models import Conversation, DeskSettings, Mention
from tests.conftest import make_member

pytestmark = pytest.mark.django_db


def test_mentions_are_heard_over_weeks_and_some_answered():
    Branding.objects.create(name="Alder & Tarn")
    DeskSettings.objects.update_or_create(pk=1, defaults={"competitors": "Northmoor\nFjordline\nPeakform"})
    shelf = ProductCategory.objects.create(name="Rain", slug="rain")
    Product.objects.create(name="Kestrel Rain Shell", slug="kestrel", sku="K", category=shelf)
    for name in ("responder", "moderator", "manager"):
        make_member(name, is_staff=True, role=name)
    now = timezone.now()
    assert load_listening(now) == 12
    assert load_listening(now) == 0
    assert Mention.objects.order_by("seen_at")[0].seen_at < now - timedelta(days=20)
    states = list(Conversation.objects.filter(mention__isnull=False).values_list("state", flat=True))
    assert {state: states.count(state) for state in set(states)} == {"answered": 5, "no_reply": 2, "waiting": 5}
    assert set(Mention.objects.values_list("tone", flat=True)) == {-1, 0, 1}
    answered = Conversation.objects.filter(first_company_response_at__isnull=False)
    assert all(c.first_company_response_at - c.mention.seen_at < timedelta(days=2) for c in answered)
