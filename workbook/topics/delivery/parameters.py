"""Parameters of delivery: departments, programmes, and the uploaded table of sales."""

from workbook.scenario import DepartmentList, NameList, Scenario, parameter, split_list


class Delivery(Scenario):
    """Which commitments are selected, and the uploaded table of G-Cloud sales."""

    department: DepartmentList = parameter(
        "",
        label="Departments",
        unit="list",
        meaning=(
            "Only include commitments and exemplar services of these departments. Separate names "
            "with semicolons. Leave blank for all, including those of all of government."
        ),
        group="Commitments to include",
    )
    programme: NameList = parameter(
        "",
        label="Programmes",
        unit="list",
        meaning=(
            "Only include commitments of these programmes. Separate names with semicolons. Leave "
            "blank for all."
        ),
        group="Commitments to include",
    )
    sales: str = parameter(
        "",
        label="Table of G-Cloud sales",
        unit="text",
        meaning=(
            "Upload the published file of G-Cloud sales, which has every return. Leave blank to "
            "use the published totals."
        ),
        group="Data and simulations",
        choice_of="gcloud_sales",
    )

    @property
    def is_filtered(self) -> bool:
        """Whether only some departments or programmes are selected."""
        return bool(split_list(self.department) or split_list(self.programme))
