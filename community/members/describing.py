"""What a member says about themselves."""

from community.members.models import Member


def describe_oneself(*, by: Member, display_name: str, bio: str) -> bool:
    """Change one's name and words. False if they stood already."""
    if (by.display_name, by.bio) == (display_name, bio):
        return False
    by.display_name, by.bio = display_name, bio
    by.save(update_fields=["display_name", "bio"])
    return True
