"""Addresses of “Did this help you?”, for who asked."""

from django.urls import path

from staff.views import helping

urlpatterns = [
    path("did-it-help/<str:token>/", helping.help_question, name="help_question"),
    path("did-it-help/<str:token>/no-more/", helping.ask_no_more, name="ask_no_more"),
    path("this-helped/<str:token>/", helping.link_helped, name="link_helped"),
]
