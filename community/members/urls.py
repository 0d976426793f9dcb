"""This room's address; signing in and the like are allauth's."""

from django.urls import path

from community.members import views

urlpatterns = [path("consents/", views.consents, name="consents")]
