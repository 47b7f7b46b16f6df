"""The styles of an OpenDocument spreadsheet: cells, columns and printed pages."""

from collections.abc import Iterator
from itertools import product

from odfdo import Document

from workbook.exports.number_formats import FORMAT_DECIMAL_PLACES, GENERAL_FORMAT

_FONT_WEIGHTS = {False: "normal", True: "bold"}
_WRAP_OPTIONS = {False: "no-wrap", True: "wrap"}
_TEXT_ALIGNMENTS = {False: "start", True: "end"}
_NUMBER_STYLES = {
    GENERAL_FORMAT: "general",
    **{number_format: f"places-{n}" for number_format, n in FORMAT_DECIMAL_PLACES.items()},
}
"""Each number format with the name of its style."""

_CHARACTER_WIDTH = 0.21
"""Width of a character in centimetres."""


def cell_style_name(number_format: str, *, bold: bool, wrapped: bool, right_aligned: bool) -> str:
    """Name the style of a cell.

    Args:
        number_format: The format of its number. An unknown format is shown as general.
        bold: Whether its text is bold.
        wrapped: Whether its text is wrapped.
        right_aligned: Whether its text is aligned to the right.

    Returns:
        The name of a style that ``add_cell_styles`` adds.
    """
    number_style = _NUMBER_STYLES.get(number_format, _NUMBER_STYLES[GENERAL_FORMAT])
    return _join_style_name(
        _FONT_WEIGHTS[bold], _WRAP_OPTIONS[wrapped], _TEXT_ALIGNMENTS[right_aligned], number_style
    )


def page_style_name(pages_wide: int) -> str:
    """Name the style of a sheet that is printed on so many pages side by side."""
    return f"across_{pages_wide}"


def column_style_name(sheet: int, column: int) -> str:
    """Name the style of a column, by the numbers of its sheet and of the column from 0."""
    return f"column_{sheet}_{column}"


def cell_styles() -> Iterator[str]:
    """Write every style that ``cell_style_name`` names."""
    yield from map(_number_style, _NUMBER_STYLES.values())
    for names in product(
        _FONT_WEIGHTS.values(),
        _WRAP_OPTIONS.values(),
        _TEXT_ALIGNMENTS.values(),
        _NUMBER_STYLES.values(),
    ):
        yield _cell_style(*names)


def add_page_style(document: Document, pages_wide: int) -> None:
    """Add the style of a sheet that is printed on so many A4 pages side by side.

    Args:
        document: The document.
        pages_wide: The number of pages.
    """
    name = page_style_name(pages_wide)
    document.insert_style(
        f'<style:page-layout style:name="{name}"><style:page-layout-properties'
        ' fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"'
        f' fo:margin="1.5cm" style:scale-to-X="{pages_wide}"/></style:page-layout>'
    )
    document.insert_style(
        f'<style:master-page style:name="{name}" style:page-layout-name="{name}"/>'
    )


def sheet_style(pages_wide: int) -> str:
    """Write the style of a sheet that is printed on so many pages side by side.

    Args:
        pages_wide: The number of pages.

    Returns:
        The style, which refers to that of ``add_page_style``.
    """
    name = page_style_name(pages_wide)
    return (
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="{name}"/>'
    )


def column_style(name: str, width: float) -> str:
    """Write the style of a column.

    Args:
        name: Its name.
        width: The width of the column in characters.

    Returns:
        The style.
    """
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{_CHARACTER_WIDTH * width:.1f}cm"/>'
        "</style:style>"
    )


def _number_style(name: str) -> str:
    """Write the style of a number, with a fixed number of decimal places or as many as needed."""
    _, _, places = name.partition("-")
    decimal_places = f' number:decimal-places="{places}" number:grouping="true"' if places else ""
    return (
        f'<number:number-style style:name="{name}">'
        f'<number:number number:min-integer-digits="1"{decimal_places}/></number:number-style>'
    )


def _join_style_name(weight: str, wrap: str, alignment: str, number_style: str) -> str:
    return f"{weight}_{wrap}_{alignment}_{number_style}"


def _cell_style(weight: str, wrap: str, alignment: str, number_style: str) -> str:
    name = _join_style_name(weight, wrap, alignment, number_style)
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:data-style-name="{number_style}">'
        f'<style:table-cell-properties fo:wrap-option="{wrap}" style:vertical-align="top"'
        ' style:text-align-source="fix" fo:padding-right="0.2cm"/>'
        f'<style:paragraph-properties fo:text-align="{alignment}"/>'
        f'<style:text-properties fo:font-weight="{weight}"/></style:style>'
    )
