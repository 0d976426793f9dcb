"""The company's own list of helpful pages: read by all staff, kept by managers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staff.access import StaffRequest, for_managers, for_readers
from staff.drafts.forms import CompanyLinkForm
from staff.models import CompanyLink
from staff.suggesting.links import with_uses


@for_readers
@require_safe
def company_links(request: StaffRequest) -> HttpResponse:
    links = with_uses(CompanyLink.objects.select_related("product"))
    return render(request, "staff/company_links/list.html", {"links": links, "desk_page": "links"})


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def add_company_link(request: StaffRequest) -> HttpResponse:
    return _edit(request, CompanyLinkForm(request.POST if request.method == "POST" else None))


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def change_company_link(request: StaffRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(CompanyLink, pk=pk)
    return _edit(request, CompanyLinkForm(request.POST if request.method == "POST" else None, instance=link))


@for_managers
@require_POST
def delete_company_link(request: StaffRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(CompanyLink, pk=pk)
    link.delete()
    messages.success(request, "Deleted. Replies that carry it keep their link.")
    return redirect("company_links")


def _edit(request: StaffRequest, form: CompanyLinkForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("company_links")
    return render(request, "staff/company_links/edit.html", {"form": form, "desk_page": "links"})
