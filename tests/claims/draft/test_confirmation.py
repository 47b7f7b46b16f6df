"""Confirmed figures: kept in a file, recognised by their sentence, checked again."""

import pytest

from tests.claims.draft.ferry_figures import FIGURES, check_text
from workbook.claims.draft.confirmation import apply_confirmations, read_confirmations
from workbook.claims.draft.matching import FigureIndex
from workbook.cli.draft_output import describe_missing, to_csv

HEADER = "number,sentence,status,confirmed,confirmed_by,confirmed_on\n"
INDEX = FigureIndex(FIGURES)


def confirm(text, rows):
    """Check a text with confirmed rows; returns the numbers and what is missing."""
    confirmations = read_confirmations(HEADER + rows, INDEX.figures)
    return apply_confirmations(check_text(text), confirmations, INDEX)


def test_a_confirmed_figure_comes_first_and_is_compared():
    rows = "45,The canteen sold 45 pies.,unsupported,C03,A Person,2020-01-05\n"
    [entry], missing = confirm("The canteen sold 45 pies.", rows)
    assert (entry.proposals[0].figure.id, entry.finding.status) == ("C03", "matched")
    assert entry.confirmation.confirmed_by == "A Person"
    assert missing == []


def test_a_sentence_is_recognised_whatever_its_numbers():
    rows = "300,The ferries made 300 trips.,matched,C01,A Person,2020-01-05\n"
    [entry], _ = confirm("The ferries made 410 trips.", rows)
    assert (entry.finding.status, entry.confirmation.status) == ("different", "matched")


def test_the_same_number_twice_in_a_sentence_is_told_apart_by_its_row():
    text = "We sold 45 pies and 45 buns."
    rows = f"45,{text},unsupported,,,\n45,{text},unsupported,C03,A Person,2020-01-05\n"
    (pies, buns), _ = confirm(text, rows)
    assert (pies.confirmation, buns.confirmation.figure) == (None, "C03")


def test_a_number_confirmed_as_no_figure_has_no_proposals():
    rows = "45,The crew has 45 sailors.,matched,none,A Person,2020-01-05\n"
    [entry], _ = confirm("The crew has 45 sailors.", rows)
    assert (entry.proposals, entry.finding.status) == ((), "unsupported")


def test_a_confirmed_sentence_that_is_gone_is_reported():
    rows = "300,The ferries made 300 trips.,matched,C01,A Person,2020-01-05\n"
    _, missing = confirm("The crew has 45 sailors.", rows)
    [sentence] = describe_missing(missing)
    assert sentence == (
        "Confirmed as C01, but its sentence is not in the draft: The ferries made 300 trips."
    )


def test_what_was_confirmed_is_kept_in_the_file_that_is_written():
    text = "The crew has 45 sailors. −3% of trips, =1+1 and +5 more."
    rows = "45,The crew has 45 sailors.,matched,C03,A Person,2020-01-05\n"
    checked, _ = confirm(text, rows)
    written = to_csv(checked).decode()
    again, missing = apply_confirmations(
        check_text(text), read_confirmations(written, INDEX.figures), INDEX
    )
    assert (again, missing) == (checked, [])


def test_a_text_that_a_spreadsheet_would_run_is_read_back():
    text = "-45 sailors left the crew."
    written = to_csv(check_text(text)).decode()
    assert "'-45," in written
    filled = written.replace(",,,\n", ",C03,A Person,2020-01-05\n")
    [entry], _ = apply_confirmations(
        check_text(text), read_confirmations(filled, INDEX.figures), INDEX
    )
    assert entry.confirmation.number == "-45"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", 'required columns "number", "sentence"'),
        (HEADER + "45,A 45.,,C99,A Person,2020-01-05\n", 'row 2: Unknown figure "C99"'),
        (HEADER + "45,A 45.,,C03,,2020-01-05\n", "row 2: confirmed_by is blank"),
        (HEADER + "45,A 45.,,C03,A Person,5 May\n", "row 2: confirmed_on must be a day"),
        (HEADER + "46,A 45.,,C03,A Person,2020-01-05\n", 'row 2: the number "46" is not in its'),
    ],
)
def test_an_invalid_file_is_rejected_with_its_row(content, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  its message is compared
        read_confirmations(content, INDEX.figures)
    assert message in str(error.value)
