"""Captions of a chart: its title, its subtitle and its description."""

from workbook.charts.figure import Figure
from workbook.topic import AnyChart

CAPTION_PARTS = ("title", "subtitle", "description")
"""The captions of a chart."""


def caption_texts(chart: AnyChart) -> dict[str, str]:
    """Title, subtitle and description of a chart.

    Args:
        chart: A figure, or a chart of Altair's.

    Returns:
        The texts by caption; empty if the chart has none.
    """
    if isinstance(chart, Figure):
        return {part: getattr(chart, part) for part in CAPTION_PARTS}
    specification = chart.to_dict()
    title = specification.get("title", "")
    title_parts = title if isinstance(title, dict) else {"text": title}
    text_lines = (
        title_parts.get("text", ""),
        title_parts.get("subtitle", ""),
        specification.get("description", ""),
    )
    texts = (" ".join([line] if isinstance(line, str) else line) for line in text_lines)
    return dict(zip(CAPTION_PARTS, texts, strict=True))
