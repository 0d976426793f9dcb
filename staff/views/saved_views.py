"""Keeping a view of the queue under a name, and forgetting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from staff.access import StaffRequest, for_readers
from staff.permissions import Refused
from staff.queue.forms import SavedViewForm
from staff.queue.saving import delete_view, save_view


@for_readers
@require_POST
def save_this_view(request: StaffRequest) -> HttpResponse:
    """The address's own query is what is kept."""
    form = SavedViewForm(request.POST)
    query = request.GET.urlencode()
    if not form.is_valid():
        messages.error(request, "The view was not saved. Give it a name of up to 60 characters.")
        return _to(query)
    try:
        saved = save_view(by=request.user, name=form.cleaned_data["name"], query=query)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _to(query)
    messages.success(request, f"Saved as “{saved.name}”. It stands on the left, under “Your views”.")
    return _to(saved.query)


@for_readers
@require_POST
def delete_saved_view(request: StaffRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(request.user.saved_views, pk=pk)
    delete_view(by=request.user, saved=saved)
    messages.success(request, f"“{saved.name}” is no longer among your views.")
    return _to("")


def _to(query: str) -> HttpResponse:
    return redirect(reverse("desk") + (f"?{query}" if query else ""))
