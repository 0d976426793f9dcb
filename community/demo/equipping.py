"""What the demo's desk works with: promises, holidays, saved replies, links to recommend, and coupons to give."""

from datetime import date

from django.db import transaction

from community.demo.content import Row, read
from community.members.models import Member
from community.threads.models import Category
from staff.models import Campaign, CompanyLink, Coupon, DeskSettings, Holiday, SavedReply, SlaPolicy


@transaction.atomic
def load_equipment(year: int) -> int:
    """With the holidays of `year` and the next; how many saved replies. Nothing if the desk has some of its own."""
    if SavedReply.objects.exists() or CompanyLink.objects.exists():
        return 0
    desk = read("desk")
    DeskSettings.objects.filter(pk=1).update(category_words="\n".join(desk["category_words"]))
    for place, row in enumerate(desk["policy"]):
        _load_policy(place, row)
    for row in desk["campaign"]:
        _load_campaign(row)
    Holiday.objects.bulk_create(_holidays(year) + _holidays(year + 1), ignore_conflicts=True)
    CompanyLink.objects.bulk_create(CompanyLink(**{**row, "words": "\n".join(row["words"])}) for row in desk["link"])
    author = Member.objects.get(username="responder")
    replies = SavedReply.objects.bulk_create(
        SavedReply(**row, written_by=author, times_used=(place * 7) % 11 + 2)
        for place, row in enumerate(desk["saved_reply"])
    )
    return len(replies)


def _load_policy(place: int, row: Row) -> None:
    category = Category.objects.get(slug=row["category"]) if "category" in row else None
    SlaPolicy.objects.get_or_create(name=row["name"], defaults={**row, "position": place, "category": category})


def _load_campaign(row: Row) -> None:
    campaign, _ = Campaign.objects.get_or_create(name=row["name"], defaults={"terms": row["terms"]})
    Coupon.objects.bulk_create((Coupon(campaign=campaign, code=code) for code in row["codes"]), ignore_conflicts=True)


def _holidays(year: int) -> list[Holiday]:
    days = [(1, 1, "New Year's Day"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day")]
    return [Holiday(day=date(year, month, day), name=name) for month, day, name in days]
