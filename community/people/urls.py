"""This room's addresses."""

from django.urls import path

from community.people.views import directory, editing, naming

urlpatterns = [
    path("members/", directory.members, name="members"),
    path("badges/", directory.badges, name="badges"),
    path("members/me/edit/", editing.edit_profile, name="edit_profile"),
    path("members/me/picture/", editing.own_picture, name="own_picture"),
    path("members/<str:username>/picture/remove/", editing.remove_member_picture, name="remove_picture"),
    path("members/<str:username>/expert/", naming.expert, name="expert"),
    path("members/<str:username>/expert/<slug:slug>/remove/", naming.no_expert, name="no_expert"),
]
