"""This room's addresses."""

from django.urls import URLPattern, path

from community.notifications.views import bell, following, mail, reading, webhooks


def _follow(place: str, kind: str, name: str = "") -> list[URLPattern]:
    """`follow_thread`, `unfollow_thread` and their like."""
    return [
        path(f"{place}/<int:pk>/follow/", following.follow_target, {"kind": kind}, name=f"follow_{name or kind}"),
        path(f"{place}/<int:pk>/unfollow/", following.unfollow_target, {"kind": kind}, name=f"unfollow_{name or kind}"),
    ]


urlpatterns = [
    path("notifications/", bell.notifications, name="notifications"),
    path("notifications/read/", reading.read_all, name="read_all"),
    path("notifications/pages/read/", reading.read_page, name="read_page"),
    path("notifications/bell/", bell.bell, name="bell"),
    path("notifications/threads/<int:pk>/read/", reading.read_thread, name="read_thread"),
    path("notifications/following/", following.following, name="following"),
    path("notifications/mail/", mail.mail_preferences, name="mail_preferences"),
    path("notifications/mail/resume/", mail.resume_mail, name="resume_mail"),
    path("notifications/mail/<str:token>/", mail.mail_preferences_by_link, name="mail_preferences_by_link"),
    path("mail/events/", webhooks.mail_events, name="mail_events"),
    path("notifications/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("threads/<int:pk>/seen/", reading.see_thread, name="see_thread"),
    *_follow("threads", "thread"),
    *_follow("products", "product"),
    *_follow("tags", "tag"),
    *_follow("categories", "category"),
    *_follow("people", "person", name="member"),
]
