"""Addresses of the server: loopback, the address that is printed, and the public one."""

import pytest

from workbook.serving.addresses import (
    home_url,
    hosts_to_listen,
    is_loopback,
    is_own_host,
    loopback_host,
    parse_origin,
    parse_public_url,
)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *((host, True) for host in ("127.0.0.1", "::1", "localhost", "127.0.0.2")),
        *((host, False) for host in ("0.0.0.0", "::", "10.1.2.3", "fd00::1")),
    ],
)
def test_only_this_machine_reaches_loopback(host, expected):
    assert is_loopback(host) is expected


@pytest.mark.parametrize("host", ["workbook.example.gov.uk", "", "127.0.0.1:8866", "localhost "])
def test_a_host_is_an_ip_address(host):
    with pytest.raises(ValueError, match=r"is not an IP address\. Give one such as"):
        is_loopback(host)


@pytest.mark.parametrize(
    ("host", "own_host", "hosts"),
    [
        ("127.0.0.1", "127.0.0.1", ["127.0.0.1"]),
        ("localhost", "localhost", ["localhost"]),
        ("::1", "::1", ["::1"]),
        ("0.0.0.0", "127.0.0.1", ["0.0.0.0"]),
        ("::", "::1", ["::"]),
        ("10.1.2.3", "127.0.0.1", ["10.1.2.3", "127.0.0.1"]),
    ],
)
def test_the_servers_own_browser_reaches_it_on_loopback(host, own_host, hosts):
    assert (loopback_host(host), hosts_to_listen(host)) == (own_host, hosts)


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        *(
            ("localhost", True),
            ("localhost:8866", True),
            ("127.0.0.1:80", True),
            ("[::1]:80", True),
        ),
        *(("192.0.2.1", True), ("a.example", False), ("127.0.0.1.a.example:8866", False)),
        *(("localhost.a.example", False), ("", False), ("[", False), ("a@localhost.b", False)),
    ],
)
def test_a_name_that_others_can_give_our_address_is_not_our_host(host, is_own):
    assert is_own_host(host) is is_own


def test_the_printed_address_names_a_machine(monkeypatch):
    monkeypatch.setattr("socket.gethostname", lambda: "desk")
    assert home_url("0.0.0.0", 80, "/") == "http://desk:80/"
    assert home_url("fd00::1", 8866, "/a/") == "http://[fd00::1]:8866/a/"


@pytest.mark.parametrize(
    ("url", "base_url", "expected"),
    [
        ("https://Workbook.example.gov.uk", "/", "https://workbook.example.gov.uk/"),
        ("https://workbook.example.gov.uk:443/", "/", "https://workbook.example.gov.uk/"),
        ("http://workbook.example:8080/desk", "desk", "http://workbook.example:8080/desk/"),
        ("https://[FD00::1]:80/", "/", "https://[fd00::1]:80/"),
    ],
)
def test_a_public_address_is_written_as_browsers_write_it(url, base_url, expected):
    assert parse_public_url(url, base_url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("", "workbook.example.gov.uk", "ftp://workbook.example", "https://", "https:///desk"),
        *("https://a:b/", "https://[/", "https://me@workbook.example/", "https://a.example/?b"),
    ],
)
def test_other_public_addresses_are_rejected(url):
    with pytest.raises(ValueError, match=r"is not the address of a home page\. Give one such as"):
        parse_public_url(url, "/")


def test_the_public_path_is_the_prefix_of_the_pages():
    with pytest.raises(ValueError, match=r"has the path /desk/ and --base-url is /\. Make them"):
        parse_public_url("https://workbook.example/desk", "/")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://Intranet.example.gov.uk/", "https://intranet.example.gov.uk"),
        ("https://a.example:443", "https://a.example"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_a_site_that_may_show_a_view_is_an_origin(text, origin):
    assert parse_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        *("", "*", "null", "https:", "https://*.example", "a.example", "ftp://a.example"),
        *("https://a.example/page", "https://a.example?b", "https://me@a.example", "https://[::1]"),
        *("https://a.example;script-src", "https://a.example https://b.example", "https://a:b"),
        *("https://a.example,https://b.example", "https://a.example\nx", "'self'"),
    ],
)
def test_other_sites_are_rejected(text):
    with pytest.raises(ValueError, match=r"is not the address of one site\. Give one such as"):
        parse_origin(text)
