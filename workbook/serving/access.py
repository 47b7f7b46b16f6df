"""Who may open the pages, and from which address.

On this machine everybody may. Beyond it a visitor needs the token, or a proxy signs visitors in.
"""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus, urlencode, urlsplit

from tornado.httputil import HTTPServerRequest

from workbook.serving.addresses import (
    is_loopback,
    is_own_host,
    origin_of,
    parse_origin,
    parse_public_url,
)

TOKEN_VARIABLE = "WORKBOOK_TOKEN"  # noqa: S105  a variable's name
PRINTER_COOKIE = "workbook-printer"

_TOKEN_PARAMETER = "token"  # noqa: S105  a parameter's name
_LEAST_TOKEN_LENGTH = 20
"""Characters of a visitors' token from which another is derived that everybody may read."""

_HEADER_PATTERN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True)
class Refusal:
    """Why a request is refused.

    Args:
        cause: For the log.
        title: Title of the page that the visitor gets.
        advice: What the visitor can do.
        program_advice: What a program can do, where that differs.
    """

    cause: str
    title: str
    advice: str
    program_advice: str = ""


@dataclass(frozen=True)
class Access:
    """Who may open the pages, and from which address.

    Args:
        token: What visitors need; empty for none.
        is_token_new: Whether the token was made for this server: nobody knows it yet.
        proxy_header: Header that a proxy sets for visitors who are signed in; empty for no proxy.
        public_url: Address of the home page that visitors use; empty if it is the server's own.
        embed_origins: Origins of the pages that may show a view of a page in a frame.
        printer_key: What the server's own browser shows to print a page.
    """

    token: str = field(default="", repr=False)
    is_token_new: bool = False
    proxy_header: str = ""
    public_url: str = ""
    embed_origins: tuple[str, ...] = ()
    printer_key: str = field(default_factory=secrets.token_urlsafe, repr=False)

    @property
    def public_origin(self) -> str:
        """Origin of the pages that visitors see; empty if it is the server's own."""
        return origin_of(self.public_url) if self.public_url else ""

    @property
    def cookie(self) -> tuple[str, str]:
        """Name and value of the cookie of a visitor who has shown the token.

        The name differs with the token: browsers give cookies to every port of a host.
        """
        digest = self._digest(b"workbook")
        return f"workbook-{digest[:8]}", digest[8:]

    @cached_property
    def embed_token(self) -> str:
        """What opens views in frames of other sites, and nothing else; empty for nothing.

        Everybody who sees such a site can read it, so each guess at the visitors' token that is
        tested against it costs much time and memory.
        """
        if not (self.token and self.embed_origins):
            return ""
        password, salt = self.token.encode(), b"workbook views"
        return hashlib.scrypt(password, salt=salt, n=2**14, r=8, p=5, dklen=24).hex()

    def _digest(self, purpose: bytes) -> str:
        return hmac.new(self.token.encode(), purpose, "sha512").hexdigest()

    def cookie_options(self, base_url: str) -> dict[str, Any]:
        """Options of every cookie. Links from other sites work, their forms and sockets do not."""
        is_secure = self.public_url.startswith("https:")
        return {"path": base_url, "samesite": "Lax", "secure": is_secure}

    def add_token(self, url: str) -> str:
        """The address with the token, if the token is new; it is no secret of the log then."""
        return f"{url}?{urlencode({_TOKEN_PARAMETER: self.token})}" if self.is_token_new else url

    def find_refusal(self, request: HTTPServerRequest) -> Refusal | None:
        """Why a request is refused.

        Args:
            request: Any request, of a page, a file or a socket.

        Returns:
            The reason; None if the request is answered.
        """
        if _has_cookie(request, PRINTER_COOKIE, self.printer_key):
            return None
        if self._has_foreign_host(request):
            return Refusal(
                f"its host is {request.host!r}. If visitors use that address, "
                "name it with --public-url",
                "This page cannot be opened at this address",
                "Open the workbook at its usual address.",
            )
        if origin := self._foreign_origin(request):
            return Refusal(
                f"it comes from a page at {origin!r} and this server's pages are at "
                f"{self.public_origin or request.host!r}. "
                "If visitors use another address, name it with --public-url",
                "This page cannot connect",
                "Open the workbook at its usual address.",
            )
        if self.proxy_header and not request.headers.get(self.proxy_header, "").strip():
            return Refusal(
                f"the proxy has not set the header {self.proxy_header}",
                "Sign in to open this page",
                "Open the workbook at its usual address, which asks you to sign in.",
            )
        if self.token and not self._has_token(request):
            return Refusal(
                "it has no valid token",
                "You need a link with a token to open this page",
                "Ask the people who run this workbook for the link. "
                "If you have opened it already, allow cookies for this site and open it again.",
                "Show the token in the header Authorization, after Bearer.",
            )
        return None

    def shows_embed_token(self, request: HTTPServerRequest) -> bool:
        """Whether the address of the request has the token of the views."""
        return bool(self.embed_token) and _shows_token(request, self.embed_token)

    def is_token_link(self, request: HTTPServerRequest) -> bool:
        """Whether the address of the request has any token, which no other handler may see."""
        return bool(self.token) and _TOKEN_PARAMETER in request.query_arguments

    def earns_cookie(self, request: HTTPServerRequest) -> bool:
        """Whether the address of the request has the token, which a cookie is to replace.

        A program that shows it in a header gets none: behind a proxy that would let the visitor
        keep what the proxy alone shows.
        """
        return bool(self.token) and _shows_token(request, self.token)

    def _has_foreign_host(self, request: HTTPServerRequest) -> bool:
        """Whether a request for pages that are open to all on this machine names another host."""
        if self.token or self.proxy_header or is_own_host(request.host):
            return False
        return request.host.lower() != urlsplit(self.public_url).netloc

    def _foreign_origin(self, request: HTTPServerRequest) -> str:
        """Origin of a socket's page, if it is not ours. Programs that are no browser send none."""
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return ""
        origin = request.headers.get("Origin", "").lower()
        if self.public_origin:
            is_own = origin == self.public_origin
        else:
            is_own = urlsplit(origin).netloc == request.host.lower()
        return "" if is_own else origin

    def _has_token(self, request: HTTPServerRequest) -> bool:
        return (
            _has_cookie(request, *self.cookie)
            or _shows_token(request, self.token)
            or _has_bearer_token(request, self.token)
        )


def _shows_token(request: HTTPServerRequest, token: str) -> bool:
    shown_tokens = request.query_arguments.get(_TOKEN_PARAMETER, [])
    return any(hmac.compare_digest(shown_token, token.encode()) for shown_token in shown_tokens)


def _has_cookie(request: HTTPServerRequest, name: str, value: str) -> bool:
    cookie = request.cookies.get(name)
    return cookie is not None and hmac.compare_digest(cookie.value.encode(), value.encode())


def _has_bearer_token(request: HTTPServerRequest, token: str) -> bool:
    """Whether a program shows the token in a header, which no page of another site can send."""
    scheme, _, shown_token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(shown_token.encode(), token.encode())


def address_without_token(path: str, query: str) -> str:
    """Path and query of a request without its token. Never another host's address."""
    pairs = query.split("&")
    kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) != _TOKEN_PARAMETER]
    own_path = "/" + path.lstrip("/\\")
    return f"{own_path}?{'&'.join(kept)}" if any(kept) else own_path


def _check_token_length(token: str) -> None:
    """Raise ValueError if a visitors' token could be guessed from the token of the views."""
    if len(token) < _LEAST_TOKEN_LENGTH:
        msg = (
            f"{TOKEN_VARIABLE} is too short for --allow-embed: it has {len(token)} characters and "
            f"needs {_LEAST_TOKEN_LENGTH}. Readers of the other site could guess it. "
            'Make one with python -c "import secrets; print(secrets.token_urlsafe())" and set that'
        )
        raise ValueError(msg)


def choose_access(  # noqa: PLR0913  each is an option of the command
    host: str,
    base_url: str,
    *,
    no_token: bool = False,
    proxy_header: str | None = None,
    public_url: str | None = None,
    embed_origins: Sequence[str] = (),
) -> Access:
    """Choose who may open the pages of a server.

    Args:
        host: Where it listens.
        base_url: Path prefix of all pages.
        no_token: Whether visitors need no token even if ``WORKBOOK_TOKEN`` is set.
        proxy_header: Header that a proxy sets for visitors who are signed in.
        public_url: Address of the home page that visitors use.
        embed_origins: Sites that may show views of the pages in a frame.

    Returns:
        The access. Beyond loopback there is a token or a proxy.

    Raises:
        ValueError: An option is invalid, everybody could open the pages from other machines, or
            the token is too short for views on other sites.
    """
    only_here = is_loopback(host)
    if proxy_header is not None and not _HEADER_PATTERN.fullmatch(proxy_header):
        msg = (
            f'--trust-proxy "{proxy_header}" is not the name of a header. '
            "Give one such as X-Forwarded-User"
        )
        raise ValueError(msg)
    if proxy_header is not None and os.environ.get(TOKEN_VARIABLE):
        msg = (
            f"With --trust-proxy no token is asked for, but {TOKEN_VARIABLE} has one. "
            "Leave out one of them"
        )
        raise ValueError(msg)
    if no_token and not only_here and proxy_header is None:
        msg = (
            f"With --no-token everybody who can reach {host} could open the pages. "
            "Leave it out, use --host 127.0.0.1, or name a proxy's header with --trust-proxy"
        )
        raise ValueError(msg)
    is_open = no_token or proxy_header is not None
    known_token = "" if is_open else os.environ.get(TOKEN_VARIABLE, "")
    is_token_new = not (is_open or only_here or known_token)
    if embed_origins and known_token:
        _check_token_length(known_token)
    return Access(
        token=secrets.token_urlsafe() if is_token_new else known_token,
        is_token_new=is_token_new,
        proxy_header=proxy_header or "",
        public_url="" if public_url is None else parse_public_url(public_url, base_url),
        embed_origins=tuple(map(parse_origin, embed_origins)),
    )
