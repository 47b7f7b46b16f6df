"""Formula language: arithmetic on figures, and an error message for everything else."""

import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.claims.formula import (
    FORMULA_SYNTAX,
    FormulaError,
    evaluate_formula,
    figure_names,
    validate_formula,
)
from workbook.claims.working import format_rounded_result, typeset_working

FIGURES = {"F55": 13_668.0, "F56": 17_232.0, "F01": 0.0, "gcloud.sales": 4.0}
INVALID_FORMULAS = {
    "F99 / F55": 'Unknown figure "F99". Choose from: F55; F56; F01; gcloud.sales.',
    "gcloud.sale + 1": 'Unknown figure "gcloud.sale". Did you mean "gcloud.sales"?',
    "zebra": 'Unknown figure "zebra". Choose from: F55; F56; F01; gcloud.sales.',
    "F55 / (F56 - F56)": "divides 13,668 by zero",
    "1 / F01": "divides 1 by zero",
    "open('/etc/passwd')": f'contains "open(", a function call: {FORMULA_SYNTAX}',
    "F55.real()": f'contains "F55.real(", a function call: {FORMULA_SYNTAX}',
    "(F55)(2)": f'contains ")(", a function call: {FORMULA_SYNTAX}',
    "__import__": f'contains "__import__": {FORMULA_SYNTAX}',
    "F55.__class__": f'contains ".__class__": {FORMULA_SYNTAX}',
    "'a' + 'b'": f"contains \"'a'\": {FORMULA_SYNTAX}",
    "F55[0]": f'contains "[0]": {FORMULA_SYNTAX}',
    "1_000": f'contains "1_000": {FORMULA_SYNTAX}',
    "0x10": f'contains "0x10": {FORMULA_SYNTAX}',
    "1\n2": f'contains "2": {FORMULA_SYNTAX}',
    "1e9": f'contains "1e9": {FORMULA_SYNTAX}',
    "F55 % 2": f'contains "%": {FORMULA_SYNTAX}',
    "F55 = 1": f'contains "=": {FORMULA_SYNTAX}',
    "F55 // 2": "is not a valid formula: check its signs and brackets",
    "F55 +": "is not a valid formula: check its signs and brackets",
    "(F55": "is not a valid formula: check its signs and brackets",
    "F55 F56": "is not a valid formula: check its signs and brackets",
    "007": "is not a valid formula: check its signs and brackets",
    "": f"is blank: {FORMULA_SYNTAX}",
    " ": f"is blank: {FORMULA_SYNTAX}",
    "()": f"is not arithmetic: {FORMULA_SYNTAX}",
    "2 ** 101": "raises 2 to the power 101: the limit is 100",
    "9 ** 9 ** 9": "raises 9 to the power 387,420,489: the limit is 100",
    "F56 ** 99": "gives a number that is too large",
    f"{'9' * 150} ** 2 * {'9' * 40}": "gives a number that is too large",
    "(0 - 8) ** 0.5": "-8 to the power 0.5 is not a number",
    "1 +" * 100 + "1": "has 301 characters: the limit is 200",
}
PYTHON_KEYWORDS = [
    "None",
    "True",
    "not F55",
    "F55 or F56",
    "F55 if F55 else 1",
    "lambda",
    "F55 in F56",
    "1j",
]


class TestEvaluation:
    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            ("F56 / F55 - 1", 17_232 / 13_668 - 1),
            ("F56 ÷ F55 − 1", 17_232 / 13_668 - 1),
            ("2 × 3 + 4", 10),
            ("-2 ** 2", -4),
            ("+gcloud.sales * (1 - 0.25) ** 3", 1.6875),
            ("2 ** -1", 0.5),
            ("2 ** 100", 2.0**100),
        ],
    )
    def test_formulas_follow_the_rules_of_arithmetic(self, formula, expected):
        assert evaluate_formula(formula, FIGURES) == pytest.approx(expected, rel=1e-12)

    def test_the_names_of_figures_in_a_formula(self):
        assert figure_names("F56 / F55 + F56 - gcloud.sales") == ("F56", "F55", "gcloud.sales")


class TestInvalidFormulas:
    @pytest.mark.parametrize("formula", INVALID_FORMULAS)
    def test_the_message_explains_the_error(self, formula):
        with pytest.raises(FormulaError) as raised:
            evaluate_formula(formula, FIGURES)
        assert str(raised.value) == INVALID_FORMULAS[formula]

    @pytest.mark.parametrize("formula", PYTHON_KEYWORDS)
    def test_python_keywords_are_rejected(self, formula):
        with pytest.raises(FormulaError):
            evaluate_formula(formula, FIGURES)
        with pytest.raises(FormulaError):
            evaluate_formula(
                formula, FIGURES | dict.fromkeys(["None", "True", "lambda", "not", "in"], 1.0)
            )

    def test_validation_ignores_errors_that_depend_on_figures(self):
        validate_formula("F99 / (F55 - F55) ** 1000")

    def test_a_formula_may_be_nested_up_to_the_limit_on_its_length(self):
        assert evaluate_formula("(" * 90 + "1" + ")" * 90, FIGURES) == 1
        assert evaluate_formula("-" * 199 + "1", FIGURES) == -1
        with pytest.raises(FormulaError, match="is not a valid formula"):
            evaluate_formula("(" * 200, FIGURES)


PIECES = st.sampled_from(
    ["F55", "F01", "gcloud.sales", "1", "0", "99", "2.5", "**", "*", "/", "-", "+", "(", ")", " ",
     "open", "'", "[", ".", ",", "=", "not ", " if ", "é", "\n", "\x00", "²", "٣"]
)  # fmt: skip


class TestProperties:
    @given(st.text() | st.lists(PIECES, max_size=40).map("".join))
    @example("1if 2else 3")
    @example("\\N{DIGIT ONE}")
    @example("\ud800")
    def test_any_text_gives_a_number_or_a_formula_error(self, formula):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                result = evaluate_formula(formula, FIGURES)
            except FormulaError as error:
                assert str(error)  # noqa: PT017
            else:
                assert result == evaluate_formula(formula, FIGURES)
                assert typeset_working(formula, {}, "x") == typeset_working(formula, {}, "x")


class TestTypesetWorking:
    @pytest.mark.parametrize(
        ("formula", "typeset"),
        [
            ("F56/F55-1", "17,232 ÷ 13,668 − 1 = x"),
            ("F55 * (1 - 0.25) ** 3", "13,668 × (1 − 0.25)³ = x"),
            ("F55 ** (1 / 3)", "13,668^(1 ÷ 3) = x"),
            ("F55 ** 0.5", "13,668^0.5 = x"),
            ("-F55 + -1", "−13,668 + −1 = x"),
            ("(2014 - 2012) * 12", "(2014 − 2012) × 12 = x"),
        ],
    )
    def test_figures_are_inserted_and_signs_typeset(self, formula, typeset):
        assert typeset_working(formula, {"F55": "13,668", "F56": "17,232"}, "x") == typeset

    @pytest.mark.parametrize(
        ("value", "unit", "precision", "text"),
        [
            (0.26075, "share", 0.05, "26.1%"),
            (0.36, "share", 0.05, "36%"),
            (0.59999, "share", 0.01, "60.0%"),
            (4_640_625, "people", 100_000, "4.64 million"),
            (177_580_755.73, "GBP", 1_000_000, "£177.6 million"),
            (210_000_000, "GBP", 1_000_000, "£210 million"),
            (3, "count", 1, "3"),
            (2.5, "count", 1, "2.5"),
            (-0.02, "share", 0.01, "−2%"),
            (137.2, "people", 10, "137.2"),
        ],
    )
    def test_a_result_has_one_digit_more_than_the_published_figure(
        self, value, unit, precision, text
    ):
        assert format_rounded_result(value, unit, precision) == text
