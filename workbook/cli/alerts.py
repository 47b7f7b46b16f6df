"""Alerts: tell somebody that a scheduled run failed, by a command, a web hook or a message."""

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

_SECONDS: Final = 30
"""Longest time that an alert may take."""


@dataclass(frozen=True)
class Alerts:
    """Where alerts go.

    Args:
        command: Command that reads the message from standard input; empty for none.
        url: Web hook, to which the message is posted as JSON ``{"text": …}``; empty for none.
        addresses: Addresses as the library apprise writes them, such as ``mailto://…``.

    Raises:
        ValueError: The command cannot be split into words, the web hook is no web address, or an
            address is unknown to apprise.
    """

    command: str = ""
    url: str = ""
    addresses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        try:
            shlex.split(self.command)
        except ValueError:
            raise ValueError("--alert-command cannot be read: a quotation mark is open") from None
        if self.url and not _is_web_address(self.url):
            raise ValueError("--alert-url must be a web address that begins with https://")
        if self.command and not shlex.split(self.command):
            raise ValueError("--alert-command must name a command")
        if self.addresses:
            _check_addresses(self.addresses)

    def send(self, message: str) -> list[str]:
        """Send a message to all of them.

        Args:
            message: The message.

        Returns:
            A sentence for each alert that could not be sent.
        """
        return [*self._send_all(message)]

    def _send_all(self, message: str) -> Iterator[str]:
        if self.command:
            yield from _run_command(self.command, message)
        if self.url:
            yield from _post_message(self.url, message)
        for address in self.addresses:
            if not _load_apprise([address]).notify(body=message, title="Policy Workbook"):
                yield f"The alert to {_hide_secrets(address)} could not be sent."


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _run_command(command: str, message: str) -> Iterator[str]:
    """Run a command with the message as its input. Its arguments may be secret."""
    words = shlex.split(command)
    try:
        completed = subprocess.run(  # noqa: S603  the operator's own command
            words, input=message, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        yield f"The alert command {words[0]} did not end within {_SECONDS} seconds."
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield f"The alert command {words[0]} could not be run: {reason.lower()}."
    else:
        if completed.returncode:
            yield f"The alert command {words[0]} failed with exit code {completed.returncode}."


class _NoRedirect(HTTPRedirectHandler):
    """Refuse redirects: an alert goes to the address that the operator names, and no other."""

    def redirect_request(self, *_: object) -> None:
        """Follow no redirect."""


def _post_message(url: str, message: str) -> Iterator[str]:
    """Post the message to a web hook."""
    content = json.dumps({"text": message}).encode()
    request = Request(url, content, {"Content-Type": "application/json"})  # noqa: S310  checked
    try:
        with build_opener(_NoRedirect).open(request, timeout=_SECONDS):
            pass
    except OSError as error:
        yield f"The web hook at {_hide_secrets(url)} could not be called: {error}."
    except (HTTPException, ValueError) as error:  # the message may hold the address
        yield f"The web hook at {_hide_secrets(url)} could not be called: {type(error).__name__}."


def _hide_secrets(address: str) -> str:
    """The scheme and host of an address, whose other parts may be secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}"


def _check_addresses(addresses: Iterable[str]) -> None:
    """Raise ValueError if apprise does not know an address, or is not installed."""
    for address in addresses:
        if not _load_apprise([address]):
            raise ValueError(
                f"--alert-to {_hide_secrets(address)} is not an address that apprise knows: write"
                " one such as mailto://user:password@example.org"
            )


def _load_apprise(addresses: Iterable[str]) -> Any:  # noqa: ANN401  of an extra
    """Load apprise with addresses; it is false without a known one."""
    try:
        from apprise import Apprise  # noqa: PLC0415  an extra, which few need
    except ImportError:
        raise ValueError(
            "--alert-to needs apprise, which is not installed: install policy-workbook[alerts]"
        ) from None
    messenger = Apprise()
    for address in addresses:
        messenger.add(address)
    return messenger
