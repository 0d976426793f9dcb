"""This room's addresses."""

from django.urls import path

from community.threads.views import bookmarks, commenting, drafting, editing, mentioning, photos, voting, withdrawing

urlpatterns = [
    path("posts/<int:pk>/helpful/", voting.post_helpful, name="post_helpful"),
    path("posts/<int:pk>/unhelpful/", voting.post_unhelpful, name="post_unhelpful"),
    path("posts/<int:pk>/unvote/", voting.post_unvote, name="post_unvote"),
    path("posts/<int:pk>/comment/", commenting.comment, name="comment"),
    path("posts/<int:pk>/edit/", editing.edit_post, name="edit_post"),
    path("posts/<int:pk>/history/", editing.post_history, name="post_history"),
    path("posts/<int:pk>/withdraw/", withdrawing.withdraw_post, name="withdraw_post"),
    path("posts/<int:pk>/restore/", withdrawing.restore_post, name="restore_post"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("posts/<int:pk>/bookmark/", bookmarks.keep, name="bookmark"),
    path("posts/<int:pk>/unbookmark/", bookmarks.let_go, name="unbookmark"),
    path("posts/<int:pk>/note/", bookmarks.note, name="note_bookmark"),
    path("photos/", photos.upload_photo, name="upload_photo"),
    path("photos/<int:pk>/remove/", photos.remove_photo, name="remove_photo"),
    path("preview/", drafting.preview, name="preview"),
    path("drafts/", drafting.save_draft, name="save_draft"),
    path("mentions/", mentioning.mention_choices, name="mention_choices"),
    path("drafts/discard/", drafting.discard_draft, name="discard_draft"),
]
