"""The assumptions register: what each parameter is, its value, and what that rests on."""

from workbook.analysis.assumptions import assumptions_register
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def test_it_is_a_result_table_with_a_row_for_each_parameter_that_has_a_source():
    table = assumptions_register(DigitalInclusion())
    assert (table.name, table.title) == ("assumptions", "Assumptions and their sources")
    expected = [
        name for name, parameter in DigitalInclusion.parameters().items() if parameter.source
    ]
    assert table.frame["parameter"].tolist() == expected


def test_a_value_stands_beside_its_range_in_its_unit():
    rows = assumptions_register(DigitalInclusion(dropout=0.25)).frame.set_index("parameter")
    assert rows.loc["dropout", ["value", "range"]].tolist() == ["25%", "10% to 50%"]
    assert rows.loc["programme_starts", "range"] == ""
