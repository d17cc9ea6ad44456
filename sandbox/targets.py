"""Where a script may connect to: listed names, port 443, and public addresses only.

Pure decisions, no I/O. A target is allowed when it is letter for letter one of the list, or a
well-formed name below a listed domain (``*.klingai.com``: its result hosts change); everything else
here only says *why* another one is refused, for whoever reads the event.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

PORT = 443
_BELOW = "*."

_HOST = re.compile(
    r"(?=.{4,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that has been given out of IPv6 for the internet. What Python calls global is the rest of
the registries' lists, and so the site-local ``fec0::/10``, which are on none, as well."""

_NOT_GLOBAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocols' own; before Python 3.11.10 a part of it counted as global
            "192.88.99.0/24",  # relays to 6to4
            "2001::/23",  # protocols' own, with Teredo, ORCHID and benchmarks
            "2002::/16",  # 6to4, which wraps any IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
"""Where ``is_global`` says yes in some version of Python and nobody's public server can be."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """A connection that must not be made; the message is the rule."""


def check_host(host: str) -> str:
    """``host`` if it can be on a list; raises ``ValueError`` saying the rule otherwise.

    ``*.example.com`` stands for every name below a domain that one provider owns; the domain has
    two labels at least.
    """
    name = host.removeprefix(_BELOW)
    if not _HOST.fullmatch(name) or _is_address(name):
        raise ValueError(
            f"{host!r} cannot be allowed: give an exact host name in lower case, without a port or "
            "a dot at the end, or *. and a domain that the provider owns"
        )
    return host


def allowed_targets(hosts: Iterable[str]) -> frozenset[bytes]:
    """The only targets that a CONNECT may name, as the bytes of ``host:443``."""
    return frozenset(f"{check_host(host)}:{PORT}".encode() for host in hosts)


def host_of(target: bytes, allowed: frozenset[bytes]) -> str:
    """The host of an allowed target; raises ``Refused`` for every other."""
    host = target.decode("ascii", "replace").rpartition(":")[0]
    if _HOST.fullmatch(host) and not _is_address(host):
        labels = host.split(".")
        above = (f"{_BELOW}{'.'.join(labels[depth:])}:{PORT}" for depth in range(1, len(labels)))
        known = target in allowed or any(name.encode() in allowed for name in above)
        if known and target == f"{host}:{PORT}".encode():
            return host
    raise Refused(_reason(target, allowed))


def _reason(target: bytes, allowed: frozenset[bytes]) -> str:
    try:
        text = target.decode("ascii")
    except UnicodeDecodeError:
        return "the target is not ASCII"
    host, colon, port = text.rpartition(":")
    if any(character < "!" or character > "~" for character in text):
        return "the target has a control character or a space"
    if "@" in text:
        return "the target has user information"
    if not colon or not port.isdigit() or "/" in text:
        return "the target is not of the form host:port"
    if _is_address(host.strip("[]")) or host.replace(".", "").isdigit() or host.startswith("0x"):
        return "the target is an address, not a name"
    if host.endswith("."):
        return "the name ends with a dot"
    if host != host.lower():
        return "the name is not in lower case"
    if f"{host}:{PORT}".encode() in allowed:
        return f"the port is not {PORT}"
    return "the name is not on this script's list"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def public(answers: Iterable[str]) -> list[str]:
    """DNS answers that may be connected to, if *all* of them may.

    Raises ``Refused`` when there is none, or when one points into a private, local, shared,
    multicast or reserved network, also wrapped in an IPv6 transition address: a name whose answers
    are mixed is not to be trusted.
    """
    addresses = list(dict.fromkeys(answers))
    if not addresses:
        raise Refused("the name has no address")
    for text in addresses:
        if not _is_public(ipaddress.ip_address(text.partition("%")[0])):
            raise Refused(f"the name points at {text}, which is not a public address")
    return addresses


def _is_public(address: Address) -> bool:
    """The library's rule, its exceptions, and for an IPv4 address within an IPv6 one the same."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if address not in _UNICAST:
            return False
    if any(address in network for network in _NOT_GLOBAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
