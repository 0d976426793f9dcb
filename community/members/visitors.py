"""Who a visitor without an account is: their network address, as seen past the trusted proxies."""

from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def visitor_of(request: HttpRequest) -> str:
    """The visitor's address; “unknown” where there is none. One network of IPv6 counts as one visitor."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(IPv6Network((address, 64), strict=False).network_address) if address.version == 6 else str(address)
