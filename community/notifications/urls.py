"""This room's addresses."""

from django.urls import path

from community.notifications.views import following, mail, reading

urlpatterns = [
    path("notifications/", reading.notifications, name="notifications"),
    path("notifications/read/", reading.read_all, name="read_all"),
    path("notifications/<int:pk>/read/", reading.read_notification, name="read_notification"),
    path("notifications/following/", following.following, name="following"),
    path("notifications/mail/", mail.mail_preferences, name="mail_preferences"),
    path("notifications/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("threads/<int:pk>/seen/", reading.see_thread, name="see_thread"),
    path("threads/<int:pk>/follow/", following.follow_thread, name="follow_thread"),
    path("threads/<int:pk>/unfollow/", following.unfollow_thread, name="unfollow_thread"),
    path("products/<int:pk>/follow/", following.follow_product, name="follow_product"),
    path("products/<int:pk>/unfollow/", following.unfollow_product, name="unfollow_product"),
    path("tags/<int:pk>/follow/", following.follow_tag, name="follow_tag"),
    path("tags/<int:pk>/unfollow/", following.unfollow_tag, name="unfollow_tag"),
]
