"""The status of a number: what matches, what differs, what nothing supports, and why."""

import pytest

from tests.claims.draft.ferry_figures import FIGURES, check_text, make_claim


def check_one(text, figures=FIGURES):
    [entry] = check_text(text, figures)
    first = entry.proposals[0].figure.id if entry.proposals else None
    return first, entry.finding.status, entry.finding.basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferries made 300 trips.", ("C01", "matched", "recomputed")),
        ("The ferries made 310 trips.", ("C01", "different", "")),
        ("Of all sailings, 80% left the harbour on time.", ("C02", "different", "")),
        ("Of all sailings, 62% left the harbour on time.", ("C02", "matched", "recomputed")),
        ("Of all sailings, 70% left the harbour on time.", ("C02", "different", "")),
        ("The crew has 45 sailors.", ("C03", "matched", "as published")),
        ("The crew numbers 54 sailors.", ("C03", "different", "")),
        ("Diesel for engines cost £2.5 million.", ("C04", "unsupported", "")),
        ("Over 1,200 passengers were carried between islands.", ("F01", "matched", "as published")),
        ("The mean delay of a crossing is 18 months.", ("ferries.delay", "matched", "model")),
        ("The change in subsidy was a fall of £40,000.", ("ferries.change", "matched", "model")),
        ("The change in subsidy was a rise of £40,000.", ("ferries.change", "different", "")),
        ("The canteen sold 45 pies.", (None, "unsupported", "")),
        ("The crew cost £45.", (None, "unsupported", "")),
    ],
)
def test_a_number_is_compared_with_the_figure_that_its_words_name(text, expected):
    assert check_one(text) == expected


def test_the_working_shows_what_the_draft_has_and_what_was_recomputed():
    [entry] = check_text("Of all sailings, 70% left the harbour on time.")
    assert entry.finding.working == "The draft has 70%. Published: 80%. 186 ÷ 300 = 62%."
    [entry] = check_text("The crew has 45 sailors.")
    assert entry.finding.working == "Nothing recomputes it. Missing: the list of crew."


def test_each_number_of_a_sentence_gets_a_figure_of_its_own():
    trips, crew = check_text("With 45 sailors as crew, the ferries made 300 trips.")
    assert [entry.proposals[0].figure.id for entry in (trips, crew)] == ["C03", "C01"]
    first, second = check_text("The ferries made 300 trips, and 45 trips were cancelled.")
    assert first.proposals[0].figure.id == "C01"
    assert "C01" not in [proposal.figure.id for proposal in second.proposals]


def test_one_figure_may_stand_in_two_forms_in_a_sentence():
    checked = check_text("Of sailings, 62% (186 of 300) left the harbour on time, or about 0.62.")
    assert checked[0].proposals[0].figure.id == "C02"


def test_a_number_that_a_refuted_claim_may_state_as_well_is_never_matched():
    refuted = make_claim(
        "C09",
        "The crew numbers 45 sailors and cooks",
        "45",
        45,
        "people",
        "not reproduced",
        "contradicted",
        computed=50.0,
        working="30 + 20 = 50",
    )
    [entry] = check_text("The crew numbers 45 sailors.", (*FIGURES, refuted))
    assert entry.proposals[0].figure.id == "C03"
    assert entry.finding.status == "unsupported"
    assert "C09, which is not reproduced. 30 + 20 = 50" in entry.finding.working


def test_a_number_whose_words_fit_a_figure_with_another_value_better_is_not_matched():
    label, unknown = "Cooks aboard ships in ports", "not checkable"
    cooks = make_claim("C09", label, "54", 54, "people", unknown, unknown)
    [entry] = check_text("The crew numbers 54 sailors and cooks aboard.", (*FIGURES, cooks))
    assert entry.finding.status == "unsupported"
    assert entry.finding.working.startswith("Its words fit C03 better. The draft has 54.")


def test_a_number_in_the_section_of_a_figure_is_nearer_to_it():
    [apart] = check_text("The ferries made 300 trips.")
    [within] = check_text("Summary\n\nThe ferries made 300 trips.")
    assert within.proposals[0].score > apart.proposals[0].score


def test_another_year_makes_a_figure_less_near():
    claim = make_claim(
        "C01", "Trips of ferries in 2019", "300", 300, "count", "not checkable", "not checkable"
    )
    [same] = check_text("The ferries made 300 trips in 2019.", (claim, *FIGURES[1:]))
    [other] = check_text("The ferries made 300 trips in 2012.", (claim, *FIGURES[1:]))
    assert same.proposals[0].score > other.proposals[0].score
    assert other.proposals[0].is_other_year


def test_a_number_is_described_with_its_proposals():
    [entry] = check_text("The ferries made 300 trips.")
    record = entry.as_dict()
    assert (record["printed"], record["status"], record["confirmed"]) == ("300", "matched", None)
    [proposal] = record["proposals"]
    assert (proposal["id"], proposal["computed"], proposal["same_value"]) == ("C01", 300.0, True)
    assert 0 < proposal["words"] <= 1
