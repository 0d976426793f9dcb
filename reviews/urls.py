"""This room's addresses."""

from django.urls import path

from reviews.views import api, invited, invited_mail, mine, photos, products, reviews, updating, widget, writing

urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/<slug:slug>/", products.product, name="product"),
    path("products/<slug:slug>/photos/", photos.product_photos, name="product_photos"),
    path("products/<slug:slug>/review/", writing.write_review, name="write_review"),
    path("reviews/how-reviews-work/", reviews.how_reviews_work, name="how_reviews_work"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/update/", updating.update_review, name="update_review"),
    # from a mail, without signing in
    path("invited/stop/<str:token>/", invited_mail.no_more_invitations, name="no_more_invitations"),
    path("invited/written/<str:token>/", invited_mail.written_by_invitation, name="written_by_invitation"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("invited/<str:token>/opened/", invited.invitation_opened, name="invitation_opened"),
    # one's own
    path("purchases/", mine.my_purchases, name="my_purchases"),
    path("purchases/reviews/", mine.my_reviews, name="my_reviews"),
    # on the shop's own pages
    path("api/products/<str:slug>/reviews.json", api.reviews_json, name="api_reviews"),
    path("api/products/<str:slug>/summary.json", api.summary_json, name="api_summary"),
    path("widget/v1.js", widget.script, name="widget_script"),
    path("widget/v1/sku/<path:key>.js", widget.module, {"by_sku": True}, name="widget_module_by_sku"),
    path("widget/v1/<str:key>.js", widget.module, name="widget_module"),
    path("widget/sku/<path:key>/", widget.page, {"by_sku": True}, name="widget_by_sku"),
    path("widget/<str:key>/", widget.page, name="widget"),
]
