"""A connection to the place that an address names, made only after that place was looked at.

The name is resolved once and the connection goes to the very address that was checked, so a name that changes its
mind between the two (DNS rebinding) leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from functools import cache
from urllib.parse import SplitResult

from deedline.errors import InputError


def connect(address: SplitResult, *, private: bool, seconds: float) -> http.client.HTTPConnection:
    """An open connection; InputError where the place is not public (unless `private`) or cannot be reached."""
    host, secure = address.hostname or "", address.scheme == "https"
    port = address.port or (443 if secure else 80)
    place = _resolved(host, port, private=private)
    try:
        reached = socket.create_connection(place, timeout=seconds)
        if secure:
            reached = _trusted().wrap_socket(reached, server_hostname=host)
    except ssl.SSLError as error:
        raise InputError(f"{host}: its certificate is not trusted ({error.reason}); check the address") from error
    except OSError as error:
        raise InputError(f"{host} port {port}: cannot be reached ({error}); check the address, or try later") from error
    made = http.client.HTTPConnection(host, port, timeout=seconds)
    made.sock = reached
    return made


def _resolved(host: str, port: int, *, private: bool) -> tuple[str, int]:
    """The first address of a name, if all of its addresses are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: no such place is known ({error}); check the address") from error
    places = [str(each[4][0]).partition("%")[0] for each in found]
    hidden = [place for place in places if not is_public(place)]
    if hidden and not private:
        raise InputError(f"{host}: is {hidden[0]}, which is no public address; --allow-private lets it be fetched")
    return places[0], port


def is_public(place: str) -> bool:
    """Whether an IP address is one that the whole internet may reach."""
    address = ipaddress.ip_address(place)
    inside = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (
        address.is_global
        and not address.is_multicast
        and (inside is None or (inside.is_global and not inside.is_multicast))
    )


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
