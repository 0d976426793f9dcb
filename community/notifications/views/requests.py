"""The request as it is behind `login_required`."""

from community.members.models import Member
from community.threads.reading import Request


class MemberRequest(Request):
    user: Member
