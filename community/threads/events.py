"""The project's only signals. Each is sent after commit with ids; receivers make one task of it.

post_published  post_id            a post became visible (new, approved or restored)
post_revised    post_id            its text or title changed
post_withdrawn  post_id            it stopped being visible, or why nobody reads it changed (held, refused, deleted)
thread_changed  thread_id          something else about the thread changed (solved, closed, tags, product)
vote_changed    post_id            its helpful counts changed
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

from community.threads.models.edition import Edition

post_published = Signal()
post_revised = Signal()
post_withdrawn = Signal()
thread_changed = Signal()
vote_changed = Signal()


def announce(signal: Signal, **ids: int) -> None:
    """Send `signal` once the current transaction has committed; never when it is rolled back.

    Kept pages become old with the same commit. A receiver that fails is logged by Django and undoes nothing.
    """
    Edition.advance()
    transaction.on_commit(partial(signal.send_robust, sender=None, **ids))
