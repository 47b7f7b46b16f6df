"""Parameters of digital inclusion: baseline, target, programme and population."""

from collections.abc import Iterator

from workbook.scenario import ParameterError, Scenario, parameter, simulation, value_error
from workbook.text.numbers import format_number

_STRATEGY = "Government Digital Inclusion Strategy, April 2014"
MAX_TARGET_YEARS = 50
"""The longest time from the baseline to the target, in years."""
_MAX_PEOPLE = 1_000_000_000
MAX_PEOPLE_PER_YEAR = 10_000_000
_NO_PUBLISHED_FIGURE = "no published figure found"


class DigitalInclusion(Scenario):
    """The parameters of digital inclusion, with the ranges of the simulations."""

    baseline_people: int = parameter(
        11_000_000,
        label="People without basic digital skills at the start",
        unit="people",
        meaning=(
            "Adults who lacked basic digital skills in the baseline year. "
            "Sources say 10.8, 11.0 and 11.2 million."
        ),
        bounds=(0, _MAX_PEOPLE),
        range=(10_800_000, 11_200_000),
        source="Answer to a Parliamentary question, April 2014",
        quality="green",
        group="Start and target",
    )
    baseline_year: int = parameter(
        2014,
        label="Baseline year",
        unit="year",
        meaning="The year in which that number was counted; the target path starts here.",
        bounds=(2000, 2100),
        group="Start and target",
    )
    target_year: int = parameter(
        2020,
        label="Target year",
        unit="year",
        meaning=(
            "The year by which the target is to be reached: after the baseline, "
            f"at most {MAX_TARGET_YEARS} years."
        ),
        bounds=(2001, 2150),
        source=_STRATEGY,
        group="Start and target",
    )
    reduction_target: float = parameter(
        0.25,
        label="Reduction to aim for every two years",
        unit="share",
        meaning="The share by which the number without the skills is to fall every two years.",
        bounds=(0, 1),
        source=_STRATEGY,
        group="Start and target",
    )
    programme_starts: int = parameter(
        300_000,
        label="People a year who start a programme",
        unit="people",
        meaning=(
            "People who start a programme of help each year, from the baseline to the year before "
            "the target."
        ),
        bounds=(0, MAX_PEOPLE_PER_YEAR),
        source="1.2 million people helped by UK online centres from 2010 to May 2014",
        quality="amber",
        group="The programme",
    )
    unit_cost: float = parameter(
        79.5,
        label="Cost of a start",
        unit="GBP",
        meaning=(
            "What one start costs the programme, whether or not the person finishes; 2014 prices."
        ),
        bounds=(0, 10_000),
        range=(47, 319),
        source="£875 million for 11 million people",
        quality="amber",
        group="The programme",
    )
    dropout: float = parameter(
        0.30,
        label="Share who drop out",
        unit="share",
        meaning="Of those who start, the share who leave before they have gained the skills.",
        bounds=(0, 1),
        range=(0.10, 0.50),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    persistence: float = parameter(
        0.80,
        label="Share whose skills last",
        unit="share",
        meaning="Of those who finish, the share who still have the skills afterwards.",
        bounds=(0, 1),
        range=(0.60, 0.95),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    deadweight: float = parameter(
        0.25,
        label="Share who would have learned anyway",
        unit="share",
        meaning=(
            "Deadweight: of those whose skills last, the share who would have gained them without "
            "the programme."
        ),
        bounds=(0, 1),
        range=(0.10, 0.60),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    relapse_rate: float = parameter(
        0.0,
        label="Share of those helped who fall back, a year",
        unit="share",
        meaning=(
            "Of the people whom the programme has helped, the share who lose the skills again in a "
            "year."
        ),
        bounds=(0, 1),
        range=(0.0, 0.10),
        source=_NO_PUBLISHED_FIGURE,
        quality="red",
        group="What the programme achieves",
    )
    unaided_gain: int = parameter(
        800_000,
        label="People a year who gain the skills unaided",
        unit="people",
        meaning="People a year who gain basic digital skills without any programme.",
        bounds=(0, MAX_PEOPLE_PER_YEAR),
        range=(500_000, 1_000_000),
        source=f"Implied by 6.2 million in 2020 with no action; {_STRATEGY}",
        quality="amber",
        group="What happens anyway",
    )
    floor_share: float = parameter(
        0.097,
        label="Share of adults who may never be able",
        unit="share",
        meaning=(
            "The share of adults who, by the strategy's own estimate, may never be able to gain "
            "the skills."
        ),
        bounds=(0, 1),
        range=(0.05, 0.12),
        source=_STRATEGY,
        quality="amber",
        group="Population",
    )
    adults: int = parameter(
        52_400_000,
        label="Adults",
        unit="people",
        meaning="All adults in the United Kingdom: 11.0 million people are 21% of them.",
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
        """Years from the baseline to the target, in all of which the programme runs."""
        return self.target_year - self.baseline_year

    def cross_field_errors(self) -> Iterator[ParameterError]:
        """Check that the target year follows the baseline, and people do not exceed adults."""
        if not 0 < self.programme_years <= MAX_TARGET_YEARS:
            first_year, last_year = self.baseline_year + 1, self.baseline_year + MAX_TARGET_YEARS
            yield value_error(
                "target_year",
                self.target_year,
                f"it must be from {first_year} to {last_year},"
                f" after baseline_year ({self.baseline_year}) and at most {MAX_TARGET_YEARS} years"
                " later.",
            )
        if self.baseline_people > self.adults:
            yield value_error(
                "baseline_people",
                self.baseline_people,
                f"it must be from 0 to adults ({format_number(self.adults)}).",
            )
