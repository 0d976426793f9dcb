"""Changes what the site wears."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from community.branding.memory import publish
from community.branding.models import Branding


@transaction.atomic
def rebrand(*, by: Any, **changes: Any) -> bool:
    """Change the brand's fields and let every process see it after commit. Returns whether anything changed.

    Raises PermissionDenied for members without that right, ValidationError for values that can't be worn.
    """
    if not by.has_perm("branding.change_branding"):
        raise PermissionDenied("Only an administrator can change the site's branding.")
    branding = Branding.objects.select_for_update().first() or Branding()
    changed = {name: value for name, value in changes.items() if getattr(branding, name) != value}
    if not changed and not branding._state.adding:
        return False
    for name, value in changed.items():
        setattr(branding, name, value)
    branding.full_clean(exclude=["id"], validate_unique=False)
    branding.save()
    publish(branding.as_brand())
    return True
