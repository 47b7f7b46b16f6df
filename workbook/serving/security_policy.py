"""The security headers of every answer."""

from collections.abc import Mapping
from typing import Final

_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' blob:",  # a widget's module is a blob, which only a script can make
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
