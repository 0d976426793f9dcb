"""What a member says about themselves."""

from community.members.models import Member


def describe_oneself(*, by: Member, display_name: str, bio: str, is_shown_as_expert: bool) -> bool:
    """Change one's name, words, and whether lists of experts may name one. False if they stood already."""
    wanted = {"display_name": display_name, "bio": bio, "is_shown_as_expert": is_shown_as_expert}
    changed = [field for field, value in wanted.items() if getattr(by, field) != value]
    for field in changed:
        setattr(by, field, wanted[field])
    if changed:
        by.save(update_fields=changed)
    return bool(changed)
