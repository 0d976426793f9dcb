"""This room's addresses."""

from django.urls import path

from community.members import views

urlpatterns = [path("members/me/edit/", views.edit_profile, name="edit_profile")]
