"""Share of closed consultations not answered yet, by days since closing."""

import pandas as pd

from workbook.charts.figure import Figure, make_figure
from workbook.charts.marks import LABEL_SIDES, place_on_free_side
from workbook.charts.survival_curve import (
    ALL_SUBJECTS,
    COMPLETED_ONLY,
    HALF,
    at_risk_heading,
    at_risk_rows,
    survival_template,
)
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first, choose_form, format_part
from workbook.text.numbers import format_number, format_share, format_value
from workbook.topics.policymaking.answer_times import FIRST_ANSWER
from workbook.topics.policymaking.charts.empty_titles import describe_nothing
from workbook.topics.policymaking.parameters import Policymaking

_TIME = "days"
_CURVE_COLUMNS = (_TIME, "survival", "survival_low", "survival_high", "survival_completed")


def draw_answer_survival(outcome: Outcome) -> Figure:
    """Draw the survival curve of not being answered, with its interval and numbers at risk."""
    table, medians = outcome.frame("survival"), outcome.frame("medians")
    standard = outcome.scenario_of(Policymaking).standard_days
    first = medians[medians["answer"] == FIRST_ANSWER]
    title, description = (
        describe_nothing(outcome, "a date of its answer")
        if table.empty or first.empty
        else (_write_title(first.iloc[0]), _write_description(table, first.iloc[0], standard))
    )
    return make_figure(
        survival_template(_TIME, "Days since closing"),
        {
            "rows": table[list(_CURVE_COLUMNS)],
            "risk": at_risk_rows(table, _TIME),
            "head": at_risk_heading(table, "Still waiting:"),
            "half": pd.DataFrame({"survival": [HALF][: len(table)]}),
            "medians": _build_medians(table, first),
            "mark": _build_standard(table, standard),
        },
        title=title,
        subtitle=(
            "Share of closed consultations not answered yet, by days since closing. Shaded: 95%"
            " confidence interval. Dashed: answered consultations only"
        ),
        description=description,
    )


def _build_standard(table: pd.DataFrame, standard: int) -> pd.DataFrame:
    """The last day on which an answer is in time, where the curve reaches that far."""
    rows = []
    if len(table) and table[_TIME].max() >= standard:
        sides = place_on_free_side(f"{standard} days", standard, 0, table[_TIME].max())
        rows.append({_TIME: standard, **sides})
    return pd.DataFrame(rows, columns=[_TIME, *LABEL_SIDES])


def _build_medians(table: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """The medians where their curves are at one half."""
    label_columns = [f"{height}_{side}" for height in ("over", "under") for side in LABEL_SIDES]
    rows: list[dict[str, float | str]] = []
    for kind, height, column, label in (
        (COMPLETED_ONLY, "under", "median_answered", "answered only"),
        (ALL_SUBJECTS, "over", "median", "all"),
    ):
        for days in first[column].dropna():
            sides = place_on_free_side(
                f"{format_value(float(days), 'days')}: {label}", days, 0, table[_TIME].max()
            )
            texts = {f"{height}_{side}": text for side, text in sides.items()}
            point: dict[str, float | str] = {_TIME: float(days), "survival": HALF, "kind": kind}
            rows.append({**point, **dict.fromkeys(label_columns, ""), **texts})
    return pd.DataFrame(rows, columns=[_TIME, "survival", "kind", *label_columns])


def _write_title(first: "pd.Series[float]") -> str:
    answered, total = int(first["completed"]), int(first["consultations"])
    if pd.isna(first["median"]):
        part = capitalise_first(format_part(answered, total, "consultation"))
        verb = choose_form(answered or 1, "is", "are")
        return f"{part} {verb} answered, too few for a median"
    return f"Half of consultations are answered within {format_number(first['median'])} days"


def _write_description(table: pd.DataFrame, first: "pd.Series[float]", standard: int) -> str:
    answered, total = int(first["completed"]), int(first["consultations"])
    sentences = [f"{answered:,} of {total:,} consultations with known dates are answered."]
    reached = table[table[_TIME] <= standard]
    if table[_TIME].max() >= standard and len(reached):
        share = format_share(float(reached["survival"].iloc[-1]))
        sentences.append(f"After {standard} days {share} are not answered yet.")
    for column, who in (("median", "all"), ("median_answered", "answered consultations only")):
        median = first[column]
        text = "not reached" if pd.isna(median) else format_value(float(median), "days")
        sentences.append(f"Median of {who}: {text}.")
    return " ".join(sentences)
