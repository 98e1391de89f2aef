"""A connection to the place that an address names, made only after that place was looked at.

The name is resolved once and the connection goes to the very address that was checked, so a name that changes its
mind between the two (DNS rebinding) leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import SplitResult

from deedline.errors import InputError

_LEAST = 0.01  # seconds: none at all would mean without end
# NAT64 (RFC 6052), IPv4-mapped and IPv4-compatible: the last 32 bits are an IPv4 address.
_CARRYING = ("64:ff9b::/96", "::ffff:0:0/96", "::/96")
_LOCAL = ("64:ff9b:1::/48",)  # NAT64 of one's own network (RFC 8215)


def connect(address: SplitResult, *, private: bool, seconds: float) -> http.client.HTTPConnection:
    """An open connection; InputError where the place is not public (unless `private`) or cannot be reached."""
    host, secure = address.hostname or "", address.scheme == "https"
    port = address.port or (443 if secure else 80)
    places = _resolved(host, port, private=private)
    end = time.monotonic() + seconds
    try:
        reached = _reached(places, port, end)
        if secure:
            reached.settimeout(max(end - time.monotonic(), _LEAST))
            reached = _trusted().wrap_socket(reached, server_hostname=host)
    except ssl.SSLError as error:
        raise InputError(f"{host}: its certificate is not trusted ({error.reason}); check the address") from error
    except OSError as error:
        raise InputError(f"{host} port {port}: cannot be reached ({error}); check the address, or try later") from error
    made = http.client.HTTPConnection(host, port, timeout=seconds)
    made.sock = reached
    return made


def _reached(places: Sequence[str], port: int, end: float) -> socket.socket:
    """A connection to the first of the addresses that answers; those before the last have half of what time is left."""
    for place in places[:-1]:
        try:
            return socket.create_connection((place, port), timeout=max((end - time.monotonic()) / 2, _LEAST))
        except OSError:  # such as IPv6 where the machine has none
            continue
    return socket.create_connection((places[-1], port), timeout=max(end - time.monotonic(), _LEAST))


def _resolved(host: str, port: int, *, private: bool) -> tuple[str, ...]:
    """The addresses of a name, if all of them are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: no such place is known ({error}); check the address") from error
    places = [str(each[4][0]).partition("%")[0] for each in found]
    hidden = [place for place in places if not is_public(place)]
    if hidden and not private:
        raise InputError(f"{host}: is {hidden[0]}, which is no public address; --allow-private lets it be fetched")
    return tuple(dict.fromkeys(places))


def is_public(place: str) -> bool:
    """Whether an IP address is one that the whole internet may reach."""
    address = ipaddress.ip_address(place)
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    if address.is_site_local or any(address in network for network in _networks(_LOCAL)):
        return False
    inside = list(_inside(address))
    if inside:
        return all(each.is_global and not each.is_multicast for each in inside)
    return address.is_global and not address.is_multicast


def _inside(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for, or is carried by."""
    if any(address in network for network in _networks(_CARRYING)):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour is not None:
        yield address.sixtofour
    yield from address.teredo or ()


@cache
def _networks(words: tuple[str, ...]) -> tuple[ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.IPv6Network, words))


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
