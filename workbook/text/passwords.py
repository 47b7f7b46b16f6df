"""Mask the passwords of addresses, before they are printed, logged or sent."""

import re
from typing import Final

_MASK: Final = "***"
_USER_INFO: Final = re.compile(
    r"""
    (?<=://)
    (?:
        [^\s/?\#"']*@  # a user, and perhaps a password
        | (?<=s3://)[^\s/?\#:@"']*:[^\s?\#"']*@  # a key with a slash: there is no port
        | [^\s/?\#:@"']*:(?!\d+[/?\#])[^\s"']*@  # a password with a slash; no port
    )
    """,
    re.VERBOSE,
)
_SECRET_VALUE: Final = re.compile(
    r"([?&][\w.-]*(?:key|token|secret|signature|sig|auth|password|pwd|credential)[\w.-]*=)[^&\s\"'#]+",
    re.IGNORECASE,
)


def mask_passwords(text: str) -> str:
    """Mask the users, passwords and keys of the addresses in a text.

    Args:
        text: Any text, such as an address or a message that quotes one.

    Returns:
        The text with three asterisks in their place. A text without them is unchanged.

    Example:
        >>> mask_passwords("ftp://ada:secret@example.org/archive cannot be read")
        'ftp://***@example.org/archive cannot be read'
        >>> mask_passwords("https://example.org/hook?token=abc&quarter=2014-Q2")
        'https://example.org/hook?token=***&quarter=2014-Q2'
    """
    masked = _USER_INFO.sub(f"{_MASK}@", text)
    return _SECRET_VALUE.sub(rf"\g<1>{_MASK}", masked)
