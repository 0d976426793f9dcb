"""Nobody passes for the company or for somebody who works there."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from community.branding.models import Branding
from community.members.imitating import refuse_imitation, skeleton
from community.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Ѕuрроrt", "5upp0rt!", "ＳＵＰＰＯＲＴ", "su.pp.ort", "Súpport"])
def test_what_looks_alike_is_alike(name: str) -> None:
    assert skeleton(name) == skeleton("support")


@pytest.mark.parametrize(
    "name",
    [
        "Alder & Tarn", "ALDER TARN", "A1der & Tarn", "Alder & Tarn Repairs", "AlderTarnSupport", "Аldеr & Таrn",
        "Mara (Staff)", "Official Mara", "Customer Support", "Administrator", "m0derator", "adm!n", "S-t-a-f-f",
        "ADMIN1", "Support24",
    ],
)  # fmt: skip
def test_a_customer_cannot_speak_for_the_company(brand: Branding, name: str) -> None:
    with pytest.raises(ValidationError, match="kept for the company"):
        refuse_imitation(name)


@pytest.mark.parametrize(
    "name",
    [
        "Alder Meadows",
        "Иван Петров",
        "Mara Lind",
        "王小明",
        "Tarn",
        "Supporter",
        "Team Bergfreund",
        "Staffan",
        "rhea1987",
    ],
)
def test_people_keep_their_own_names(brand: Branding, responder: Member, name: str) -> None:
    refuse_imitation(name)


@pytest.mark.parametrize("name", ["Rhea", "RHEА", "rh3a", "Rhea 2"])
def test_a_customer_cannot_pass_for_somebody_who_works_here(
    responder: Member, member: Member, as_: Callable[..., Client], name: str
) -> None:
    page = as_(member).post(reverse("edit_profile"), {"display_name": name, "bio": ""}).content.decode()
    member.refresh_from_db()
    assert "Somebody who works here is called that" in page
    assert member.display_name == "Mara Lind"


def test_who_had_the_name_before_keeps_it(responder: Member, member: Member, as_: Callable[..., Client]) -> None:
    Member.objects.filter(pk=member.pk).update(display_name="Rhea")
    as_(member).post(reverse("edit_profile"), {"display_name": "Rhea", "bio": "I knit."})
    member.refresh_from_db()
    assert (member.display_name, member.bio) == ("Rhea", "I knit.")


def test_nobody_signs_up_under_a_name_that_passes_for_staff(responder: Member, client: Client) -> None:
    fields = {"email": "new@example.com", "username": "Rh3a", "password1": "a-long-enough-phrase"}
    page = client.post(reverse("account_signup"), fields).content.decode()
    assert "Somebody who works here is called that" in page
