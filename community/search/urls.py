"""This room's addresses."""

from django.urls import path

from community.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/complete/", views.complete, name="search_complete"),
    path("search/clicked/<str:entry>/<int:rank>/", views.clicked, name="search_clicked"),
]
