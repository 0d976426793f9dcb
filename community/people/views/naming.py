"""A manager gives a member a title, and names them an expert."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from community.members.models import Member
from community.people.forms import ExpertForm
from community.people.naming import can_name_experts, give_title, name_expert, unname_expert
from community.products.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def expert(request: HttpRequest, username: str) -> HttpResponse:
    by, person = _manager_and_member(request, username)
    form = ExpertForm(request.POST if request.method == "POST" else None, member=person)
    if form.is_valid():
        give_title(by=by, member=person, title=form.cleaned_data["title"])
        if form.cleaned_data["product"]:
            name_expert(by=by, member=person, product=form.cleaned_data["product"])
        messages.success(request, f"{person.name}’s page says so now.")
        return redirect("expert", person.username)
    named = person.expertise.filter(named_at__isnull=False).select_related("product", "named_by")
    return render(request, "people/expert.html", {"person": person, "form": form, "named": named.order_by("named_at")})


@require_POST
@login_required
def no_expert(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    by, person = _manager_and_member(request, username)
    product = get_object_or_404(Product, slug=slug)
    if unname_expert(by=by, member=person, product=product):
        messages.success(request, f"{person.name} is no longer named an expert on the {product.name}.")
    return redirect("expert", person.username)


def _manager_and_member(request: HttpRequest, username: str) -> tuple[Member, Member]:
    """Customers must not learn that it is there; staff hear who may."""
    by = get_object_or_404(Member, pk=request.user.pk)
    if not by.is_desk_reader:
        raise Http404
    if not can_name_experts(by):
        raise PermissionDenied("Only managers name experts and give titles.")
    return by, get_object_or_404(Member, username__iexact=username, is_active=True, erased_at=None, is_staff=False)
