"""How allauth talks to this project: what a new account may be called."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from community.members.imitating import refuse_imitation


class MemberAdapter(DefaultAccountAdapter):
    """allauth's own behaviour, but for names that would pass for the company or its people."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        refuse_imitation(username)
        return super().clean_username(username, shallow)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing to a placeholder (RFC 2606's .invalid), which those have who came with an import."""
        if not email.lower().endswith(".invalid"):
            super().send_mail(template_prefix, email, context)
