"""The security headers of every answer."""

from collections.abc import Mapping, Sequence
from typing import Final

_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Vega and the widgets set styles of elements
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What a page may load and do. No script in a page's text runs, and none is made from text."""

POLICY_HEADER: Final = "Content-Security-Policy"


def format_policy(directives: Mapping[str, str]) -> str:
    """The text of a policy, from its directives."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


SECURITY_HEADERS: Final = {
    POLICY_HEADER: format_policy(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_VIEW_POLICY: Final = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What a view may load and do: nothing but its own text, styles and pictures."""

_ARCHIVE_POLICY: Final = {
    **_VIEW_POLICY,
    "img-src": "'self' data:",
    "script-src": "'unsafe-inline'",  # a sealed page names the hash of its only script
    "frame-ancestors": "'none'",
    "sandbox": "allow-scripts allow-downloads",
}
"""What a page of the archive may load and do. It has no access to the server's other pages."""

ARCHIVE_HEADERS: Final = {**SECURITY_HEADERS, POLICY_HEADER: format_policy(_ARCHIVE_POLICY)}


def view_headers(embed_origins: Sequence[str]) -> dict[str, str]:
    """Headers of a view of a page, which may differ from those of the pages.

    Args:
        embed_origins: Origins of the pages that may show it in a frame.

    Returns:
        The headers by name.
    """
    ancestors = " ".join(embed_origins) or "'none'"
    headers = {POLICY_HEADER: format_policy({**_VIEW_POLICY, "frame-ancestors": ancestors})}
    # The older header has no list of sites: it would forbid all.
    return headers if embed_origins else {**headers, "X-Frame-Options": "DENY"}
