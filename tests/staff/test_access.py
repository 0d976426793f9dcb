"""Who may enter the desk: strangers sign in, customers find nothing, colleagues hear whom to ask."""

import pytest

from staff.models import DeskSettings, Reason

pytestmark = pytest.mark.django_db
RESPONDERS = ["/staff/", "/staff/conversations/{}/"]
ACTS = [
    "/staff/conversations/{}/claim/",
    "/staff/conversations/{}/release/",
    "/staff/conversations/{}/take-over/",
    "/staff/conversations/{}/reply/",
    "/staff/conversations/{}/note/",
    "/staff/conversations/{}/type/",
    "/staff/conversations/{}/no-reply-needed/",
    "/staff/conversations/{}/close/",
    "/staff/conversations/{}/reopen/",
]
MODERATORS = ["/staff/moderation/", "/staff/moderation/?tab=held", "/staff/moderation/?tab=decided"]
MANAGERS = ["/staff/insights/", "/staff/insights/productive/all.began/"]


@pytest.mark.parametrize("address", RESPONDERS + MODERATORS + MANAGERS)
def test_pages_of_the_desk(waiting, address, as_, member, responder, moderator, manager, admin):
    address = address.format(waiting.pk)
    moderators = 200 if address not in MANAGERS else 403
    responders = 200 if address in ["/staff/", waiting.get_absolute_url()] else 403
    expected = {None: 302, member: 404, responder: responders, moderator: moderators, manager: 200, admin: 200}
    assert {who: as_(who).get(address).status_code for who in expected} == expected


@pytest.mark.parametrize("address", ACTS)
def test_acts_are_posts_by_staff(waiting, address, as_, member, responder):
    address = address.format(waiting.pk)
    assert as_(None).post(address).url.startswith("/accounts/login/?next=/staff/")
    assert as_(member).post(address).status_code == 404
    assert as_(responder).get(address).status_code == 405
    assert as_(responder).post(address).status_code in (200, 302)


@pytest.mark.parametrize("number", [404, 10**30])
@pytest.mark.parametrize("address", [*ACTS, "/staff/threads/{}/escalate/", "/staff/posts/{}/outcome/"])
def test_what_does_not_exist_is_not_found(address, number, as_, responder):
    assert as_(responder).post(address.format(number)).status_code == 404


@pytest.mark.parametrize(
    "address", ["/staff/insights/gossip/x/", "/staff/insights/links/x/", "/staff/moderation/404/decide/"]
)
def test_unknown_figures_and_posts_are_not_found(address, as_, manager):
    method = as_(manager).post if "decide" in address else as_(manager).get
    assert method(address).status_code == 404


def test_a_refused_colleague_reads_whom_to_ask(as_, responder):
    assert "Insights are for managers" in as_(responder).get("/staff/insights/").content.decode()


def test_the_settings_are_one_row_that_an_admin_changes(waiting, as_, admin, desk):
    page = as_(admin).get("/admin/staff/desksettings/", follow=True)
    assert page.redirect_chain[-1][0] == "/admin/staff/desksettings/1/change/"
    fields = {name: value for name, value in DeskSettings.objects.values().get().items() if value is not None}
    wrong = fields | {"time_zone": "Mars/Olympus"}
    html = as_(admin).post("/admin/staff/desksettings/1/change/", wrong).content.decode()
    assert "region and city" in html


@pytest.mark.parametrize(
    "model", ["conversation", "reason", "reply", "outcome", "helpfullink", "linkopening", "event", "note"]
)
def test_the_admin_shows_the_desks_rows_and_changes_none(waiting, as_, admin, model):
    assert as_(admin).get(f"/admin/staff/{model}/?q=x").status_code == 200
    assert as_(admin).get(f"/admin/staff/{model}/add/").status_code == 403


def test_the_admin_shows_a_conversation_with_its_history(waiting, as_, admin):
    html = as_(admin).get(f"/admin/staff/conversation/{waiting.pk}/change/").content.decode()
    assert "A journalist asks" in html
    assert Reason.objects.exists()
