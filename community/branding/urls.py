"""This room's addresses."""

from django.urls import path

from community.branding import views

urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("brand.png", views.brand_card, name="brand_card"),
]
