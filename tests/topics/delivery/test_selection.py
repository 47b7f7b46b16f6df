"""Selection by department and programme: which rows of each table a scenario keeps."""

from tests.topics.delivery.bundled_tables import load_bundled
from tests.topics.delivery.examples import BUNDLED_TABLES, EXAMPLE_SALES, returns_table
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.selection import select_delivery_data


def select(**values):
    """Selection from the bundled tables and a few returns of sales."""
    tables = {table.name: load_bundled(table, "2014-Q2") for table in BUNDLED_TABLES}
    return select_delivery_data(
        {**tables, "gcloud_sales": returns_table(*EXAMPLE_SALES)}, Delivery(**values)
    )


def test_without_a_filter_every_row_is_selected():
    selection = select()
    assert len(selection.commitments) == 11
    assert selection.measures["id"].nunique() == 48
    assert selection.events["id"].nunique() == 148
    assert selection.includes_all_exemplars
    assert not selection.is_filtered
    assert len(selection.returns) == len(EXAMPLE_SALES)


def test_both_filters_apply_to_every_kind_of_row():
    selection = select(department="Department of Health", programme="Digital policymaking")
    assert selection.commitments.empty
    assert selection.measures.empty
    assert selection.events["id"].tolist() == ["D69"]


def test_every_event_is_in_one_programme():
    whole = select()
    parts = [select(programme=name) for name in whole.events["programme"].unique()]
    assert sum(len(part.events) for part in parts) == len(whole.events)


def test_a_department_selects_its_exemplar_services_and_no_sales():
    selection = select(department="Ministry of Justice")
    assert set(selection.phases["department"]) == {"Ministry of Justice"}
    assert set(selection.milestones["title"]) <= set(selection.phases["title"])
    assert not selection.includes_all_exemplars
    assert selection.returns.empty


def test_the_programme_of_exemplars_selects_all_of_them_and_no_sales():
    selection = select(programme="Exemplar services")
    assert selection.includes_all_exemplars
    assert selection.returns.empty
    assert selection.totals.empty
