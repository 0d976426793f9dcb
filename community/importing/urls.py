"""The addresses of moving in. Moving out has its own (community.exporting.urls)."""

from django.urls import path

from community.importing import row_views, views

urlpatterns = [
    path("staff/moving/", views.moving, name="moving"),
    path("staff/moving/upload/", views.upload, name="import_upload"),
    path("staff/moving/owners/", views.give_to_owner, name="import_owner"),
    path("staff/moving/new/<slug:subject>/", row_views.new, name="import_rows"),
    path("staff/moving/new/<slug:subject>/upload/", row_views.upload, name="import_rows_upload"),
    path("staff/moving/<int:pk>/report.csv", row_views.report, name="import_report"),
    path("staff/moving/<int:pk>/", views.show, name="import_run"),
    path("staff/moving/<int:pk>/bring/", views.bring, name="import_bring"),
    path("staff/moving/<int:pk>/stop/", views.halt, name="import_stop"),
    path("staff/moving/<int:pk>/discard/", views.discard, name="import_discard"),
]
