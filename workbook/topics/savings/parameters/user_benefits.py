"""Parameters of what users gain, which is never added to savings."""

from workbook.scenario import parameter
from workbook.topics.savings.parameters.appraisal import AppraisalParameters

_GROUP = "Users (shown apart, never added)"


class UserBenefitParameters(AppraisalParameters):
    """What users gain."""

    users_time_minutes: float = parameter(
        0.0,
        label="Minutes that a user saves online",
        unit="count",
        meaning="For each transaction that moves online. 0 leaves users’ time out.",
        bounds=(-600, 600),
        group=_GROUP,
    )
    value_of_time: float = parameter(
        4.46,
        label="Value of an hour of users’ time",
        unit="GBP",
        meaning="People’s own time, in pounds. It is not converted to the price year.",
        bounds=(0, 1_000),
        source=(
            "Department for Transport, TAG unit 3.5.6: non-working time other than commuting, in "
            "2002 prices"
        ),
        quality="amber",
        group=_GROUP,
    )
    users_income: float = parameter(
        1.0,
        label="Users’ income, as a multiple of the median",
        unit="index",
        meaning="Gives what goes to users a Green Book weight: income to the power of −1.3.",
        bounds=(0.1, 10),
        source="Green Book, annex A3: elasticity of the marginal utility of income",
        quality="green",
        group=_GROUP,
    )
