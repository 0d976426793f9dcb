"""A member's saved lists of questions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.threads.reading import MemberRequest, Request, sign_in_first
from forum.saved_form import SavedListForm
from forum.saved_lists import forget_list, lists_of, save_list


@require_safe
@login_required
def saved_lists(request: MemberRequest) -> HttpResponse:
    return render(request, "forum/saved.html", {"lists": lists_of(request.user)})


@require_POST
def save(request: Request) -> HttpResponse:
    """Under the name sent; back to the list, or to the form with what is wrong about it."""
    form = SavedListForm(request.POST)
    if not form.is_valid():
        return render(request, "forum/saved.html", {"lists": lists_of(request.user), "form": form})
    list_url = form.list_address()
    if not request.user.is_authenticated:
        return sign_in_first(request, then=list_url)
    try:
        save_list(by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, "forum/saved.html", {"lists": lists_of(request.user), "form": form})
    messages.success(request, f"Saved as “{form.cleaned_data['name']}”. You find it beside every list of questions.")
    return redirect(list_url)


@require_POST
@login_required
def forget(request: MemberRequest, pk: int) -> HttpResponse:
    if forget_list(by=request.user, pk=pk):
        messages.success(request, "The list is no longer saved.")
    return redirect(reverse("saved_lists"))
