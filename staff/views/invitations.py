"""Campaigns that ask buyers for reviews: what each does, whom it would ask, what became of it."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.outside.csv_files import csv_response
from reviews.inviting import campaigns as verbs
from reviews.inviting.choosing import TOO_LATE
from reviews.inviting.figures import COLUMNS, COUNTED, as_rows, figures
from reviews.inviting.forecasting import DAYS, before, forecast
from reviews.inviting.forms import CampaignForm
from reviews.inviting.samples import sample_letter
from reviews.models import InvitationCampaign, InvitationStop
from staff.access import StaffRequest, for_insights, for_managers

SHOWN = 25


@for_insights
@require_safe
def invitations(request: StaffRequest) -> HttpResponse:
    page = Paginator(_campaigns(), SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "rows": figures(page.object_list), "counted": COUNTED, "desk_page": "reviews"}
    return render(request, "staff/reviews/invitations.html", context | {"stops": InvitationStop.objects.count()})


@for_insights
@require_safe
def invitation_figures_csv(request: StaffRequest) -> HttpResponse:
    return csv_response(f"invitations-{timezone.now():%Y-%m-%d}", COLUMNS, as_rows(figures(_campaigns())))


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def new_invitation_campaign(request: StaffRequest) -> HttpResponse:
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("preview_invitations", form.save().pk)
    return render(request, "staff/reviews/invitations_form.html", {"form": form, "desk_page": "reviews"})


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def change_invitation_campaign(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _campaign(pk)
    form = CampaignForm(request.POST if request.method == "POST" else None, instance=_campaign(pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. It holds for what leaves from now on.")
        return redirect("preview_invitations" if not campaign.is_active else "invitation_campaign", pk)
    context = {"form": form, "campaign": campaign, "desk_page": "reviews"}
    return render(request, "staff/reviews/invitations_form.html", context)


@for_insights
@require_safe
def invitation_campaign(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _campaign(pk)
    context = {"campaign": campaign, "found": figures([campaign])[0], "desk_page": "reviews"}
    return render(request, "staff/reviews/invitations_campaign.html", context)


@for_managers
@require_safe
def preview_invitations(request: StaffRequest, pk: int) -> HttpResponse:
    """The dry run, and the mails as they will look."""
    campaign = _campaign(pk)
    context = {
        "campaign": campaign,
        "found": forecast(campaign),
        "before": before(campaign, timezone.now()),
        "days": DAYS,
        "seal": verbs.seal_of(campaign),
        "mails": [(nth, _name_of(nth)) for nth in range(campaign.reminders + 1)],
        "too_late": TOO_LATE.days,
        "desk_page": "reviews",
    }
    return render(request, "staff/reviews/invitations_preview.html", context)


@csp_replace({"style-src": ["'unsafe-inline'"], "frame-ancestors": [SELF], "script-src": [NONE], "form-action": [NONE]})
@for_managers
@require_safe
@xframe_options_sameorigin
def invitation_mail(request: StaffRequest, pk: int, nth: int) -> HttpResponse:
    """One mail as its reader sees it, for the frame in the preview. Its links lead nowhere."""
    letter = sample_letter(_campaign(pk), nth)
    return HttpResponse(str(letter.alternatives[0][0]))


@for_managers
@require_POST
def try_invitation_mail(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it to the manager alone."""
    letter = sample_letter(_campaign(pk), 0, to=request.user.email)
    try:
        letter.send()
        messages.success(request, f"It is on its way to {request.user.email}. Its links lead nowhere.")
    except OSError:
        messages.error(request, "The mail server could not be reached. Nothing was sent; try again in a few minutes.")
    return redirect("preview_invitations", pk)


@for_managers
@require_POST
def switch_invitations_on(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _campaign(pk)
    try:
        verbs.switch_on(by=request.user, campaign=campaign, seal=request.POST.get("seal", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("preview_invitations", pk)
    messages.success(request, f"“{campaign.name}” is on. The first mails leave within the hour.")
    return redirect("invitation_campaign", pk)


@for_managers
@require_POST
def switch_invitations_off(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _campaign(pk)
    if verbs.switch_off(by=request.user, campaign=campaign):
        messages.success(request, f"“{campaign.name}” is off. Nothing more leaves; links already sent stay good.")
    return redirect("invitation_campaign", pk)


def _campaigns() -> QuerySet[InvitationCampaign]:
    return InvitationCampaign.objects.select_related("category")


def _campaign(pk: int) -> InvitationCampaign:
    return get_object_or_404(_campaigns(), pk=pk)


def _name_of(nth: int) -> str:
    return ("The mail", "First reminder", "Second reminder")[nth]
