"""The desk's addresses, and the helpful link's."""

from django.urls import path

from staff.views import (
    acts,
    alone,
    conversation,
    desk,
    go,
    goodwill,
    insights,
    many,
    moderation,
    reply,
    saved_views,
    searches,
)
from staff.views import messages as private

urlpatterns = [
    path("go/<str:token>/", go.go, name="go"),
    # the queue
    path("staff/", desk.desk, name="desk"),
    path("staff/queue/part/", desk.queue_part, name="queue_part"),
    path("staff/queue/claim/", many.claim_many, name="claim_many"),
    path("staff/queue/assign/", many.assign_many, name="assign_many"),
    path("staff/queue/snooze/", many.snooze_many, name="snooze_many"),
    path("staff/queue/wake/", many.wake_many, name="wake_many"),
    path("staff/queue/end/", many.end_many, name="end_many"),
    path("staff/queue/views/save/", saved_views.save_this_view, name="save_view"),
    path("staff/queue/views/<int:pk>/delete/", saved_views.delete_saved_view, name="delete_saved_view"),
    # a conversation
    path("staff/conversations/<int:pk>/", conversation.conversation, name="conversation"),
    path("staff/conversations/<int:pk>/who/", conversation.who_has_it, name="who_has_it"),
    path("staff/conversations/<int:pk>/renew/", conversation.renew_claim, name="renew_claim"),
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
    # one-to-one
    path("messages/", private.message_list, name="messages"),
    path("messages/<int:pk>/", private.message_page, name="message_page"),
    path("messages/<int:pk>/answer/", private.answer_alone, name="answer_alone"),
    path("messages/<int:pk>/seen/", private.message_seen, name="message_seen"),
    path("messages/<int:pk>/told/yes/", private.agree_to_publication, name="agree_to_publication"),
    path("messages/<int:pk>/told/no/", private.decline_publication, name="decline_publication"),
    path("messages/no-more/<str:token>/", private.no_more_personal_letters, name="no_more_personal_letters"),
    path("staff/conversations/<int:pk>/alone/", alone.alone, name="alone"),
    path("staff/conversations/<int:pk>/told/", alone.propose_publication, name="propose_publication"),
    path("staff/conversations/<int:pk>/code/", goodwill.give_coupon, name="give_coupon"),
    # goodwill
    path("staff/goodwill/", goodwill.campaigns, name="campaigns"),
    path("staff/goodwill/new/", goodwill.new_campaign, name="new_campaign"),
    path("staff/goodwill/<int:pk>/", goodwill.campaign, name="campaign"),
    path("staff/goodwill/<int:pk>/change/", goodwill.change_campaign, name="change_campaign"),
    path("staff/goodwill/<int:pk>/codes/", goodwill.bring_codes, name="bring_codes"),
    path("staff/insights/", insights.insights, name="insights"),
    path("staff/insights/<slug:section>/<str:key>/", insights.figure, name="figure"),
]
