"""What the ``index.html`` of a sealed snapshot says of each topic."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from workbook.text.grammar import capitalise_first

_SECTION: Final = re.compile(r'<section\b[^>]*\baria-labelledby="([^"]+)"')
_PARTS: Final = {
    "title": re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.DOTALL),
    "question": re.compile(r'<p class="wb-question">(.*?)</p>', re.DOTALL),
    "headline": re.compile(r'<p class="wb-headline">(.*?)</p>', re.DOTALL),
}
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class TopicText:
    """The texts of a topic, each empty where the page does not have it."""

    title: str = ""
    question: str = ""
    headline: str = ""


def read_topic_texts(page: Path) -> dict[str, TopicText]:
    """Read the texts of each topic.

    Args:
        page: The page.

    Returns:
        The texts by the topic's name; none where the page cannot be read.
    """
    try:
        html = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    _, *parts = _SECTION.split(html)
    return {
        name: TopicText(**{part: _find_text(pattern, section) for part, pattern in _PARTS.items()})
        for name, section in zip(parts[::2], parts[1::2], strict=True)
    }


def readable_name(name: str) -> str:
    """A topic's name in words, for one whose title is not known."""
    return capitalise_first(name.replace("_", " "))


def _find_text(pattern: re.Pattern[str], section: str) -> str:
    match = pattern.search(section)
    return unescape(_TAG.sub("", match[1])).strip() if match else ""
