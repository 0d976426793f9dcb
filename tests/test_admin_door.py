"""The administration has no door of its own: who guesses passwords meets the same limit as everywhere."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_the_administration_sends_strangers_to_the_one_sign_in_page() -> None:
    response = Client().get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_passwords_are_not_tried_at_the_administrations_own_page() -> None:
    guess = {"username": "admin", "password": "a guess"}
    assert Client().post(reverse("admin:login"), guess).status_code == 302
    assert "_auth_user_id" not in Client().session
