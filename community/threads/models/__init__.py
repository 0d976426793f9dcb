"""What is said: one module per subject, one import for the rest of the house."""

from community.threads.models.attachment import Attachment
from community.threads.models.bookmark import Bookmark
from community.threads.models.category import Category
from community.threads.models.draft import Draft
from community.threads.models.edition import Edition
from community.threads.models.pause import Pause
from community.threads.models.post import Post, Revision
from community.threads.models.reading import ReadingDay, ThreadRead
from community.threads.models.status import Status
from community.threads.models.thread import Tag, TaggedThread, TagSynonym, Thread
from community.threads.models.vote import Vote

__all__ = [
    "Attachment",
    "Bookmark",
    "Category",
    "Draft",
    "Edition",
    "Pause",
    "Post",
    "ReadingDay",
    "Revision",
    "Status",
    "Tag",
    "TagSynonym",
    "TaggedThread",
    "Thread",
    "ThreadRead",
    "Vote",
]
