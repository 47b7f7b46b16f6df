"""The July 2014 report: each of its figures is a claim with a verdict."""

import re
from collections import Counter

import pytest

from tests import ROOT
from tests.topics.quarterly_report.claims.claim_tables import (
    check_bundled,
    claim_tables,
    take_up_frame,
)
from workbook.claims.check import claim_issues, verify_report
from workbook.claims.formula import figure_names
from workbook.claims.verdict import VERDICTS_OF_KIND
from workbook.topics.quarterly_report.claims.july_2014 import JULY_2014_REPORT

REPORT = ROOT.parent / "shared" / "seed" / "quarterly-progress-report-july-2014.txt"
NO_CLAIM = re.compile(
    r"\b(?:20\d\d(?: to 20\d\d)?|(?:24|1) (?:July|April)|year 1|1 to 1|70 Whitehall"
    r"|last 3 months|third[ -]part\w+)\b"
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


class TestFindings:
    """Findings argued from the report's text and from the data, not from the product's output."""

    @pytest.mark.parametrize(
        ("claim", "verdict", "kind", "working"),
        [
            # November 2012 to July 2014 is 20 months, whatever the days.
            ("C02", "not reproduced", "contradicted", "(2014 − 2012) × 12 + 7 − 11 = 20 months"),
            # A third more than 13,668 is 18,224.
            ("C70", "not reproduced", "contradicted", "17,232 ÷ 13,668 − 1 = 26.1%"),
            # Rows are one reading of volume, which the report does not define.
            ("C74", "not reproduced", "not checkable", "6,332 ÷ 10,914 = 58.0%"),
            # Both months of sales are on one side of 60%.
            (
                "C75",
                "not reproduced",
                "contradicted",
                (
                    "£95,868,700.90 ÷ £177,580,755.73 = 54.0%. £83,933,037.47 ÷ £156,618,803.68"
                    " = 53.6%"
                ),
            ),
            # The only live milestone in January 2014 is the report's own.
            (
                "C11",
                "not reproduced",
                "contradicted",
                (
                    "Full-time student finance: live milestones on the dashboard in January to"
                    " March 2014: 0"
                ),
            ),
            # £175 million lies between the sales to March and to April in the later file.
            (
                "C73",
                "not checkable",
                "within revisions",
                (
                    "G-Cloud sales to April 2014: £177,580,755.73. G-Cloud sales to March 2014:"
                    " £156,618,803.68"
                ),
            ),
            ("C06", "reproduced", "consistent within the report", "4 + 18 + 3 = 25"),
            ("C10", "reproduced", "consistent within the report", "2 + 1 = 3"),
            ("C23", "reproduced", "consistent within the report", "24% + 12% = 36%"),
            ("C61", "reproduced", "consistent within the report", "1 + 1 = 2"),
            # Each of these two rests on the other's published figure.
            (
                "C42",
                "reproduced within rounding",
                "consistent within the report",
                "1 − (4,700,000 ÷ 11,000,000)^(2 ÷ (2020 − 2014)) = 24.7%",
            ),
            (
                "C43",
                "reproduced",
                "consistent within the report",
                "11,000,000 × (1 − 25%)³ = 4.64 million",
            ),
        ],
    )
    def test_a_finding_has_its_working(self, verdicts_by_claim, claim, verdict, kind, working):
        actual = verdicts_by_claim[claim]
        assert (actual.verdict, actual.kind, actual.working) == (verdict, kind, working)

    def test_a_promise_for_2020_is_not_checkable_and_its_inconsistency_is_named(
        self, verdicts_by_claim
    ):
        claim = verdicts_by_claim["C91"]
        assert (claim.verdict, claim.kind) == ("not checkable", "not checkable")
        assert claim.missing.endswith("(due in December 2020)")
        assert claim.as_dict()["working"] == (
            "Two figures conflict: the aim for 2020 leaves fewer than 4.7 million people without"
            " the skills. The Digital Inclusion Strategy says just under 10% of adults may never"
            " gain them: about 5.1 million, by our calculation"
        )

    def test_counts_of_phases_lie_between_the_two_lists(self, verdicts_by_claim):
        """12 June has 5 and 17; 18 July has 4, and 17 beside patents that had gone live since."""
        for claim in ("C27", "C28"):
            assert verdicts_by_claim[claim].kind == "not checkable"
            assert verdicts_by_claim[claim].missing == "a list of the dashboard for 30 June 2014"
            assert "12 June 2014" in verdicts_by_claim[claim].evidence
            assert "18 July 2014" in verdicts_by_claim[claim].evidence
            assert verdicts_by_claim[claim].note == (
                "The report has 4 in alpha and 18 in beta, which would need Passports in beta by 30"
                " June. The dashboard’s milestones date that move in July 2014, and the report"
                " itself says that Passports moved into alpha that quarter. That gives 5 and 17"
            )
        assert verdicts_by_claim["C28"].working.endswith("17 + 1 = 18")

    def test_nothing_from_after_the_quarter_is_told_in_it(self):
        lists, milestones = (
            claim_tables()[f"exemplar_{name}"] for name in ("phases", "milestones")
        )
        known = claim_tables() | {
            "exemplar_phases": lists[lists["as_of"] <= "2014-06-30"],
            "exemplar_milestones": milestones[milestones["month"] <= "2014-06"],
        }
        verdicts = {one.id: one for one in verify_report(JULY_2014_REPORT, known, "2014-Q2")}
        for claim in ("C27", "C28"):
            assert verdicts[claim].note == (
                "The only list known is that of 12 June 2014: 5 in alpha and 17 in beta. Services"
                " may have moved by 30 June"
            )
        assert verdicts["C29"].note.endswith("part-time loans: see C11")
        assert verdicts["C38"].note == ""
        for verdict in verdicts.values():
            if verdict.section == "Redesigning services":
                assert "July" not in verdict.evidence

    def test_three_live_holds_but_not_for_full_time_student_finance(self, verdicts_by_claim):
        assert verdicts_by_claim["C29"].kind == "confirmed by other data"
        assert verdicts_by_claim["C29"].working.endswith("4 − 1 = 3")
        assert verdicts_by_claim["C29"].note.endswith(
            "4 on the list of 18 July less Patents, live in July, is 3"
        )
        for claim in ("C10", "C29"):
            assert "see C11" in verdicts_by_claim[claim].note

    def test_a_claim_does_not_assume_what_another_calls_unknown(self, verdicts_by_claim):
        """How many suppliers left is not known: 0 give 2.4%, 200 of whom 146 small 4 points."""
        claim = verdicts_by_claim["C68"]
        assert claim.kind == "not checkable"
        assert claim.missing.startswith("the number of suppliers that left")
        without_leavers = 0.88 / ((0.88 * 1518 - 0.93 * 439) / (1518 - 439)) - 1
        assert f"{without_leavers:.1%}" == "2.4%"
        assert "2.4%" in claim.note
        before = (1336 - 408 + 146) / (1518 - 439 + 200)
        assert round(100 * (0.88 - before)) == 4

    def test_the_base_of_21_percent_is_not_known(self, verdicts_by_claim):
        claim = verdicts_by_claim["C41"]
        assert (claim.kind, claim.computed) == ("not checkable", None)
        assert "allows: 21.3%" in claim.working
        assert "allows: 22.0%" in claim.working
        assert "is 21.7%, which would print as 22%" in claim.note
        assert "allows 21.3%, so 21% is possible" in claim.note
        assert "circular" in claim.note

    def test_the_target_holds_from_two_of_three_baselines(self, verdicts_by_claim):
        note = verdicts_by_claim["C43"].note
        assert f"{10.8 * 0.75**3:.2f} million" == "4.56 million"
        assert "leaves 4.64 million, and from 10.8 million 4.56 million. Both are fewer" in note
        assert "From 11.2 million it leaves 4.72 million, which is not" in note  # 4.725

    def test_the_saving_is_circular(self, verdicts_by_claim):
        for claim in ("C14", "C86"):
            assert verdicts_by_claim[claim].kind == "consistent within the report"
            assert "The other £57 million is not published" in verdicts_by_claim[claim].note

    def test_an_action_16_shows_at_least_16_actions(self, verdicts_by_claim):
        assert verdicts_by_claim["C01"].kind == verdicts_by_claim["C85"].kind
        assert "at least 16" in verdicts_by_claim["C01"].note
        assert "last" not in verdicts_by_claim["C85"].claim

    def test_going_live_does_not_show_when_a_service_was_assessed(self, verdicts_by_claim):
        claim = verdicts_by_claim["C38"]
        assert claim.kind == "not checkable"
        assert claim.missing.startswith("the assessment reports")
        assert claim.note.startswith("The 2 later went live (May and July 2014)")

    def test_most_adults_rests_on_a_figure_that_is_not_checkable(self, verdicts_by_claim):
        """46 million of 6.4 million ÷ 12.6%."""
        assert verdicts_by_claim["C07"].kind == verdicts_by_claim["C09"].kind == "not checkable"
        assert verdicts_by_claim["C09"].note == (
            "The 46 million itself is not checked (C07). If it is right, it is 90.6% of the 50.8"
            " million adults of the Office for National Statistics"
        )

    def test_the_list_and_the_milestones_of_student_finance_disagree(self, verdicts_by_claim):
        note = verdicts_by_claim["C11"].note
        assert note.endswith(
            "two sources disagree: its list has student finance live, its milestones have"
            " full-time applications in beta"
        )
        assert "February 2015" not in note

    def test_volume_can_be_counted_in_three_ways(self, verdicts_by_claim):
        assert verdicts_by_claim["C74"].note == (
            "These are rows of the published file of 14 July 2014. To March they give 57.8%. The"
            " report does not define volume. With repeated rows counted once it is 60%, and of"
            " suppliers’ monthly returns it is 71%"
        )

    def test_the_working_stands_before_what_is_missing(self, verdicts_by_claim):
        assert verdicts_by_claim["C74"].explanation.startswith(
            "6,332 ÷ 10,914 = 58.0%. Missing: what the report counts as volume. These are rows"
        )

    def test_a_figure_printed_twice_is_a_repetition(self, verdicts_by_claim):
        repetitions = {one.id for one in verdicts_by_claim.values() if one.is_repetition}
        assert repetitions == {"C01", "C14", "C15", "C19", "C36", "C39", "C85", "C86"}

    def test_whole_numbers_give_the_percentages_of_suppliers(self, verdicts_by_claim):
        for claim, total, counts in (("C64", "439", "407 to 410"), ("C66", "1,518", "1,329 to")):
            assert f"A whole number of {total} can give" in verdicts_by_claim[claim].working
            assert counts in verdicts_by_claim[claim].working
            assert verdicts_by_claim[claim].kind == "not checkable"
            assert verdicts_by_claim[claim].note == (
                "With a number this large, every whole percentage is possible, so this test shows"
                " nothing."
            )


class TestPlans:
    @pytest.mark.parametrize("claim", ["C12", "C16"])
    def test_three_of_four_went_live_by_september(self, verdicts_by_claim, claim):
        actual = verdicts_by_claim[claim]
        assert (actual.verdict, actual.kind) == ("not reproduced", "plan not met")
        assert actual.computed == 3

    @pytest.mark.parametrize(
        ("claim", "due"),
        [
            ("C03", "July 2014"),
            ("C21", "July 2014"),
            ("C12", "September 2014"),
            ("C16", "September 2014"),
            ("C17", "September 2014"),
            ("C18", "September 2014"),
            ("C92", "September 2014"),
            ("C04", "December 2014"),
            ("C90", "December 2014"),
        ],
    )
    def test_a_plan_is_not_checkable_before_it_is_due(self, claim, due):
        verdicts = verify_report(JULY_2014_REPORT, claim_tables(), "2014-Q2")
        [actual] = [verdict for verdict in verdicts if verdict.id == claim]
        assert actual.kind == "not checkable"
        assert actual.missing == f"the outcome (not checkable yet: due in {due})"

    def test_300_websites_need_200_by_june_at_the_pace_of_the_quarter(self, verdicts_by_claim):
        """Two quarters are left; 50 moved in the one before."""
        assert f"more than {300 - 2 * 50} must have moved by June" in verdicts_by_claim["C04"].note


class TestTrends:
    def verdicts(self, **later_costs):
        tables = claim_tables() | {"take_up": take_up_frame(**later_costs)}
        return {verdict.id: verdict for verdict in verify_report(JULY_2014_REPORT, tables)}

    def test_take_up_rises_in_both_services(self):
        """60% − 50% in each of the two, so within services and in all."""
        claim = self.verdicts()["C87"]
        assert (claim.kind, claim.computed) == ("confirmed by other data", pytest.approx(0.1))
        assert claim.note == (
            "It holds in all 8 ways to measure it, for the years to March 2014 and June 2014, each"
            " against the year before."
        )

    def test_costs_that_fall_in_every_service_are_confirmed(self):
        """0.5 to 0.41 is −18% and 0.4 to 0.36 −10%: no basket falls by less."""
        claim = self.verdicts()["C88"]
        assert (claim.kind, claim.computed) == ("confirmed by other data", pytest.approx(0.1))

    def test_costs_that_fall_in_one_service_only_are_not_settled(self):
        """One falls by 18%, two rises by 2.5%: without one, the cost rises."""
        claim = self.verdicts(two=0.41)["C88"]
        assert (claim.kind, claim.verdict) == ("not checkable", "not checkable")
        assert claim.missing == "which services and which years the report compares"
        assert claim.working.startswith("Largest rise of the cost per transaction over a year")
        assert "−" not in claim.working
        assert re.fullmatch(
            r"Cost fell in \d+ of \d+ ways of measuring it. The answer depends on which services"
            r" are left out.",
            claim.note,
        )

    def test_costs_that_rise_in_every_service_contradict(self):
        claim = self.verdicts(one=0.6, two=0.5)["C88"]
        assert (claim.kind, claim.verdict) == ("contradicted", "not reproduced")


class TestEveryClaim:
    def test_the_bundled_table_has_no_errors_and_no_warnings(self):
        report = check_bundled(JULY_2014_REPORT.claims)
        assert (report.errors, report.warnings) == ((), ())

    def test_every_claim_has_a_verdict(self, verdicts_by_claim):
        frame = claim_tables()["claims"]
        assert list(verdicts_by_claim) == frame["id"].tolist()
        assert claim_issues(verdicts_by_claim.values()) == ()
        for verdict in verdicts_by_claim.values():
            assert verdict.verdict in VERDICTS_OF_KIND[verdict.kind]

    def test_only_claims_that_are_not_checkable_name_what_is_missing(self, verdicts_by_claim):
        """But for sales by volume, which the report does not define."""
        for one in verdicts_by_claim.values():
            checkable = one.verdict != "not checkable"
            assert bool(one.missing) is (not checkable or one.id == "C74")
            assert one.working or not checkable
            assert (one.computed is not None) is (checkable or one.kind == "within revisions")

    def test_every_claim_confirmed_by_other_data_names_their_date(self, verdicts_by_claim):
        for one in verdicts_by_claim.values():
            if one.kind in {"confirmed by other data", "within revisions"}:
                assert one.data
                assert all(re.search(r"20\d\d", source) for source in one.data), one.id
            if one.is_repetition:
                assert one.data == ()

    def test_figures_of_different_things_are_not_added(self):
        """18 people hired and 16 graduates: no claim adds them."""
        formulas = claim_tables()["claims"][["formula", "other_formula", "note"]]
        for row in formulas.fillna("").itertuples(index=False):
            assert not ("F39" in " ".join(row) and "F42" in " ".join(row))

    def test_no_claim_is_checked_against_itself(self):
        facts = claim_tables()["report_facts"].set_index("id")["section"]
        claims = claim_tables()["claims"].dropna(subset="formula")
        for row in claims[claims["check"] != "share of a count"].itertuples():
            if figure_names(row.formula) == (row.formula,) and row.formula in facts.index:
                same = facts[row.formula] == row.section
                assert not same or row.printed_as in {"over 100,000", "under 100,000"}, row.claim

    def test_precision_is_the_place_of_the_last_published_digit(self):
        for row in claim_tables()["claims"].itertuples():
            if row.unit == "share":
                assert row.precision == (0.01 if "%" in row.printed_as else 0.05) or (
                    row.printed_as in {"the majority", "falling", "the rest"}
                )
            elif million := re.search(r"(\d+)(\.\d)? million", row.printed_as):
                assert row.precision == (100_000 if million[2] else 1_000_000)
            else:
                assert row.printed % row.precision == 0

    def test_as_json(self, verdicts_by_claim):
        record = verdict_with_words(verdicts_by_claim, "services on G-Cloud grew").as_dict()
        assert list(record) == [
            "id", "claim", "printed", "computed", "verdict", "kind", "working", "missing",
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
    derived |= {"rising", "falling", "everyone who can be digitally capable, will be"}
    for row in claim_tables()["claims"].itertuples():
        if row.printed_as not in derived:
            assert (row.section, row.unit, round(row.printed, 4)) in known, row.claim
    assert JULY_2014_REPORT.facts.key_columns == ("id",)
