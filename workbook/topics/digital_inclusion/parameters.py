"""Parameters of digital inclusion: starting point, target, programme and population."""

from collections.abc import Iterator

from workbook.periods import last_day_of_quarter, period_end, quarter_of
from workbook.scenario import ParameterError, Scenario, parameter, simulation, value_error
from workbook.text.numbers import format_number
from workbook.topics.reviews import reviewed_parameter

_STRATEGY = "Government Digital Inclusion Strategy, April 2014"
MAX_TARGET_YEARS = 50
"""The longest time from the starting year to the target year, in years."""
_MAX_PEOPLE = 1_000_000_000
MAX_PEOPLE_PER_YEAR = 10_000_000
_NO_PUBLISHED_FIGURE = "No published figure found"
START_MONTH = "2014-04"
"""The month in which the number of people at the start and the strategy appeared."""
_STRATEGY_QUARTER = quarter_of(START_MONTH)


class DigitalInclusion(Scenario):
    """The parameters of digital inclusion, with the ranges that simulations draw from."""

    baseline_people: int = reviewed_parameter(
        11_000_000,
        label="People without basic digital skills at the start",
        unit="people",
        meaning=(
            "Adults who lacked basic digital skills in the starting year. "
            "Sources say 10.8, 11.0 and 11.2 million."
        ),
        bounds=(0, _MAX_PEOPLE),
        range=(10_800_000, 11_200_000),
        source="Answer to a Parliamentary question, April 2014",
        quality="green",
        group="Starting point and target",
    )
    baseline_year: int = parameter(
        2014,
        label="Starting year",
        unit="year",
        meaning="The year of that count. The path to the target starts here.",
        bounds=(2000, 2100),
        group="Starting point and target",
    )
    target_year: int = reviewed_parameter(
        2020,
        label="Target year",
        unit="year",
        meaning=(
            "The year to meet the target by. It must be after the starting year, by at most "
            f"{MAX_TARGET_YEARS} years."
        ),
        bounds=(2001, 2150),
        source=_STRATEGY,
        group="Starting point and target",
    )
    reduction_target: float = reviewed_parameter(
        0.25,
        label="Reduction every two years",
        unit="share",
        meaning="How much the number of people without the skills should fall every two years.",
        bounds=(0, 1),
        source=_STRATEGY,
        group="Starting point and target",
    )
    programme_starts: int = reviewed_parameter(
        300_000,
        label="Programme starts a year",
        unit="people",
        meaning=(
            "People who start a programme each year, up to the year before the target year. Only "
            "some starts lead to lasting skills."
        ),
        bounds=(0, MAX_PEOPLE_PER_YEAR),
        source="1.2 million people helped by UK online centres from 2010 to May 2014",
        quality="amber",
        group="The programme",
    )
    unit_cost: float = reviewed_parameter(
        79.5,
        label="Cost of each start",
        unit="GBP",
        meaning=(
            "What each start costs the programme, whether or not the person finishes. In prices "
            "as published."
        ),
        bounds=(0, 10_000),
        range=(47, 319),
        source="£875 million ÷ 11 million people",
        quality="amber",
        group="The programme",
    )
    dropout: float = reviewed_parameter(
        0.30,
        label="Share who drop out",
        unit="share",
        meaning="Of people who start, the share who leave before they gain the skills.",
        bounds=(0, 1),
        range=(0.10, 0.50),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    persistence: float = reviewed_parameter(
        0.80,
        label="Share who keep the skills",
        unit="share",
        meaning="Of people who finish, the share who still have the skills afterwards.",
        bounds=(0, 1),
        range=(0.60, 0.95),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    deadweight: float = reviewed_parameter(
        0.25,
        label="Would have learned anyway (deadweight)",
        unit="share",
        meaning=(
            "Of people who keep the skills, the share who would have gained them without the "
            "programme."
        ),
        bounds=(0, 1),
        range=(0.10, 0.60),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    relapse_rate: float = reviewed_parameter(
        0.0,
        label="Share who lose the skills again each year",
        unit="share",
        meaning="Of people whom the programme has helped, the share who lose the skills in a year.",
        bounds=(0, 1),
        range=(0.0, 0.10),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    unaided_gain: int = reviewed_parameter(
        800_000,
        label="People who learn on their own each year",
        unit="people",
        meaning="People who gain basic digital skills without any programme.",
        bounds=(0, MAX_PEOPLE_PER_YEAR),
        range=(500_000, 1_000_000),
        source=f"Implied by 6.2 million people in 2020 without action: {_STRATEGY}",
        quality="amber",
        group="Without the programme",
    )
    floor_share: float = reviewed_parameter(
        0.097,
        label="Share of adults who may never gain the skills",
        unit="share",
        meaning=(
            "The strategy’s own estimate of the adults who may never be able to gain them. "
            "One probability takes it as a floor, another leaves it out."
        ),
        bounds=(0, 1),
        range=(0.05, 0.12),
        source=_STRATEGY,
        quality="amber",
        group="Population",
    )
    adults: int = reviewed_parameter(
        52_400_000,
        label="Adults in the United Kingdom",
        unit="people",
        meaning=(
            "52.4 million, because 11.0 million are 21% of adults. The ONS’s 6.4 million who never "
            "used the internet are 12.6%, which gives 50.8 million. Rounding alone can explain the "
            "difference."
        ),
        bounds=(1, _MAX_PEOPLE),
        range=(52_000_000, 53_600_000),
        source="11.0 million ÷ 21%",
        quality="amber",
        group="Population",
    )
    draws: int = simulation.draws_parameter()
    seed: int = simulation.seed_parameter()

    @property
    def programme_years(self) -> int:
        """Years from the starting year to the target year. The programme runs in all of them."""
        return self.target_year - self.baseline_year

    @property
    def has_published_floor(self) -> bool:
        """Whether the people who may never gain the skills are those of the strategy."""
        return not self.non_default_values().keys() & {"floor_share", "adults"}

    @property
    def has_published_target(self) -> bool:
        """Whether the target is the strategy's, from the number of people that it starts from."""
        return not self.non_default_values().keys() & {
            "baseline_people",
            "baseline_year",
            "target_year",
            "reduction_target",
        }

    def has_ended(self, year: int) -> bool:
        """Whether a calendar year has ended by the last day of the quarter."""
        return period_end(str(year)) <= last_day_of_quarter(self.quarter)

    @property
    def target_has_ended(self) -> bool:
        """Whether the target year has ended, so that it has an outcome and no probability."""
        return self.has_ended(self.target_year)

    def quarter_errors(self) -> Iterator[ParameterError]:
        """Find a quarter before the number of people at the start was published.

        Yields:
            An error at the quarter.
        """
        if self.quarter < _STRATEGY_QUARTER:
            yield value_error(
                "quarter",
                self.quarter,
                f"it must be {_STRATEGY_QUARTER} or later. The number of people at the start was"
                " published in April 2014.",
            )

    def warnings(self) -> Iterator[ParameterError]:
        """Find a starting year after the quarter, which is allowed but may not be meant.

        Yields:
            A warning at the starting year.
        """
        if self.baseline_year > last_day_of_quarter(self.quarter).year:
            yield value_error(
                "baseline_year",
                self.baseline_year,
                f"no count of that year was known at the end of {self.quarter}.",
            )

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check the target year against the starting year, and people against adults."""
        if not 0 < self.programme_years <= MAX_TARGET_YEARS:
            first_year, last_year = self.baseline_year + 1, self.baseline_year + MAX_TARGET_YEARS
            yield value_error(
                "target_year",
                self.target_year,
                f"it must be from {first_year} to {last_year}, 1 to {MAX_TARGET_YEARS} years after"
                f" baseline_year ({self.baseline_year}).",
            )
        if self.baseline_people > self.adults:
            yield value_error(
                "baseline_people",
                self.baseline_people,
                f"it must be at most the number of adults ({format_number(self.adults)}).",
            )
