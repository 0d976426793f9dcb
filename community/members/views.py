"""What a member allows, and has allowed: one place for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from community.members.forms import ConsentForm
from community.members.models import Member

SHOWN = 100


class SignedIn(HttpRequest):
    """A request as it is behind `login_required`."""

    user: Member


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def consents(request: SignedIn) -> HttpResponse:
    member = request.user
    form = ConsentForm(request.POST if request.method == "POST" else None, member=member)
    if request.method == "POST" and form.is_valid():
        changed = form.keep(source="page “What you allow”")
        messages.success(request, "Saved. It holds from now on." if changed else "It was so already.")
        return redirect("consents")
    return render(request, "members/consents.html", {"form": form, "log": member.consents.all()[:SHOWN]})
