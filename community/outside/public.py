"""Which network addresses a stranger's feed may lead us to: public ones, and no other machine of our own network."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# IANA's special-purpose registries, and multicast. 168.63.129.16 is a public number by which one cloud reaches its
# own machines' inside.
_CLOSED_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only what is handed out for the public network. That leaves out loopback, link-local, unique local,
# multicast, unspecified, and what carries an IPv4 address: mapped (::ffff:), compatible (::) and NAT64 (64:ff9b:).
_OPEN_V6 = IPv6Network("2000::/3")
# Within it: Teredo and other protocols' own, documentation twice, and 6to4, which carries an IPv4 address.
_CLOSED_V6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


def is_public(address: str) -> bool:
    """`address` is a number as the resolver gives it. What is no address is not public."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv4Address):
        return not any(number in network for network in _CLOSED_V4)
    return _is_public_v6(number)


def _is_public_v6(number: IPv6Address) -> bool:
    return number.scope_id is None and number in _OPEN_V6 and not any(number in network for network in _CLOSED_V6)


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
