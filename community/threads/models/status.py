"""Whether something said can be read, and by whom. Post.status decides; Thread.status mirrors its opening's."""

from django.db import models


class Status(models.TextChoices):
    PUBLISHED = "published", "Published"
    HELD = "held", "Waiting for a moderator"
    HIDDEN = "hidden", "Hidden after flags"
    REMOVED = "removed", "Removed by a moderator"
    WITHDRAWN = "withdrawn", "Deleted by its author"
