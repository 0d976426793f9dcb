"""Goodwill: giving a customer a code from a conversation, and, for managers, the campaigns and their pools."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staff.access import StaffRequest, for_managers, for_responders
from staff.goodwill import giving
from staff.goodwill.bringing import Looked, look_at_codes
from staff.goodwill.bringing import bring_codes as save_codes
from staff.goodwill.forms import CampaignForm, CodesForm, GiveForm, give_form_for
from staff.models import Campaign, Conversation
from staff.one_to_one.showing import writing_side
from staff.one_to_one.writing import note_for, takes_note
from staff.permissions import AskFirst, Refused, require_can_work_on
from staff.reading import newest_said_at
from staff.views.acts import back_to
from staff.views.conversation import fetch

SHOWN = 50


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def give_coupon(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    require_can_work_on(request.user, current)
    offered = giving.campaigns_for(current)
    if not offered:
        messages.info(request, "There is no code to give: none is left, or they have had one of each campaign.")
        return back_to(request, current, "#alone")
    note = note_for(current) if takes_note(current, request.user) else ""
    if request.method != "POST":
        return _show(request, current, give_form_for(current, offered, note, seen=newest_said_at(current)))
    form = GiveForm(request.POST, campaigns=offered, takes_note=bool(note), prefix="alone")
    given = form.attempt(partial(_give, request, current, form)) if form.is_valid() else None
    if given is None:
        return _show(request, current, form)
    said = "The code is on its way." if given.is_new else "They have a code of this campaign already. Nothing was sent."
    messages.success(request, said)
    return back_to(request, current, "#alone")


def _give(request: StaffRequest, current: Conversation, form: GiveForm) -> giving.Given | None:
    try:
        return giving.give(by=request.user, conversation=current, **form.cleaned_data)
    except AskFirst as question:
        form.ask_first(str(question))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _show(request: StaffRequest, current: Conversation, form: GiveForm) -> HttpResponse:
    context = {"form": form, "desk_page": "queue", "draft_place": ""} | writing_side(current, request.user)
    return render(request, "staff/messages/give.html", context)


@for_managers
@require_safe
def campaigns(request: StaffRequest) -> HttpResponse:
    return _list(request, CampaignForm())


@for_managers
@require_POST
def new_campaign(request: StaffRequest) -> HttpResponse:
    form = CampaignForm(request.POST)
    return redirect("campaign", form.save().pk) if form.is_valid() else _list(request, form)


@for_managers
@require_safe
def campaign(request: StaffRequest, pk: int) -> HttpResponse:
    current = _campaign(pk)
    return _page(request, current, CampaignForm(instance=current), CodesForm())


@for_managers
@require_POST
def change_campaign(request: StaffRequest, pk: int) -> HttpResponse:
    current = _campaign(pk)
    form = CampaignForm(request.POST, instance=current)
    if not form.is_valid():
        return _page(request, _campaign(pk), form, CodesForm())
    form.save()
    messages.success(request, "Saved.")
    return redirect("campaign", pk)


@for_managers
@require_POST
def bring_codes(request: StaffRequest, pk: int) -> HttpResponse:
    """Looks first; brings them in where that was asked for."""
    current = _campaign(pk)
    form = CodesForm(request.POST, request.FILES)
    act = save_codes if request.POST.get("act") == "bring" else look_at_codes
    text = form.cleaned_data["text"] if form.is_valid() else ""
    looked = form.attempt(partial(act, by=request.user, campaign=current, text=text)) if form.is_valid() else None
    if looked is not None and act is save_codes:
        messages.success(request, f"{len(looked.fresh):,} codes brought in, {len(looked.known):,} were there already.")
        return redirect("campaign", pk)
    shown = CodesForm(initial={"codes": text}) if looked is not None else form
    return _page(request, current, CampaignForm(instance=current), shown, looked)


def _campaign(pk: int) -> Campaign:
    return get_object_or_404(giving.with_counts(), pk=pk)


def _list(request: StaffRequest, form: CampaignForm) -> HttpResponse:
    context = {"campaigns": giving.with_counts(), "low": giving.LOW, "form": form, "desk_page": "goodwill"}
    return render(request, "staff/goodwill/campaigns.html", context)


def _page(
    request: StaffRequest, current: Campaign, form: CampaignForm, codes: CodesForm, looked: Looked | None = None
) -> HttpResponse:
    given = current.coupons.given().select_related("given_to", "given_by", "conversation").order_by("-given_at")
    context = {
        "campaign": current,
        "page": Paginator(given, SHOWN).get_page(request.GET.get("page")),
        "form": form,
        "codes_form": codes,
        "looked": looked,
        "low": giving.LOW,
        "desk_page": "goodwill",
    }
    return render(request, "staff/goodwill/campaign.html", context)
