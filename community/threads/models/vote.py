"""Vote: did a post help the person who read it?"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.threads.models.post import Post


class Vote(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    is_helpful = models.BooleanField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_vote_per_member_and_post")]
        indexes = [models.Index(fields=["member", "-created_at"], name="vote_by_member")]

    def __str__(self) -> str:
        return f"{self.member_id} found post {self.post_id} {'helpful' if self.is_helpful else 'not helpful'}"
