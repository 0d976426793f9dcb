"""How allauth talks to this project: what a new account may be called."""

from allauth.account.adapter import DefaultAccountAdapter

from community.members.names import refuse_reserved


class MemberAdapter(DefaultAccountAdapter):
    """allauth's own behaviour, but for names that would speak for the company."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        refuse_reserved(username)
        return super().clean_username(username, shallow)
