"""Signing up, where it concerns more than one room: whoever proves an address gets the purchases made with it."""

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from community.members.adapter import MemberAdapter
from community.products.claiming import claim_purchases


class AccountAdapter(MemberAdapter):
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        is_confirmed: bool = super().confirm_email(request, email_address)
        if is_confirmed:
            claim_purchases(address=email_address.email)
        return is_confirmed
