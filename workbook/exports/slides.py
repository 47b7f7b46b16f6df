"""Convert an outcome to slides: question and answer, key figures, a chart a slide, and the record.

Tables are tables and charts are pictures with descriptions. What does not fit on the slides is in
the document and the spreadsheet.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from workbook.exports.chart_captions import caption_texts
from workbook.exports.chart_pictures import svg_to_png
from workbook.exports.document_template import reference_document
from workbook.exports.outcome_content import NO_CHANGES, OutcomeContent
from workbook.exports.outcome_parts import collect_notes
from workbook.exports.pandoc import picture_name
from workbook.exports.slide_layout import fit_type, split_rows, split_texts
from workbook.exports.static_svg import to_static_svg
from workbook.exports.word_document import (
    PROPERTIES_PART,
    convert_with_reference,
    finish_part,
)
from workbook.exports.zip_archive import normalise_zip
from workbook.outcome import INTERVAL_LABEL
from workbook.text.grammar import split_sentences
from workbook.topic import AnyChart

_MOST_FIGURES: Final = 8
"""Key figures of a topic that names none."""

_MOST_PAGES: Final = 2
"""Slides for the notes, for what was changed and for the sources, at most each."""

_PICTURE_WIDTH, _PICTURE_HEIGHT = 720, 290
"""Size of a chart in CSS pixels, in the proportions of a slide's content."""

_HIGHEST_PICTURE: Final = 2 * _PICTURE_HEIGHT
"""Height above which the type of a chart would be too small to read on a slide."""

_LEFT_OUT: Final = "The chart has too many rows for a slide. It is in the document."
_VIEW_BOX: Final = re.compile(r'viewBox="[-\d.]+ [-\d.]+ [-\d.]+ ([\d.]+)"')
_SUBTITLE_STYLE: Final = {"fontSize": 13, "fontWeight": "normal", "anchor": "start"}
_PICTURE_NAME: Final = re.compile(r'(?<= descr=")[0-9]+\.png(?=")')
_TITLE_AND_AUTHOR: Final = re.compile(r"<dc:title>[^<]*</dc:title><dc:creator>[^<]*</dc:creator>")
_SLIDE_PART: Final = re.compile(r"ppt/slides/slide\d+\.xml")
_FIGURE_SHARES: Final = (0.5, 0.2, 0.3)
_CHANGE_SHARES: Final = (0.5, 0.25, 0.25)


def to_pptx(content: OutcomeContent, template: Path | None = None) -> bytes:
    """Convert an outcome to a PPTX file.

    Args:
        content: The outcome with its charts and tables.
        template: Presentation from which the styles are taken; None for our own.

    Returns:
        The PPTX file. The same outcome and template give the same bytes.

    Raises:
        ValueError: The template is no presentation, or pandoc cannot use it.
    """
    reference = reference_document("pptx", template)
    descriptions: dict[str, str] = {}
    page = "".join(_write_slides(content, descriptions))
    cover = (
        "--slide-level=1",
        f"--metadata=subtitle:{content.outcome.headline}",
        f"--metadata=author:{content.title}",
        "--metadata=lang:en-GB",
    )
    pptx = convert_with_reference(page, "pptx", content.topic.question, reference, *cover)
    return normalise_zip(pptx, partial(_finish_part, content=content, descriptions=descriptions))


def _write_slides(content: OutcomeContent, descriptions: dict[str, str]) -> Iterator[str]:
    """Write the slides, and keep the description of each picture by its name."""
    yield from _table_slides("Key figures", _key_figures(content), _FIGURE_SHARES)
    for chart in content.charts.values():
        yield from _chart_slides(chart, descriptions)
    changes = content.changes.frame[["label", "published", "value"]]
    if changes.empty:
        yield from _list_slides("What was changed", [NO_CHANGES])
    else:
        headings = ("Assumption", "Published value", "Value here")
        rows = [headings, *changes.itertuples(index=False, name=None)]
        yield from _table_slides("What was changed", rows, _CHANGE_SHARES)
    notes = list(collect_notes(content.topic, content.outcome))
    yield from _list_slides("What to know about these figures", notes)
    # the licence comes first: many sources have more slides than are shown
    sources = [*filter(None, [content.licence_statement]), *content.sources]
    yield from _list_slides("Sources", sources)
    record = content.record.frame.itertuples(index=False, name=None)
    yield from _list_slides("Record", [f"{item}: {value}" for item, value in record])


def _key_figures(content: OutcomeContent) -> list[tuple[str, str, str]]:
    """Headings and rows of the key indicators."""
    outcome = content.outcome
    key = content.topic.key_indicators
    shown = [indicator for indicator in outcome if indicator.name in key]
    return [
        ("Indicator", "Value", INTERVAL_LABEL),
        *(
            (indicator.label, indicator.formatted_value, indicator.formatted_range)
            for indicator in shown or outcome.indicators[:_MOST_FIGURES]
        ),
    ]


def _table_slides(
    title: str, rows: Sequence[Sequence[str]], shares: Sequence[float]
) -> Iterator[str]:
    headings, *others = rows
    pages = split_rows(others, shares)
    columns = "".join(f'<col style="width:{share:.0%}">' for share in shares)
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    for number, page in enumerate(pages[:_MOST_PAGES], start=1):
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in page
        )
        yield (
            f"{_write_heading(title, number, pages)}<table><colgroup>{columns}</colgroup>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def _list_slides(title: str, texts: Sequence[str]) -> Iterator[str]:
    pages = split_texts(texts)
    for number, page in enumerate(pages[:_MOST_PAGES], start=1):
        items = "".join(f"<li>{escape(text)}</li>" for text in page)
        yield f"{_write_heading(title, number, pages)}<ul>{items}</ul>"


def _write_heading(title: str, number: int, pages: Sequence[object]) -> str:
    """Heading of one of several slides. The last says where the rest is."""
    if len(pages) == 1:
        return f"<h2>{escape(title)}</h2>"
    place = f"{number} of {min(len(pages), _MOST_PAGES)}"
    more = "; the document has more" if number == _MOST_PAGES < len(pages) else ""
    return f"<h2>{escape(title)} ({place}{more})</h2>"


def _chart_slides(chart: AnyChart, descriptions: dict[str, str]) -> Iterator[str]:
    """The slide of a chart: its picture, or its description where the picture is too high."""
    captions = caption_texts(chart)
    svg = _draw_picture(chart, captions["subtitle"])
    if _picture_height(svg) > _HIGHEST_PICTURE:
        first_page = split_texts([_LEFT_OUT, *split_sentences(captions["description"])])[0]
        yield from _list_slides(captions["title"], first_page)
        return
    source = f"data:image/png;base64,{base64.b64encode(svg_to_png(svg)).decode()}"
    descriptions[picture_name(len(descriptions))] = captions["description"] or captions["title"]
    yield f'<h2>{escape(captions["title"])}</h2><p><img src="{source}" alt=""></p>'


def _draw_picture(chart: AnyChart, subtitle: str) -> str:
    """Draw a chart with its subtitle, as SVG in the proportions of a slide where it can be."""
    spec = {**chart.to_dict(), "title": {"text": subtitle, **_SUBTITLE_STYLE}}
    if isinstance(spec.get("height"), dict):
        return to_static_svg(spec, _PICTURE_WIDTH)
    return to_static_svg({**spec, "height": _PICTURE_HEIGHT}, _PICTURE_WIDTH, autosize="fit")


def _picture_height(svg: str) -> float:
    view_box = _VIEW_BOX.search(svg)
    return float(view_box[1]) if view_box else 0.0


def _finish_part(
    part: str, text: str, *, content: OutcomeContent, descriptions: Mapping[str, str]
) -> str:
    """Fit the type of a slide and describe its pictures, or set the properties of the file."""
    if _SLIDE_PART.fullmatch(part):
        described = _PICTURE_NAME.sub(lambda name: escape(descriptions.get(name[0], "")), text)
        return fit_type(described)
    if part == PROPERTIES_PART:
        text = _TITLE_AND_AUTHOR.sub(lambda _: _write_title_and_author(content.title), text)
    return finish_part(part, text, quarter=content.outcome.scenario.quarter)


def _write_title_and_author(title: str) -> str:
    """The title of the file, and no author: pandoc takes the second line of the cover for one."""
    return f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator>"
