"""What this room stores. One file a subject; import from here."""

from reviews.models.attribute import AttributeRating, AttributeSummary, ReviewAttribute
from reviews.models.campaign import InvitationCampaign
from reviews.models.insider import InsiderDomain
from reviews.models.invitation import Invitation, InvitationStop, InvitedPurchase
from reviews.models.rating import MINIMUM_WEIGHT, RatingSummary
from reviews.models.record import ReviewRecord
from reviews.models.refusal_letter import RefusalLetter
from reviews.models.review import FACTS, Review, ReviewQuerySet, ReviewVersion
from reviews.models.shop_origin import ShopOrigin
from reviews.models.suspicion import Fingerprint, SentFrom, Signal, TextBand
from reviews.models.words import ReviewWords

__all__ = [
    "FACTS",
    "MINIMUM_WEIGHT",
    "AttributeRating",
    "AttributeSummary",
    "Fingerprint",
    "InsiderDomain",
    "Invitation",
    "InvitationCampaign",
    "InvitationStop",
    "InvitedPurchase",
    "RatingSummary",
    "RefusalLetter",
    "Review",
    "ReviewAttribute",
    "ReviewQuerySet",
    "ReviewRecord",
    "ReviewVersion",
    "ReviewWords",
    "SentFrom",
    "ShopOrigin",
    "Signal",
    "TextBand",
]
