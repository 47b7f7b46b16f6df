"""The July 2014 report: each of its figures is a claim with a verdict."""

import re
from collections import Counter

import pytest

from tests import ROOT
from tests.topics.quarterly_report.claims.claim_tables import check_bundled, claim_tables
from workbook.claims.check import claim_issues, verify_report
from workbook.claims.formula import figure_names
from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

REPORT = ROOT.parent / "shared" / "seed" / "quarterly-progress-report-july-2014.txt"
NO_CLAIM = re.compile(
    r"\b(?:20\d\d(?: to 20\d\d)?|(?:24|1) (?:July|April)|phase 5|year 1|1 to 1|70 Whitehall"
    r"|(?:Every|last|next) 3 months|third[ -]part\w+)\b"
)
"""Dates, names, the length of the quarter itself."""

NUMERAL = re.compile(
    r"£?\d[\d,]*(?:\.\d+)?%?|\b(?:two|three-quarters|three|four|five|six|seven|eight|nine|ten"
    r"|halfway|half|third|second identity|majority)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def verdicts_by_claim():
    return {verdict.id: verdict for verdict in verify_report(JULY_2014_REPORT, claim_tables())}


def verdict_with_words(verdicts, *words):
    """The one verdict whose claim has all of these words."""
    (match,) = [
        verdict for verdict in verdicts.values() if all(word in verdict.claim for word in words)
    ]
    return match


class TestExamples:
    """Verdicts that the method gives as examples, and errors found in the report."""

    @pytest.mark.parametrize(
        ("words", "result", "working"),
        [
            ("services on G-Cloud grew", "not reproduced", "17,232 ÷ 13,668 − 1 = 26.1%"),
            ("more than a third of visits", "reproduced", "24% + 12% = 36%"),
            ("fewer than 4.7", "reproduced", "11,000,000 × (1 − 25%)³ = 4.64 million"),
            ("60% of sales by volume", "not reproduced", "6,332 ÷ 10,914 = 58.0%"),
            (
                "to the end of April",
                "not reproduced",
                "G-Cloud sales to April 2014: £177,580,755.73",
            ),
            ("18 months old", "not reproduced", "(2014 − 2012) × 12 + 7 − 11 = 20"),
            (
                "read as growth",
                "not reproduced",
                "88% ÷ ((88% × 1,518 − 93% × 439) ÷ (1,518 − 439)) − 1 = 2.4%",
            ),
            ("to go live by the end of September", "not reproduced", "6 − 3 = 3"),
            ("take-up is rising", "reproduced", "60% − 50% = 10 points"),
            ("cost of transactions is falling", "reproduced", "1 − 0.9 = 10%"),
            ("counted by phase", "reproduced", "4 + 18 + 3 = 25"),
            ("the one before", "reproduced", "2 + 1 = 3"),
            ("About 21%", "reproduced within rounding", "11,000,000 ÷ (6,400,000 ÷ 12.6%) = 21.7%"),
            (
                "a quarter every two years",
                "reproduced within rounding",
                "1 − (4,700,000 ÷ 11,000,000)^(2 ÷ (2020 − 2014)) = 24.7%",
            ),
            ("most of the adults", "reproduced", "46,000,000 ÷ (6,400,000 ÷ 12.6%) = 90.6%"),
        ],
    )
    def test_claims_have_verdict_and_working(self, verdicts_by_claim, words, result, working):
        one = verdict_with_words(verdicts_by_claim, words)
        assert (one.verdict, one.working) == (result, working)

    def test_claims_that_rest_only_on_the_same_report_are_marked(self, verdicts_by_claim):
        repeated = {value.id for value in verdicts_by_claim.values() if value.repeated}
        assert verdict_with_words(verdicts_by_claim, "the year to March 2014").id in repeated
        assert (
            verdict_with_words(verdicts_by_claim, "more than a third of visits").id not in repeated
        )
        assert len(repeated) == 11

    def test_sixty_percent_by_value(self, verdicts_by_claim):
        one = verdict_with_words(verdicts_by_claim, "60% of sales by value")
        assert one.verdict == "not reproduced"
        assert one.computed == pytest.approx(0.53986, abs=1e-7)
        assert one.working.endswith("÷ £177,580,755.73 = 54.0%")

    @pytest.mark.parametrize(
        ("words", "computed", "result"),
        [
            ("in alpha", 5, "not reproduced"),
            ("in beta at", 17, "not reproduced"),
            ("were live at the end", 3, "reproduced"),
            ("by their numbers", 25, "reproduced"),
            ("Two exemplars went live", 2, "reproduced"),
            ("student finance", 0, "not reproduced"),
        ],
    )
    def test_exemplar_counts_from_the_dashboard(self, verdicts_by_claim, words, computed, result):
        one = verdict_with_words(verdicts_by_claim, words)
        assert (one.computed, one.verdict) == (computed, result)

    def test_a_figure_published_twice_is_checked_against_the_other_page(self, verdicts_by_claim):
        for words in ("2013–14", "the year to March 2014", "May and June", "100,000 transactions"):
            for one in verdicts_by_claim.values():
                if words in one.claim:
                    assert one.verdict == "reproduced", one.claim


class TestEveryClaim:
    def test_the_bundled_table_has_no_errors_and_no_warnings(self):
        report = check_bundled(JULY_2014_REPORT.claims)
        assert (report.errors, report.warnings) == ((), ())

    def test_every_claim_has_a_verdict(self, verdicts_by_claim):
        frame = claim_tables()["claims"]
        assert list(verdicts_by_claim) == frame["id"].tolist()
        assert claim_issues(verdicts_by_claim.values()) == ()
        assert Counter(value.verdict for value in verdicts_by_claim.values()) == {
            "reproduced": 22,
            "reproduced within rounding": 2,
            "not reproduced": 10,
            "not checkable": 51,
        }

    def test_only_claims_that_are_not_checkable_name_what_is_missing(self, verdicts_by_claim):
        for one in verdicts_by_claim.values():
            checkable = one.verdict != "not checkable"
            assert bool(one.missing) is not checkable
            assert bool(one.working) is checkable
            assert (one.computed is not None) is checkable

    def test_no_claim_is_checked_against_itself(self):
        facts = claim_tables()["report_facts"].set_index("id")["section"]
        for row in claim_tables()["claims"].dropna(subset="formula").itertuples():
            if figure_names(row.formula) == (row.formula,) and row.formula in facts.index:
                same = facts[row.formula] == row.section
                assert not same or row.printed_as in {"over 100,000", "under 100,000"}, row.claim

    def test_a_plan_cannot_be_checked_before_its_result_is_known(self):
        seen = claim_tables()["exemplar_phases"][lambda frame: frame["as_of"] < "2014-07"]
        tables = claim_tables() | {"exemplar_phases": seen}
        one = verdict_with_words(
            {v.id: v for v in verify_report(JULY_2014_REPORT, tables)},
            "to go live by the end",
        )
        assert one.verdict == "not checkable"
        assert one.missing.startswith("Exemplar services live on 30 September 2014")

    def test_precision_is_the_place_of_the_last_published_digit(self):
        for row in claim_tables()["claims"].itertuples():
            if row.unit == "share":
                assert row.precision == (0.01 if "%" in row.printed_as else 0.05) or (
                    row.printed_as in {"the majority", "falling"}
                )
            elif million := re.search(r"(\d+)(\.\d)? million", row.printed_as):
                assert row.precision == (100_000 if million[2] else 1_000_000)
            else:
                assert row.printed % row.precision == 0

    def test_as_json(self, verdicts_by_claim):
        record = verdict_with_words(verdicts_by_claim, "services on G-Cloud grew").as_dict()
        assert list(record) == [
            "id", "claim", "printed", "computed", "verdict", "working", "missing",
        ]  # fmt: skip
        assert record["computed"] == pytest.approx(0.2608, abs=1e-4)
        assert (record["printed"], record["missing"]) == (pytest.approx(1 / 3), "")


@pytest.mark.skipif(not REPORT.is_file(), reason="the report's text lies outside the project")
class TestNumerals:
    def test_every_numeral_of_the_report_is_a_claim(self):
        frame = claim_tables()["claims"]
        for section, text in report_sections().items():
            printed = " ".join(frame.loc[frame["section"] == section, "printed_as"]).lower()
            claimed_numerals = Counter(
                printed_number.lower() for printed_number in NUMERAL.findall(printed)
            )
            for numeral in NUMERAL.findall(NO_CLAIM.sub("", text)):
                assert claimed_numerals[numeral.lower().rstrip(",")], (section, numeral)

    def test_every_claim_is_in_its_section(self):
        texts = {name: text.lower() for name, text in report_sections().items()}
        for row in claim_tables()["claims"].itertuples():
            for numeral in NUMERAL.findall(row.printed_as):
                assert numeral.lower() in texts[row.section], row.claim

    def test_every_section_with_facts_has_claims(self):
        frame = claim_tables()["claims"]
        assert set(claim_tables()["report_facts"]["section"]) == set(frame["section"])
        assert set(frame["section"]) | {"Digital policymaking"} == set(report_sections())


def report_sections():
    """The report's text by its headings."""
    heads = [
        "Introduction",
        *dict.fromkeys(claim_tables()["claims"]["section"]),
        "Digital policymaking",
    ]
    text_by_heading, now = {"Introduction": ""}, "Introduction"
    for line in REPORT.read_text(encoding="utf-8").splitlines():
        if line.strip() in heads and line.strip() not in text_by_heading:
            now = line.strip()
        text_by_heading[now] = text_by_heading.get(now, "") + line + "\n"
    return text_by_heading


def test_facts_and_claims_say_the_same():
    """A claim's published value equals a fact in its section and unit."""
    facts = claim_tables()["report_facts"]
    known = {(row.section, row.unit, round(row.value, 4)) for row in facts.itertuples()}
    derived = {"in January", "the majority", "over a third", "a third", "18 months"}
    derived |= {"rising", "falling"}
    for row in claim_tables()["claims"].itertuples():
        if row.printed_as not in derived:
            assert (row.section, row.unit, round(row.printed, 4)) in known, row.claim
    assert JULY_2014_REPORT.facts.key_columns == ("id",)
