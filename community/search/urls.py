"""This room's addresses."""

from django.urls import path

from community.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/similar/", views.similar, name="similar"),
]
