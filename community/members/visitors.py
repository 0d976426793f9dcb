"""Who a visitor without an account is: their network address, as seen past the trusted proxies, and if a person."""

import re
from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

_ROBOT = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|archiver|preview|facebookexternalhit|embedly|whatsapp|skypeuri|vkshare"
    r"|feedfetcher|feedly|mediapartners|adsbot|bingpreview|headless|phantomjs|lighthouse|pagespeed|pingdom|uptime|monitor"
    r"|scan|validator|check|curl|wget|libwww|python|httpx|aiohttp|okhttp|go-http|java/|ruby|perl|php|axios|node-fetch"
    r"|undici|postman|insomnia|safelinks|proofpoint|mimecast|barracuda",
    re.IGNORECASE,
)


def visitor_of(request: HttpRequest) -> str:
    """The visitor's address; “unknown” where there is none. One network of IPv6 counts as one visitor."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(IPv6Network((address, 64), strict=False).network_address) if address.version == 6 else str(address)


def is_robot(request: HttpRequest) -> bool:
    """Does a program say that it asks for this page, or nobody say who does?"""
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(_ROBOT.search(agent))
