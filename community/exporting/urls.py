"""The addresses of moving out."""

from django.urls import path

from community.exporting import views
from community.exporting.reviews import views as reviews

urlpatterns = [
    path("staff/moving/export/", views.export, name="export"),
    path("staff/reviews/export/", reviews.exports, name="review_exports"),
    path("staff/reviews/export/google.xml", reviews.google_download, name="google_reviews_download"),
    path("staff/reviews/export/<slug:name>.csv", reviews.table, name="review_table"),
    path("staff/reviews/export/address/renew/", reviews.renew, name="google_reviews_renew"),
    path("staff/reviews/export/address/close/", reviews.close, name="google_reviews_close"),
    path("feeds/google-reviews/<slug:token>.xml", reviews.google_feed, name="google_reviews"),
]
