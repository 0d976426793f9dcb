"""What members change about themselves: words, picture."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from community.members.limits import TooSoon
from community.members.models import Member
from community.people.describing import describe_oneself, remove_picture, take_picture
from community.people.forms import PictureForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    member = _oneself(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid():
        describe_oneself(by=member, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect(member)
    return render(request, "people/edit_profile.html", {"form": form, "picture_form": PictureForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_picture(request: HttpRequest) -> HttpResponse:
    member, status = _oneself(request), 200
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_valid():
        try:
            take_picture(by=member, upload=form.cleaned_data["picture"])
        except (ValidationError, TooSoon) as refusal:
            form.add_error("picture", refusal if isinstance(refusal, ValidationError) else str(refusal))
            status = 429 if isinstance(refusal, TooSoon) else 200
        else:
            messages.success(request, "This is your picture now.")
            return redirect(member)
    return render(request, "people/picture.html", {"form": form}, status=status)


@require_POST
@login_required
def remove_member_picture(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(Member, username__iexact=username, is_active=True, erased_at=None)
    if remove_picture(by=_oneself(request), member=member):
        messages.success(request, "The picture is gone.")
    return redirect(member)


def _oneself(request: HttpRequest) -> Member:
    """A copy: a refused name must not stand in the header."""
    return get_object_or_404(Member, pk=request.user.pk)
