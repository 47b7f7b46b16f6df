"""Recompute a figure by a formula, with its working and the data that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.claims.claim_row import ClaimRow
from workbook.claims.figures import NamedFigure
from workbook.claims.formula import evaluate_formula, figure_names, validate_formula
from workbook.claims.working import (
    PERCENTAGE_UNITS,
    format_figure,
    format_rounded_result,
    typeset_working,
)


@dataclass(frozen=True)
class Recomputation:
    """The result of a claim's formula.

    Attributes:
        value: The result in the claim's unit, or None where a figure is missing.
        missing: Which figures are missing, and why. Empty where there is a value.
        working: The formula with its numbers, or the label of the one figure that it names.
        qualifier: How the report words the one figure that the formula names. Often empty.
        is_outside: Whether there are figures, and all come from outside the report.
        is_repetition: Whether the formula names one figure only, which the report prints.
        data: The data from outside the report, each with its date.
        remarks: What else the figures' tables say about them.
    """

    value: float | None
    missing: str = ""
    working: str = ""
    qualifier: str = ""
    is_outside: bool = False
    is_repetition: bool = False
    data: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def number(self) -> float:
        """The value. Raises ValueError where it is missing."""
        if self.value is None:
            raise ValueError(self.missing)
        return self.value


def recompute_figure(
    formula: str, claim: ClaimRow, figures: Mapping[str, NamedFigure]
) -> Recomputation:
    """Recompute a claim's figure.

    Args:
        formula: The formula.
        claim: The claim, for the unit and the digits of the result.
        figures: The figures that formulas can name, by name.

    Returns:
        The result.

    Raises:
        FormulaError: The formula is invalid.
    """
    validate_formula(formula, figures)
    used_figures = [figures[name] for name in figure_names(formula)]
    if missing_reasons := [figure.reason for figure in used_figures if figure.value is None]:
        return Recomputation(None, "; ".join(dict.fromkeys(missing_reasons)))
    values = {figure.name: figure.value or 0.0 for figure in used_figures}
    value = evaluate_formula(formula, values)
    sole_figure = figures.get(formula)
    return Recomputation(
        value,
        working=_describe_working(formula, value, claim, used_figures),
        qualifier=sole_figure.qualifier if sole_figure else "",
        is_outside=bool(used_figures) and not any(figure.printed for figure in used_figures),
        is_repetition=sole_figure is not None and sole_figure.printed,
        data=tuple(dict.fromkeys(figure.data for figure in used_figures if figure.data)),
        remarks=tuple(dict.fromkeys(figure.remark for figure in used_figures if figure.remark)),
    )


def _describe_working(
    formula: str, value: float, claim: ClaimRow, used_figures: list[NamedFigure]
) -> str:
    """Write the formula with its numbers, or the label of the one figure that it names.

    A share that the tables give is rounded as the result of a formula is. Other figures are given
    in full, as published.
    """
    result = format_rounded_result(value, claim.unit, claim.precision)
    if len(used_figures) == 1 and used_figures[0].name == formula:
        [figure] = used_figures
        is_rounded = figure.unit in PERCENTAGE_UNITS and not figure.printed
        if value < 0 and figure.negative_label:
            size = format_rounded_result(-value, claim.unit, claim.precision)
            return f"{figure.negative_label}: {size}"
        return f"{figure.label}: {result if is_rounded else format_figure(value, figure.unit)}"
    texts = {
        figure.name: format_figure(figure.value or 0.0, figure.unit) for figure in used_figures
    }
    return typeset_working(formula, texts, result)
