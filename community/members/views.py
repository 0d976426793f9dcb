"""A member's own pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community.members.describing import describe_oneself
from community.members.forms import ProfileForm
from community.members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    member = get_object_or_404(Member, pk=request.user.pk)  # a copy: a refused name must not stand in the header
    form = ProfileForm(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid():
        describe_oneself(by=member, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect(member)
    return render(request, "members/edit_profile.html", {"form": form})
