"""Assumptions register: the value, range and source of each parameter."""

from workbook.analysis.assumptions import assumptions_register
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def test_the_register_has_a_row_for_each_parameter_with_a_source():
    table = assumptions_register(DigitalInclusion())
    assert (table.name, table.title) == ("assumptions", "Assumptions and their sources")
    expected = [
        name for name, parameter in DigitalInclusion.parameters().items() if parameter.source
    ]
    assert table.frame["parameter"].tolist() == expected


def test_values_and_ranges_are_formatted_in_their_unit():
    rows = assumptions_register(DigitalInclusion(dropout=0.25)).frame.set_index("parameter")
    assert rows.loc["dropout", ["value", "range"]].tolist() == ["25%", "10% to 50%"]
    assert rows.loc["programme_starts", "range"] == ""
