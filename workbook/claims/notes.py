"""Notes on a claim: sentences with formulas in braces, which are replaced by their results."""

import re
from collections.abc import Iterator, Mapping

from workbook.claims.figures import NamedFigure
from workbook.claims.formula import evaluate_formula, figure_names, validate_formula
from workbook.claims.working import PERCENTAGE_UNITS, format_rounded_result, format_short_figure

_BRACED_FORMULA = re.compile(r"\{([^{}]*)\}")


def note_formulas(note: str) -> Iterator[str]:
    """List the formulas of a note.

    Args:
        note: The note, with formulas in braces.

    Yields:
        Each formula, in order.
    """
    for match in _BRACED_FORMULA.finditer(note):
        yield match[1]


def write_note(note: str, figures: Mapping[str, NamedFigure], unit: str, precision: float) -> str:
    """Replace the formulas of a note by their results.

    Args:
        note: The note, with formulas in braces.
        figures: The figures that formulas can name, by name.
        unit: The unit of a result. A formula that is one figure's name has that figure's unit,
            and a share from a table is rounded as a result is.
        precision: The place of the last digit printed, in the unit.

    Returns:
        The sentences; empty where a figure that they need has no value.

    Raises:
        FormulaError: A formula is invalid.
    """
    formulas = list(note_formulas(note))
    for formula in formulas:
        validate_formula(formula, figures)
    used_figures = {name: figures[name] for formula in formulas for name in figure_names(formula)}
    values = {
        name: figure.value for name, figure in used_figures.items() if figure.value is not None
    }
    if len(values) < len(used_figures):
        return ""

    def format_result(match: re.Match[str]) -> str:
        sole_figure = figures.get(match[1])
        if sole_figure is not None:
            value, sole_unit = values[match[1]], sole_figure.unit
            if sole_unit in PERCENTAGE_UNITS and not sole_figure.printed:
                return format_rounded_result(value, sole_unit, precision)
            return format_short_figure(value, sole_unit)
        return format_rounded_result(evaluate_formula(match[1], values), unit, precision)

    return _BRACED_FORMULA.sub(format_result, note)
