"""IP addresses of the public internet, and all others."""

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.fetching.addresses import read_address
from sources.fetching.guard import AddressGuard, is_public
from sources.fetching.refusals import FetchRefused
from tests.sources.fetching.conftest import Names

INSIDE_FOUR = [
    "0.0.0.0",  # noqa: S104 nobody binds to it
    "0.255.0.1",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]

INSIDE_SIX = [
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::10.0.0.1",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2a00:1450:4001::5efe:7f00:1",
    "2a00:1450:4001:0:200:5efe:7f00:1",
    "4000::1",
]

OUTSIDE = [
    "8.8.8.8",
    "1.1.1.1",
    "93.184.215.14",
    "172.32.0.1",
    "100.128.0.1",
    "2a00:1450:4001:80e::200e",
]


@pytest.mark.parametrize("ip", INSIDE_FOUR + INSIDE_SIX)
def test_an_address_that_is_not_public_unicast_is_inside(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", OUTSIDE)
def test_a_public_unicast_address_is_outside(ip: str) -> None:
    assert is_public(ip_address(ip))


@given(st.ip_addresses(v=4))
def test_no_form_that_carries_an_ipv4_address_is_outside(four: IPv4Address) -> None:
    number = int(four)
    forms = [
        0xFFFF << 32 | number,
        number,
        0xFFFF_0000 << 32 | number,
        0x64_FF9B << 96 | number,
        0x64_FF9B_0001 << 80 | number,
        0x2002 << 112 | number << 80 | 1,
        0x2001_0000 << 96 | number << 64 | (number ^ 0xFFFF_FFFF),
        0x2A00_1450 << 96 | 0x0000_5EFE << 32 | number,
    ]
    assert not any(is_public(IPv6Address(form)) for form in forms)


@given(st.ip_addresses())
def test_what_python_calls_not_global_is_never_outside(ip: IPv4Address | IPv6Address) -> None:
    assert ip.is_global or not is_public(ip)


@pytest.mark.parametrize("ip", INSIDE_FOUR + INSIDE_SIX)
def test_one_answer_that_is_inside_refuses_the_name(ip: str) -> None:
    names = Names(press_example_org=[["93.184.215.14", ip]])

    with pytest.raises(FetchRefused) as refused:
        AddressGuard(resolve=names).judge(read_address("https://press.example.org/"), seconds=1)

    assert refused.value.code == "inside"
    assert ip in refused.value.message


@pytest.mark.parametrize(
    "ip", [*INSIDE_FOUR, *(f"[{six}]" for six in INSIDE_SIX if "%" not in six)]
)
def test_an_address_written_as_a_number_is_judged_without_resolving(ip: str) -> None:
    names = Names()

    with pytest.raises(FetchRefused) as refused:
        AddressGuard(resolve=names).judge(read_address(f"http://{ip}/"), seconds=1)

    assert refused.value.code == "inside"
    assert names.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "a.localhost",
        "intranet",
        "nas.local",
        "db.internal",
        "x.lan",
        "1.in-addr.arpa",
    ],
)
def test_a_name_for_ones_own_network_is_refused_without_resolving(host: str) -> None:
    names = Names()

    with pytest.raises(FetchRefused) as refused:
        AddressGuard(resolve=names).judge(read_address(f"http://{host}/"), seconds=1)

    assert refused.value.code == "inside"
    assert names.asked == []


def test_a_public_name_gives_all_its_addresses_and_is_resolved_once() -> None:
    names = Names(press_example_org=[["93.184.215.14", "2a00:1450:4001:80e::200e"]])

    found = AddressGuard(resolve=names).judge(
        read_address("https://press.example.org/a"), seconds=1
    )

    assert found.peers == ("93.184.215.14", "2a00:1450:4001:80e::200e")
    assert names.asked == ["press.example.org"]


@pytest.mark.parametrize("port", [22, 8080, 5432, 65535])
def test_other_ports_are_refused(port: int) -> None:
    with pytest.raises(FetchRefused) as refused:
        AddressGuard().judge(read_address(f"http://93.184.215.14:{port}/"), seconds=1)

    assert refused.value.code == "port"


def test_an_exception_is_for_its_address_and_port_together() -> None:
    guard = AddressGuard(inside=frozenset({("127.0.0.1", 8080)}))

    assert guard.judge(read_address("http://127.0.0.1:8080/"), seconds=1).peers == ("127.0.0.1",)
    for url in ("http://127.0.0.1/", "http://127.0.0.2:8080/", "http://93.184.215.14:8080/"):
        with pytest.raises(FetchRefused) as refused:
            guard.judge(read_address(url), seconds=1)
        assert refused.value.code == "inside"


@pytest.mark.parametrize("answer", [[], ["not an address"], ["93.184.215.14"] * 100])
def test_a_strange_answer_of_the_resolver_is_refused(answer: list[str]) -> None:
    with pytest.raises(FetchRefused):
        AddressGuard(resolve=lambda _host, _port: answer).judge(
            read_address("http://press.example.org/"), seconds=1
        )


def test_a_name_that_nobody_knows_says_so() -> None:
    with pytest.raises(FetchRefused, match=r"under the name “pres\.example\.org”") as refused:
        AddressGuard(resolve=Names()).judge(read_address("http://pres.example.org/"), seconds=1)

    assert refused.value.code == "unknown_host"


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    over = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        over.wait(5)
        raise socket.gaierror

    with pytest.raises(FetchRefused) as refused:
        AddressGuard(resolve=hang).judge(read_address("http://press.example.org/"), seconds=0.1)

    over.set()
    assert refused.value.code == "too_slow"
