"""The desk's addresses, and the helpful link's."""

from django.urls import path

from staff.views import acts, conversation, desk, go, insights, moderation, reply, searches

urlpatterns = [
    path("go/<str:token>/", go.go, name="go"),
    path("staff/", desk.desk, name="desk"),
    path("staff/conversations/<int:pk>/", conversation.conversation, name="conversation"),
    path("staff/conversations/<int:pk>/claim/", acts.claim, name="claim"),
    path("staff/conversations/<int:pk>/release/", acts.release, name="release"),
    path("staff/conversations/<int:pk>/take-over/", acts.take_over, name="take_over"),
    path("staff/conversations/<int:pk>/reply/", reply.reply, name="reply"),
    path("staff/conversations/<int:pk>/note/", acts.note, name="note"),
    path("staff/conversations/<int:pk>/type/", acts.choose_type, name="set_type"),
    path("staff/conversations/<int:pk>/no-reply-needed/", acts.no_reply_needed, name="no_reply_needed"),
    path("staff/conversations/<int:pk>/close/", acts.close_conversation, name="close_conversation"),
    path("staff/conversations/<int:pk>/reopen/", acts.reopen_conversation, name="reopen_conversation"),
    path("staff/threads/<int:pk>/escalate/", acts.escalate, name="escalate"),
    path("staff/posts/<int:pk>/outcome/", reply.record_outcome, name="record_outcome"),
    path("staff/moderation/", moderation.moderation, name="moderation"),
    path("staff/moderation/<int:pk>/decide/", moderation.decide, name="decide"),
    path("staff/searches/", searches.searches, name="searches"),
    path("staff/searches/csv/", searches.searches_as_csv, name="searches_csv"),
    path("staff/insights/", insights.insights, name="insights"),
    path("staff/insights/<slug:section>/<str:key>/", insights.figure, name="figure"),
]
