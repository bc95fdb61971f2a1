"""Where a request came from, as far as that can be known."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

WITH_PORT = re.compile(r"^\[?(\d+\.\d+\.\d+\.\d+|(?<=\[)[0-9a-fA-F:.]+)\]?:\d+$")  # as some proxies write it


def client_address(request: HttpRequest) -> str:
    """The client's address; an IPv6 client counts as its /64 network, which one person fills alone.

    `settings.PROXY_HOPS` says how many proxies of our own stand in front: the address the outermost of them saw is
    taken from the right end of X-Forwarded-For, which a client cannot write. With 0 the header is not read at all.
    """
    hops = settings.PROXY_HOPS
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    text = forwarded[-hops] if 0 < hops <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(WITH_PORT.sub(r"\1", text))
    except ValueError:  # a Unix socket's peer has no address
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:  # a socket that listens to both
        address = address.ipv4_mapped
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def network_of(address: str) -> str:
    """The network of a `client_address`: the /24 of an IPv4 address, the /48 of an IPv6 one."""
    try:
        network = ipaddress.ip_network(address)
    except ValueError:
        return address
    return str(network.supernet(new_prefix=24 if network.version == 4 else 48))
