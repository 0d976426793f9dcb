"""How allauth talks to this project: where mail links lead."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own behaviour; the place where this project's differences go."""
