"""Parsing of web addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.fetching.addresses import read_address, redirect_target
from sources.fetching.refusals import FetchRefused

READ = {
    "https://press.example.org": "https://press.example.org/",
    "  HTTPS://Press.Example.ORG/a?b=c#d \n": "https://press.example.org/a?b=c",
    "http://press.example.org:80/": "http://press.example.org/",
    "http://press.example.org:443/": "http://press.example.org:443/",
    "http://press.example.org:/": "http://press.example.org/",
    "http://press.example.org.": "http://press.example.org/",
    "http://press.example.org?q=1": "http://press.example.org/?q=1",
    "http://press.example.org/it’s": "http://press.example.org/it%E2%80%99s",
    "https://пример.рф/газ": "https://xn--e1afmkfd.xn--p1ai/%D0%B3%D0%B0%D0%B7",
    "https://ｐｒｅｓｓ。example.org/": "https://press.example.org/",
    "http://93.184.215.14/a": "http://93.184.215.14/a",
    "http://[2A00:1450:0::200E]:443/a": "http://[2a00:1450::200e]:443/a",
    "http://a_b.example.org/": "http://a_b.example.org/",
}


@pytest.mark.parametrize(("text", "url"), READ.items())
def test_an_address_is_read_as_it_will_be_sent(text: str, url: str) -> None:
    assert read_address(text).url == url


@pytest.mark.parametrize("text", READ)
def test_reading_again_what_was_read_changes_nothing(text: str) -> None:
    once = read_address(text)

    assert read_address(once.url) == once


@pytest.mark.parametrize(
    "host",
    [
        "0x7f.1",
        "0x7f000001",
        "0X7F.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.01",
        "0",
        "0x",
        "127.0.0.1.1",
        "256.1.1.1",
        "1.2.3",
        "①②⑦.0.0.①.5",
        "０ｘ７ｆ.１",
        "a.b.0x7f",
        "127。1",
    ],
)
def test_a_number_that_only_the_c_library_reads_is_no_host(host: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        read_address(f"http://{host}/")

    assert refused.value.code == "not_an_address"


def test_digits_of_other_scripts_are_read_before_a_host_is_judged() -> None:
    address = read_address("http://１２７。０．０.①/")

    assert str(address.literal) == "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_an_address"),
        ("press.example.org", "not_an_address"),
        ("//press.example.org/", "not_an_address"),
        ("localhost:8000/", "not_an_address"),
        ("http:press.example.org", "not_an_address"),
        ("http:///a", "not_an_address"),
        ("http://", "not_an_address"),
        ("http://.", "not_an_address"),
        ("http://a..example.org/", "not_an_address"),
        ("http://-a.example.org/", "not_an_address"),
        ("http://" + "a" * 64 + ".example.org/", "not_an_address"),
        ("http://" + "a." * 127 + "org/", "not_an_address"),
        ("http://press.example.org/" + "a" * 2_000, "not_an_address"),
        ("http://press.example.org/" + "ж" * 700, "not_an_address"),
        ("http://editor@press.example.org/", "not_an_address"),
        ("http://editor:secret@press.example.org/", "not_an_address"),
        ("http://press.example.org\\@127.0.0.1/", "not_an_address"),
        ("http://press.example.org/a b", "not_an_address"),
        ("http://press.example.org/\r\nX-A: b", "not_an_address"),
        ("http://press.example.org/\0", "not_an_address"),
        ("http://press.example.org\u200b/", "not_an_address"),
        ("http://press%2eexample.org/", "not_an_address"),
        ("http://127.0.0.1%00.example.org/", "not_an_address"),
        ("http://[::1/", "not_an_address"),
        ("http://::1/", "not_an_address"),
        ("http://[fe80::1%25eth0]/", "not_an_address"),
        ("http://[127.0.0.1]/", "not_an_address"),
        ("http://[::1]a/", "not_an_address"),
        ("http://press.example.org:80:80/", "not_an_address"),
        ("http://press.example.org:٨٠/", "not_an_address"),
        ("http://press.example.org:99999/", "port"),
        ("http://press.example.org:0/", "port"),
        ("ftp://press.example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://press.example.org/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/plain,a", "scheme"),
    ],
)
def test_what_is_not_read_without_doubt_is_refused(text: str, code: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        read_address(text)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(FetchRefused) as refused:
        read_address("http://editor:secret@press.example.org/")

    assert "secret" not in refused.value.message


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"http://{text}", f"https://press.example.org/{text}"):
        try:
            address = read_address(whole)
        except FetchRefused:
            continue
        assert address.url.isascii()
        assert read_address(address.url) == address


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://press.example.org/b"),
        ("b c", "https://press.example.org/a/b%20c"),
        ("?p=2", "https://press.example.org/a/?p=2"),
        ("//other.example.org/b", "https://other.example.org/b"),
        ("https://other.example.org", "https://other.example.org/"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, url: str) -> None:
    assert redirect_target(read_address("https://press.example.org/a/"), location).url == url


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://press.example.org/", "scheme"),
        ("ftp://press.example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("//127.1/", "not_an_address"),
        ("http://[::1", "not_an_address"),
        ("/a\tb", "not_an_address"),
        ("//editor@127.0.0.1/", "not_an_address"),
        ("https://press.example.org\\.evil/", "not_an_address"),
    ],
)
def test_a_redirect_that_is_not_followed_says_why(location: str, code: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        redirect_target(read_address("https://press.example.org/"), location)

    assert refused.value.code == code
