"""Signing up, where it concerns more than one room: whoever proves an address gets what belongs to it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest

from community.importing.handing_over import claim_authors
from community.members.adapter import MemberAdapter
from community.notifications.account_letters import dress, sender
from community.products.claiming import claim_purchases


class AccountAdapter(MemberAdapter):
    def get_from_email(self) -> str:
        return sender()

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """allauth writes plain text; the frame of all our mail comes around it."""
        return dress(super().render_mail(*args, **kwargs))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Purchases made with the address, and what was written under it in a community that was brought along."""
        is_confirmed: bool = super().confirm_email(request, email_address)
        if is_confirmed:
            claim_purchases(address=email_address.email)
            if claim_authors(address=email_address.email):
                messages.success(request, "What you wrote in our former community is on your profile now.")
        return is_confirmed
