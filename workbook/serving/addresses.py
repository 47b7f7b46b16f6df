"""Addresses of the server: where it listens, where it prints its pages, and what visitors use."""

import ipaddress
import os
import re
import socket
from urllib.parse import urlsplit

from jupyter_server.utils import url_path_join

_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
"""Hosts at which the browser on the server opens its pages."""

_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  compared, not bound
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host.

    Args:
        host: An IP address, or ``localhost``.

    Returns:
        True for loopback.

    Raises:
        ValueError: It is neither.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        msg = f"--host {host} is not an IP address. Give one such as 127.0.0.1 or 0.0.0.0"
        raise ValueError(msg) from None


def loopback_host(host: str) -> str:
    """The loopback host of a server that listens on this host."""
    if host in _LOOPBACK_HOSTS:
        return host
    return "::1" if host == "::" else "127.0.0.1"


def is_own_host(host: str) -> bool:
    """Whether a request's ``Host`` is this machine: ``localhost`` or any IP address.

    A page of another site can give its own name our address, and would then count as ours. It
    cannot do so with an IP address.

    Args:
        host: Name and port.

    Returns:
        True for this machine.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def hosts_to_listen(host: str) -> list[str]:
    """The host, and the loopback host where the host does not include it."""
    own_host = loopback_host(host)
    return [host] if host in {own_host, *_EVERY_ADDRESS} else [host, own_host]


def home_url(host: str, port: int, base_url: str) -> str:
    """Address of the home page; this machine's name stands for every address."""
    name = socket.gethostname() if host in _EVERY_ADDRESS else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{base_url}"


def parse_public_url(url: str, base_url: str) -> str:
    """Check the address that visitors use.

    Args:
        url: The address of the home page, with or without the last slash.
        base_url: Path prefix of all pages.

    Returns:
        The address as a browser writes it, with the last slash.

    Raises:
        ValueError: It is not such an address, or its path is not the prefix.
    """
    home = parse_home_url(url)
    path, prefix = urlsplit(home).path, url_path_join("/", base_url, "/")
    if path != prefix:
        msg = f"--public-url has the path {path} and --base-url is {prefix}. Make them the same"
        raise ValueError(msg)
    return home


def parse_home_url(url: str) -> str:
    """Check the address of a home page.

    Args:
        url: The address, with or without the last slash.

    Returns:
        The address as a browser writes it, with the last slash.

    Raises:
        ValueError: It is not such an address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not (host and host.isascii() and parts.scheme in _DEFAULT_PORTS):
        raise ValueError(_invalid_url(url))
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(_invalid_url(url))
    name = f"[{host}]" if ":" in host else host
    own_port = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{name}{own_port}{url_path_join('/', parts.path, '/')}"


def parse_origin(text: str) -> str:
    """Check the origin of pages that may show a view of ours in a frame.

    Args:
        text: Scheme, host and port, with or without the last slash.

    Returns:
        The origin as a security policy has it.

    Raises:
        ValueError: It is not one origin.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_host = text.isprintable() and _HOST_NAME.fullmatch(host) is not None
    if not is_host or parts.scheme not in _DEFAULT_PORTS or parts.path not in {"", "/"}:
        raise ValueError(_invalid_origin(text))
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(_invalid_origin(text))
    own_port = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{own_port}"


def _invalid_origin(text: str) -> str:
    return (
        f'--allow-embed "{text}" is not the address of one site. '
        "Give one such as https://intranet.example.gov.uk"
    )


def _invalid_url(url: str) -> str:
    return (
        f"--public-url {url} is not the address of a home page. "
        "Give one such as https://workbook.example.gov.uk/"
    )


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def check_port_available(host: str, port: int) -> None:
    """Check that a server can listen on a port.

    Args:
        host: Where the server listens.
        port: The port.

    Raises:
        ValueError: The host is no address, or the port is taken.
    """
    for listening_host in hosts_to_listen(host):
        with socket.socket(socket.AF_INET6 if ":" in listening_host else socket.AF_INET) as probe:
            if os.name != "nt":  # there it would share the port with whoever has it
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((listening_host, port))
            except OSError as error:
                msg = (
                    f"port {port} of {listening_host} cannot be used ({error.strerror}). "
                    "Choose another with --port"
                )
                raise ValueError(msg) from None
