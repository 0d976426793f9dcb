"""Who gave the replies that come with imported reviews: the company itself, as no single employee is named."""

from community.branding.models import Branding
from community.importing.authors import company_member
from community.importing.models import ImportedItem, ImportSource
from community.members.models import Member

COMPANY = "company"


def company_voice(source: ImportSource) -> Member:
    """A member called like the brand, to whom nobody can sign in; one for all sources. 1 query once it is there."""
    items = ImportedItem.objects.filter(kind=ImportedItem.Kind.AUTHOR, external_id=COMPANY, member__isnull=False)
    item = items.select_related("member").order_by("pk").first()
    if item and item.member:
        return item.member
    member = company_member(Branding.current().name)
    ImportedItem.objects.create(source=source, kind=ImportedItem.Kind.AUTHOR, external_id=COMPANY, member=member)
    return member
