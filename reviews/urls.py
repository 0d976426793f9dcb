"""This room's addresses."""

from django.urls import path

from reviews.views import products, reviews, writing

urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/<slug:slug>/", products.product, name="product"),
    path("products/<slug:slug>/review/", writing.write_review, name="write_review"),
    path("reviews/how-reviews-work/", reviews.how_reviews_work, name="how_reviews_work"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
]
