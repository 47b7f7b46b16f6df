"""Tests of advice for cells that are not numbers."""

import pytest

from workbook.cli.main import main
from workbook.tables.number_advice import describe_non_number


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("4.28m", "write 4280000 in full"),
        ("4.2k", "write 4200 in full"),
        ("-1.5 Million", "write -1500000 in full"),
        ("£1.2bn", "write 1200000000 in full"),
        ("£5", "write 5"),
        ("-£1,234", "write -1234"),
        ("40,000", "write 40000"),
        ("1,234*", "write 1234 without the footnote mark"),
        ("1234 r", "write 1234 without the footnote mark"),
        ("1234 [note 2]", "write 1234 without the footnote mark"),
        ("n/a", "leave the cell blank if there is no figure"),
        ("#REF!", "leave the cell blank if there is no figure"),
        ("<5", "leave the cell blank if a small number is withheld"),
        ("47%", "give the count, not the percentage"),
    ],
)
def test_a_whole_number_written_another_way_has_advice(cell, advice):
    assert describe_non_number(cell, "Int64") == f'"{cell}" is not a whole number: {advice}'


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("47%", "write 0.47"),
        ("12.5 %", "write 0.125"),
        ("100%", "write 1"),
        ("£5.50", "write 5.50"),
        (".5*", "write .5 without the footnote mark"),
        ("4.28m", "write 4280000 in full"),
    ],
)
def test_a_number_written_another_way_has_advice(cell, advice):
    assert describe_non_number(cell, "float64") == f'"{cell}" is not a number: {advice}'


@pytest.mark.parametrize(
    "cell", ["many", "£5.50", "1.5*", "1.2345k", "4b", "47p", "5 days", "1,5", "9" * 50]
)
def test_there_is_no_advice_where_the_meaning_is_unclear_or_would_be_rejected(cell):
    assert describe_non_number(cell, "Int64") == f'"{cell}" is not a whole number'


def test_the_check_command_gives_the_advice(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    header = "measure,population,period,people,share,sample_size,source"
    row = "lacks basic digital skills,UK adults,2014-04,11m,21%,4.2k,Our survey"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["check", str(path), "--table", "inclusion_observed"])
    printed = "".join(capsys.readouterr())
    assert '"11m" is not a whole number: write 11000000 in full' in printed
    assert "row 2, column share: 21% is read as 0.21" in printed
    assert '"4.2k" is not a whole number: write 4200 in full' in printed
