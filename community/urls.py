"""All addresses: each room brings its own, the roof adds the pages that belong to none."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, re_path

from community import feeds, health, home, ladder, mailbox, media, permalinks, profile, styleguide
from community.sitemaps import SITEMAPS

# One door: with the limit on guesses and the second factor, which the administration's own page knows nothing of.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", home.home, name="home"),
    path("posts/<int:pk>/", permalinks.post, name="post"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("feeds/questions/", feeds.questions, name="feed_questions"),
    re_path(r"^feeds/tags/(?P<slug>[-\w]{1,100})/$", feeds.of_tag, name="feed_tag"),
    path("feeds/categories/<slug:slug>/", feeds.of_category, name="feed_category"),
    path("feeds/products/<slug:slug>/", feeds.of_product, name="feed_product"),
    path("mail/in/", mailbox.mail_in, name="mail_in"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("community.branding.urls")),
    path("", include("community.members.urls")),
    path("", include("community.threads.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.search.urls")),
    path("", include("forum.urls")),
    path("", include("reviews.urls")),
    path("", include("staff.urls")),
    path("", include("community.importing.urls")),
    path("", include("community.exporting.urls")),
    path("", include("community.people.urls")),
    path("members/<str:username>/", profile.member, name="member"),
    path("members/<str:username>/questions/", profile.questions, name="member_questions"),
    path("members/<str:username>/answers/", profile.answers, name="member_answers"),
    path("members/<str:username>/reviews/", profile.reviews, name="member_reviews"),
    path("trust/", ladder.ladder, name="trust"),
    path("media/<path:path>", media.media, name="media"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
