"""Reviews for administrators: one file a subject. What customers said and what was logged is only ever looked up."""

from reviews.admin import attributes, insiders, invitations, records, reviews, shops, suspicion, words

__all__ = ["attributes", "insiders", "invitations", "records", "reviews", "shops", "suspicion", "words"]
