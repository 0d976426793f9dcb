"""This room's addresses."""

from django.urls import path

from community.moderation import views

urlpatterns = [
    path("posts/<int:pk>/flag/", views.flag_post, name="flag"),
]
