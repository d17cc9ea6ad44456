"""Targets are allowed letter for letter, and addresses only if they are public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.targets import Refused, allowed_targets, check_host, host_of, public

ALLOWED = allowed_targets(["fal.run", "queue.fal.run"])


def test_exact_name_is_allowed() -> None:
    """The host comes back without its port."""
    assert host_of(b"fal.run:443", ALLOWED) == "fal.run"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (b"fal.run.evil.example:443", "not on this script's list"),
        (b"evilfal.run:443", "not on this script's list"),
        (b"run:443", "not on this script's list"),
        (b"localhost:443", "not on this script's list"),
        (b"fal.run.:443", "ends with a dot"),
        (b"FAL.run:443", "not in lower case"),
        (b"fal.run:80", "port is not 443"),
        (b"fal.run:0443", "port is not 443"),
        (b"fal.run", "host:port"),
        (b"fal.run:", "host:port"),
        (b"fal.run:https", "host:port"),
        (b"https://fal.run:443", "host:port"),
        (b"user@fal.run:443", "user information"),
        (b"fal.run:443@evil.example:443", "user information"),
        (b"fal.run\0.evil.example:443", "control character"),
        (b"fal.run :443", "control character or a space"),
        (b"fal.run\r\nx:443", "control character"),
        ("f\u0430l.run:443".encode(), "not ASCII"),
        (b"127.0.0.1:443", "an address"),
        (b"2130706433:443", "an address"),
        (b"0x7f000001:443", "an address"),
        (b"0177.0.0.1:443", "an address"),
        (b"127.1:443", "an address"),
        (b"[::1]:443", "an address"),
        (b"[::ffff:10.0.0.1]:443", "an address"),
        (b"[fe80::1%25eth0]:443", "an address"),
        (b"", "host:port"),
    ],
)
def test_anything_else_is_refused(target: bytes, reason: str) -> None:
    """The reason says what is wrong with it."""
    with pytest.raises(Refused, match=reason):
        host_of(target, ALLOWED)


@given(st.binary(max_size=80))
def test_nothing_else_ever_gets_through(target: bytes) -> None:
    """Only the listed bytes are a target."""
    if target not in (b"fal.run:443", b"queue.fal.run:443"):
        with pytest.raises(Refused):
            host_of(target, ALLOWED)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "run",
        "*",
        "*.run",
        "*.*.fal.run",
        "fal.*",
        "fal.run.",
        "Fal.run",
        "fal.run:443",
        "1.2.3.4",
        "a_b.run",
        "-a.run",
    ],
)
def test_only_names_and_domains_can_be_listed(host: str) -> None:
    """A list with a loose wildcard, a port or an address in it is refused when it is made."""
    with pytest.raises(ValueError, match="cannot be allowed"):
        check_host(host)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "255.255.255.255",
        "224.0.0.1",
        "198.18.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:169.254.169.254",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:db8::1",
        "fec0::1",
        "feff::1",
        "::1.1.1.1",
        "::ffff:0:1.1.1.1",
        "64:ff9b:1::101:101",
        "2002:101:101::1",
        "2001::1",
        "2001:10::1",
        "2001:2::1",
        "3fff::1",
        "5f00::1",
        "100::1",
        "4000::1",
        "192.0.0.9",
        "192.0.0.171",
        "192.88.99.1",
        "192.0.2.1",
        "203.0.113.7",
    ],
)
def test_private_answers_are_refused(address: str) -> None:
    """One such answer is enough, whatever else the name points at."""
    with pytest.raises(Refused, match="not a public address"):
        public(["1.1.1.1", address])


def test_public_answers_are_kept_in_order() -> None:
    """Every answer that may be tried, once."""
    answers = ["1.1.1.1", "2606:4700:4700::1111", "1.1.1.1", "64:ff9b::101:101", "2a00:1450::1"]

    assert public(answers) == [
        "1.1.1.1",
        "2606:4700:4700::1111",
        "64:ff9b::101:101",
        "2a00:1450::1",
    ]


def test_name_without_an_address_is_refused() -> None:
    """There is nothing to connect to."""
    with pytest.raises(Refused, match="no address"):
        public([])


BELOW = allowed_targets(["*.klingai.com"])


@pytest.mark.parametrize("host", ["v15-kling.klingai.com", "a.b.klingai.com"])
def test_names_below_a_listed_domain_are_allowed(host: str) -> None:
    """A provider's own domain stands for every name below it."""
    assert host_of(f"{host}:443".encode(), BELOW) == host


@pytest.mark.parametrize(
    "target",
    [
        b"klingai.com:443",
        b"*.klingai.com:443",
        b".klingai.com:443",
        b"evilklingai.com:443",
        b"a.klingai.com.evil.example:443",
        b"a.klingai.com:80",
        b"A.klingai.com:443",
        b"a.klingai.com.:443",
        b"a@b.klingai.com:443",
        b"a\0.klingai.com:443",
        b"[::1].klingai.com:443",
        b"-.klingai.com:443",
        "é.klingai.com:443".encode(),
    ],
)
def test_nothing_else_comes_through_a_listed_domain(target: bytes) -> None:
    """Look-alikes, the bare domain, other ports and odd letters stay outside."""
    with pytest.raises(Refused):
        host_of(target, BELOW)
