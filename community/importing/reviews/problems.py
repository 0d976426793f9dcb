"""Why a review was not taken, or not whole: what the codes of the report mean. And what is counted beside rows."""

COUNTS = {
    "members": "new authors, not claimed yet",
    "products": "products made",
    "replies": "replies of the company",
    "photos": "photos to send for",
    "verified": "verified by an order here",
}

SENTENCES = {
    "no_rating": "The rating is missing.",
    "bad_rating": "The rating must be a whole number from 1 to 5. Others are not rounded: that would change what was "
    "said.",
    "no_product": "The row does not say which product it is about.",
    "unknown_product": "This product is not here. Add it first, say which of yours it is (theirs = ours), or let "
    "missing products be made.",
    "long_text": "The text has more than 32,000 characters.",
    "unknown_state": "We do not know this state, and publish nothing that may not have been public.",
    "second_review": "This customer has a review of this product already. One each: the first stays.",
    "duplicate": "An earlier line of this file has a review of this product by the same customer. That one was taken.",
    "state_spam": "Marked as spam there.",
    "state_waiting": "Not published there yet.",
    "state_unpublished": "Not published there.",
    "state_flagged": "Reported there.",
    "state_deleted": "Deleted there.",
    "changed_there": "It was changed there since it came. Here it stays as it is.",
    "dropped_photos": "Some photos were left out: not an http(s) address, or more than five.",
    "author_deleted": "Its author has deleted their account here.",
}
