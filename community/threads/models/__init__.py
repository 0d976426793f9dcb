"""What is said: one module per subject, one import for the rest of the house."""

from community.threads.models.attachment import Attachment
from community.threads.models.draft import Draft
from community.threads.models.edition import Edition
from community.threads.models.post import Post, Revision
from community.threads.models.status import Status
from community.threads.models.thread import Tag, TaggedThread, Thread
from community.threads.models.vote import Vote

__all__ = ["Attachment", "Draft", "Edition", "Post", "Revision", "Status", "Tag", "TaggedThread", "Thread", "Vote"]
