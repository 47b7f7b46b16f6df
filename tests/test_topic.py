"""A topic that an analyst defines in a notebook runs like a bundled topic."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from tests.result_tables import make_table
from workbook.dependencies import Dependency
from workbook.indicators import Indicator, IndicatorDefinition
from workbook.outcome import Outcome
from workbook.report_section import LikeForLike, ReportSection
from workbook.resources import resource_folder
from workbook.scenario import ParameterError, Scenario, ScenarioError, parameter
from workbook.tables import TableError
from workbook.topic import SensitivityCurve, Topic
from workbook.topics.digital_inclusion.data import inclusion_observed_table
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS
from workbook.topics.take_up import topic as take_up
from workbook.topics.take_up.data import take_up_table


class Rides(Scenario):
    """A scenario with one parameter."""

    riders: int = parameter(10, label="Riders", unit="people", meaning="Who rides.", bounds=(0, 99))


class Trips(Scenario):
    """A scenario with a parameter that chooses the table."""

    data: str = parameter(
        "", label="Table", unit="text", meaning="Which.", choice_of="inclusion_observed"
    )


def evaluate_rides(tables, scenario):
    riders = Indicator("riders", "Riders", "people", float(scenario.riders))
    result_tables = tuple(make_table(name, frame) for name, frame in tables.items())
    return Outcome(scenario, f"{scenario.riders} ride.", (riders,), result_tables)


@pytest.fixture
def rides_topic():
    return Topic(
        "rides", "Rides", "Who rides?", Rides, evaluate_rides, tables=(inclusion_observed_table,)
    )


def test_a_topic_runs_with_its_default_scenario(rides_topic):
    assert rides_topic.run().headline == "10 ride."


def test_a_topic_runs_with_values_in_place_of_the_defaults(rides_topic):
    assert rides_topic.run(riders=5)["riders"].value == 5


def test_a_topic_runs_with_a_scenario_and_values_that_override_it(rides_topic):
    outcome = rides_topic.run(Rides(riders=5), quarter="2014-Q3")
    assert outcome.scenario == Rides(riders=5, quarter="2014-Q3")


def test_a_topic_loads_tables_as_known_at_the_end_of_the_quarter(rides_topic):
    result = rides_topic.run(quarter="2013-Q4").frame("inclusion_observed")
    pd.testing.assert_frame_equal(result, inclusion_observed_table.load_table("2013-Q4"))
    assert len(result) < len(inclusion_observed_table.load_table("2014-Q2"))


class TestChosenTable:
    topic = Topic(
        "trips", "Trips", "Which?", Trips, evaluate_rides, tables=(inclusion_observed_table,)
    )

    def test_without_an_upload_the_table_has_no_rows(self):
        [table] = self.topic.load_tables(Trips()).values()
        assert (len(table), list(table)) == (0, list(inclusion_observed_table.schema.columns))

    def test_the_name_of_a_bundled_table_loads_it(self):
        [table] = self.topic.load_tables(Trips(data="inclusion_observed")).values()
        pd.testing.assert_frame_equal(table, inclusion_observed_table.load_table("2014-Q2"))

    def test_a_path_loads_the_file_up_to_the_quarter(self):
        path = resource_folder("data") / "inclusion_observed.csv"
        [table] = self.topic.load_tables(Trips(data=str(path), quarter="2013-Q4")).values()
        pd.testing.assert_frame_equal(table, inclusion_observed_table.load_table("2013-Q4"))

    def test_an_uploaded_table_takes_precedence(self):
        uploaded_table = inclusion_observed_table.load_table("2014-Q2").head(2)
        [table] = self.topic.load_tables(
            Trips(data="upload:a.csv"), {"upload:a.csv": uploaded_table}
        ).values()
        assert len(table) == 2

    def test_an_unknown_table_is_an_error(self):
        with pytest.raises(TableError, match='"nowhere" is neither a file nor a table'):
            self.topic.load_tables(Trips(data="nowhere"))


class TestDependency:
    """A topic depends on another topic, which rejects its parameters."""

    @staticmethod
    def journeys_topic(rejected_name, **dependency_options):
        def model(*_):
            raise ScenarioError(
                [ParameterError(rejected_name, 10, f"{rejected_name} is 10: too many.")]
            )

        def trips_model(_tables, _scenario, outcomes):
            return outcomes["rides"]

        rides = Topic("rides", "Rides", "Who rides?", Rides, model)
        return Topic(
            "trips",
            "Trips",
            "Where to?",
            Trips,
            trips_model,
            dependencies=(Dependency(rides, **dependency_options),),
        )

    @staticmethod
    def raised_error(topic):
        with pytest.raises(ScenarioError) as caught:
            topic.run(quarter="2014-Q3")
        [error] = caught.value.problems
        return error

    def test_an_error_in_a_mapped_parameter_is_raised_for_the_parameter_of_this_topic(self):
        topic = self.journeys_topic("quarter", parameter_map={"quarter": "quarter"})
        assert self.raised_error(topic) == ParameterError("quarter", 10, "quarter is 10: too many.")

    @pytest.mark.parametrize("parameter_map", [{"quarter": "quarter"}, {}])
    def test_an_error_in_an_unmapped_parameter_is_raised_for_the_quarter(self, parameter_map):
        error = self.raised_error(self.journeys_topic("riders", parameter_map=parameter_map))
        assert error == ParameterError("quarter", "2014-Q3", "Rides: riders is 10: too many.")

    def test_a_report_before_the_first_discount_rate_is_an_error_in_the_quarter(self, tmp_path):
        rates = tmp_path / "rates.csv"
        rates.write_text(
            "schedule,valid_from,valid_to,from_year,to_year,rate,source\n"
            "green-book,2020-01-01,,1,125,0.03,Ours\n"
        )
        with pytest.raises(ScenarioError) as caught:
            TOPICS["quarterly_report"].run(discount_data=str(rates))
        [error] = caught.value.problems
        assert (error.name, error.value) == ("quarter", "2014-Q2")
        assert error.message.startswith('Savings: discount_schedule is "green-book"')


@pytest.mark.parametrize("values", [{"riders": 100}, {"riders": "5"}, {"rider": 5}, {"self": 5}])
def test_values_that_the_scenario_rejects_are_an_error(rides_topic, values):
    with pytest.raises(ScenarioError) as caught:
        rides_topic.run(**values)
    assert [error.name for error in caught.value.problems] == list(values)


def test_a_topic_needs_no_tables():
    topic = Topic("rides", "Rides", "Who rides?", Rides, evaluate_rides)
    assert not topic.run().tables
    assert (topic.charts, topic.sensitivity_curves, topic.tornado) == ({}, (), "")


def test_a_report_section_shows_only_declared_indicators():
    section = ReportSection("path", ("riders", "seats"))
    riders = IndicatorDefinition("riders", "Riders", "people")
    with pytest.raises(ValueError, match='report has the unknown indicator "seats"'):
        Topic(
            "rides",
            "Rides",
            "Who rides?",
            Rides,
            evaluate_rides,
            {"path": print},
            report=section,
            indicators=(riders,),
        )


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"tornado": "people"}, 'tornado has the unknown indicator "people". '),
        (
            {"sensitivity_curves": (SensitivityCurve("people_exclude", "adults", 0, 1),)},
            'sensitivity_curves has the unknown indicator "people_exclude". Did you mean "people_e',
        ),
        (
            {"sensitivity_curves": (SensitivityCurve("people_excluded", "adult", 0, 1),)},
            'sensitivity_curves has the unknown parameter "adult". Did you mean "adults"?',
        ),
        (
            {"report": ReportSection("paths", ("people_excluded",))},
            'report has the unknown chart "paths". Did you mean "path"?',
        ),
        (
            {"report": ReportSection("path", (), unjudged_indicators=("xyz",))},
            'report has the unknown indicator "xyz". Choose from: people_excluded; ',
        ),
        (
            {
                "report": ReportSection(
                    "path", ("people_excluded",), like_for_like=LikeForLike("quater", print, print)
                )
            },
            'report has the unknown parameter "quater". Did you mean "quarter"?',
        ),
    ],
)
def test_a_name_that_a_topic_does_not_declare_is_rejected(declared, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        replace(TOPICS["digital_inclusion"], **declared)


def test_a_topic_without_declared_indicators_may_name_any():
    topic = Topic(
        "rides",
        "Rides",
        "Who rides?",
        Rides,
        evaluate_rides,
        sensitivity_curves=(SensitivityCurve("riders", "riders", 0, 9),),
        tornado="riders",
    )
    assert topic.indicators == ()


def test_a_sensitivity_curve_is_named_after_its_indicator_and_parameter():
    assert SensitivityCurve("jobs", parameter="spending", low=0, high=1).name == "jobs_by_spending"


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
class TestBundledTopics:
    """Requirements of every topic that is bundled with the workbook."""

    def test_a_topic_is_registered_under_its_name(self, topic):
        assert TOPICS[topic.name] is topic
        assert topic.title
        assert topic.question.endswith("?")

    def test_the_tables_of_a_topic_are_registered(self, topic):
        assert all(TABLE_SCHEMAS[table.name] is table for table in topic.tables)

    def test_every_parameter_has_a_label_a_meaning_and_a_group(self, topic):
        for declared in topic.Scenario.parameters().values():
            assert declared.label
            assert declared.meaning.endswith(".")
            assert declared.group

    def test_every_uncertain_parameter_has_a_source_and_a_quality(self, topic):
        for declared in topic.Scenario.parameters().values():
            if declared.range:
                assert declared.source
                assert declared.quality in {"green", "amber", "red"}

    def test_an_uncertain_parameter_is_red_exactly_where_no_published_figure_is_its_source(
        self, topic
    ):
        for declared in topic.Scenario.parameters().values():
            is_unsourced = declared.source.startswith(("Assumption", "No published figure found"))
            assert not declared.range or is_unsourced == (declared.quality == "red")

    def test_sensitivity_curves_and_tornado_use_known_indicators_and_bounds(self, topic):
        outcome = topic.run()
        for sensitivity in topic.sensitivity_curves:
            assert outcome[sensitivity.indicator]
            low, high = topic.Scenario.parameters()[sensitivity.parameter].bounds
            assert low <= sensitivity.low < sensitivity.high <= high
        assert not topic.tornado or outcome[topic.tornado]

    def test_every_published_scenario_runs(self, topic):
        for title, scenario in topic.scenarios.published.items():
            assert title
            assert topic.run(scenario).scenario == scenario != topic.Scenario()

    def test_an_error_for_a_missing_table_names_it(self, topic, tmp_path):
        for table in (table for table in topic.tables if table.bundled):
            with pytest.raises(TableError, match=f"{table.name} is not a valid table"):
                table.load_table("2014-Q2", tmp_path)


def test_a_data_frame_is_checked_and_used_as_a_table():
    rows = take_up_table.load_table("2014-Q2")
    reporting = rows[rows["window_end"] == rows["window_end"].max()]
    rows = rows[rows["service"] != reporting.dropna(subset="digital_volume")["service"].iloc[0]]
    outcome = take_up.run(data=rows, quarter="2014-Q2", exclude="")
    assert outcome.scenario.values()["data"].startswith("DataFrame ")
    bundled = take_up.run(quarter="2014-Q2", exclude="")
    assert outcome["services_reporting"].value == bundled["services_reporting"].value - 1


def test_a_data_frame_with_errors_is_refused_with_rows_and_columns():
    rows = take_up_table.load_table("2014-Q2").assign(volume=-1)
    with pytest.raises(TableError, match="row 2, column volume: -1 must not be negative"):
        take_up.run(data=rows)


def test_a_data_frame_for_another_parameter_is_refused():
    with pytest.raises(ScenarioError, match="quarter is"):
        take_up.run(quarter=take_up_table.load_table("2014-Q2"))
