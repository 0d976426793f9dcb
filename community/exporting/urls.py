"""The address of moving out."""

from django.urls import path

from community.exporting import views

urlpatterns = [path("staff/moving/export/", views.export, name="export")]
