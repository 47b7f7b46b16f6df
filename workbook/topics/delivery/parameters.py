"""Parameters of delivery: departments, programmes, and the uploaded table of sales."""

from workbook.scenario import NameList, Scenario, parameter


class Delivery(Scenario):
    """Which commitments are selected, and the uploaded table of G-Cloud sales."""

    department: NameList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning=(
            "Only commitments and exemplar services of these departments, separated by semicolons. "
            "Empty: all, with those of all of government."
        ),
        group="Which commitments",
    )
    programme: NameList = parameter(
        "",
        label="Programmes",
        unit="list",
        meaning="Only commitments of these programmes, separated by semicolons. Empty: all.",
        group="Which commitments",
    )
    sales: str = parameter(
        "",
        label="Table of G-Cloud sales",
        unit="text",
        meaning=(
            "The published file of G-Cloud sales, return by return, which you bring. "
            "Blank: sales are as the report prints them."
        ),
        group="Data and simulations",
        choice_of="gcloud_sales",
    )
