"""Scenarios validate strictly, are frozen, and survive links, files and notebooks unchanged."""

import pickle
from datetime import date
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.scenario import (
    RESERVED_NAMES,
    ParameterError,
    Review,
    Scenario,
    ScenarioError,
    draw_samples,
    page_limit_errors,
    parameter,
    query_pairs,
)

BUS_REVIEW = Review("timetable team", date(2015, 3, 31), date(2016, 3, 31))


class Bus(Scenario):
    """An example scenario: how many people ride a bus, and at what fare."""

    riders: int = parameter(
        20_000,
        label="Riders",
        unit="people",
        meaning="People who ride on a day.",
        bounds=(0, 1_000_000),
        range=(15_000, 30_000),
        source="A count",
        quality="green",
        review=BUS_REVIEW,
    )
    share: float = parameter(
        0.25,
        label="Share who pay",
        unit="share",
        meaning="Of those who ride, the share who pay.",
        bounds=(0, 1),
        range=(0.1, 0.5),
        quality="red",
    )
    fare: float = parameter(
        1.5, label="Fare", unit="GBP", meaning="What a ride costs.", bounds=(0, None)
    )
    first: int = parameter(
        2014, label="First year", unit="year", meaning="It starts then.", bounds=(2000, 2100)
    )
    last: int = parameter(
        2020, label="Last year", unit="year", meaning="It ends then.", bounds=(2000, 2100)
    )
    line: str = parameter("12", label="Line", unit="text", meaning="Which bus.")

    def cross_field_errors(self):
        """A line that ends before it starts."""
        if self.last <= self.first:
            message = f"last is {self.last}: it must be after first ({self.first})."
            yield ParameterError("last", self.last, message)


def parameter_errors(make, *arguments, **values):
    """Return the parameter errors that a call raises."""
    with pytest.raises(ScenarioError) as caught:
        make(*arguments, **values)
    return caught.value.problems


quarter_texts = st.builds("{}-Q{}".format, st.integers(1900, 2199), st.integers(1, 4))
bus_scenarios = st.builds(
    Bus,
    quarter=quarter_texts,
    riders=st.integers(0, 1_000_000),
    share=st.floats(0, 1),
    fare=st.floats(0, 1e300),
    first=st.integers(2000, 2050),
    last=st.integers(2051, 2100),
    line=st.text(st.characters(exclude_categories=["Cs"])),
)


class TestValues:
    def test_a_scenario_is_frozen(self):
        bus = Bus()
        with pytest.raises(AttributeError, match=r"scenario\.replace\(riders=1\) gives a new one"):
            bus.riders = 1
        with pytest.raises(AttributeError, match="riders stays as it is"):
            del bus.riders
        assert bus == Bus()

    def test_its_text_has_only_what_differs_from_the_default(self):
        assert repr(Bus()) == "Bus()"
        assert repr(Bus(riders=5, line="13")) == "Bus(riders=5, line='13')"

    def test_scenarios_with_equal_values_are_equal_and_have_the_same_hash(self):
        assert Bus(riders=5) == Bus(riders=5) != Bus()
        assert len({Bus(riders=5), Bus(riders=5), Bus()}) == 2

    def test_an_integer_is_accepted_for_a_decimal_parameter(self):
        assert Bus(fare=2) == Bus(fare=2.0)
        assert isinstance(Bus(fare=2).fare, float)

    def test_scenarios_of_different_classes_are_not_equal(self):
        class Tram(Bus):
            """A scenario of another topic."""

        assert Tram() != Bus()

    def test_replace_returns_a_new_scenario(self):
        bus = Bus()
        assert bus.replace(riders=5) == Bus(riders=5)
        assert bus == Bus()

    def test_non_default_values_are_those_that_differ_from_the_defaults(self):
        assert Bus().non_default_values() == {}
        assert Bus(riders=5, share=0.25).non_default_values() == {"riders": 5}

    def test_a_scenario_and_its_error_can_be_pickled(self):
        assert pickle.loads(pickle.dumps(Bus(riders=5))) == Bus(riders=5)
        error = ScenarioError(parameter_errors(Bus, riders=-1, share=7.0))
        unpickled = pickle.loads(pickle.dumps(error))
        assert (unpickled.problems, str(unpickled)) == (error.problems, str(error))


class TestErrors:
    WHOLE: ClassVar = [True, "300", 3.5, float("nan"), float("inf"), None, -1, 1_000_001, [1]]
    DECIMAL: ClassVar = [True, "0.3", float("nan"), float("inf"), -float("inf"), None, -0.01, 1.01]

    @pytest.mark.parametrize("value", WHOLE, ids=repr)
    def test_a_value_that_is_not_a_whole_number_in_bounds_is_an_error(self, value):
        (error,) = parameter_errors(Bus, riders=value)
        assert error.name == "riders"
        assert error.value is value
        assert error.message.startswith("riders is ")
        assert error.message.endswith("it must be a whole number from 0 to 1,000,000.")

    @pytest.mark.parametrize("value", DECIMAL, ids=repr)
    def test_a_value_that_is_not_a_share_is_an_error(self, value):
        (error,) = parameter_errors(Bus, share=value)
        assert error.name == "share"
        assert error.message.endswith("it must be a fraction of 1 (21% is 0.21) from 0 to 1.")

    @pytest.mark.parametrize("value", ["", "2014", "2014-Q5", "1899-Q4", 2014, None], ids=repr)
    def test_a_value_that_is_not_a_quarter_is_an_error(self, value):
        (error,) = parameter_errors(Bus, quarter=value)
        assert "a year from 1900 to 2199 and a quarter, such as 2014-Q2" in error.message

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (True, "riders is True:"),
            ("300", 'riders is "300":'),
            (3.5, "riders is 3.5:"),
            (20_000.5, "riders is 20,000.5:"),
            (float("nan"), "riders is nan:"),
            (None, "riders is None:"),
            (-1, "riders is -1:"),
            (2_000_000, "riders is 2,000,000:"),
            ("", "riders is blank:"),
            (10**400, "riders is a number of more than 18 digits:"),
            ("9" * 5000, 'riders is "' + "9" * 59 + '…":'),
        ],
    )
    def test_an_error_quotes_the_value(self, value, message):
        (error,) = parameter_errors(Bus, riders=value)
        assert error.message.startswith(message)

    def test_a_year_is_written_without_a_thousands_separator(self):
        (error,) = parameter_errors(Bus, first=1999)
        assert error.message == "first is 1999: it must be a whole number from 2000 to 2100."

    def test_an_error_names_the_only_bound(self):
        (error,) = parameter_errors(Bus, fare=-1.0)
        assert error.message == "fare is -1.0: it must be a number of at least 0."

    @pytest.mark.parametrize("value", [float("inf"), float("nan")])
    def test_a_number_without_an_upper_bound_must_be_finite(self, value):
        (error,) = parameter_errors(Bus, fare=value)
        assert error.message == f"fare is {value}: it must be a number of at least 0."

    def test_every_error_is_reported_at_once(self):
        errors = parameter_errors(Bus, riders=-1, share="a", speed=1)
        assert [error.name for error in errors] == ["riders", "share", "speed"]

    def test_a_scenario_error_joins_its_messages(self):
        errors = parameter_errors(Bus, riders=-1, share=7.0)
        assert str(ScenarioError(errors)) == f"{errors[0].message} {errors[1].message}"

    @pytest.mark.parametrize("name", ["rider", "riderss", "sahre"])
    def test_a_misspelt_name_is_an_error_with_the_nearest_name(self, name):
        (error,) = parameter_errors(Bus, **{name: 1})
        meant = "share" if name == "sahre" else "riders"
        assert error.message == f'Unknown parameter "{name}". Did you mean "{meant}"?'

    @pytest.mark.parametrize("name", ["x", "self", "cls", "model_config", "__class__"])
    def test_an_unknown_name_is_an_error_with_all_names(self, name):
        (error,) = parameter_errors(Bus, **{name: 1})
        names = "quarter; department; riders; share; fare; first; last; line"
        assert error.message == f'Unknown parameter "{name}". Choose from: {names}.'

    def test_contradictory_values_are_an_error(self):
        (error,) = parameter_errors(Bus, last=2014)
        assert error == ParameterError("last", 2014, "last is 2014: it must be after first (2014).")

    def test_replace_checks_values_like_a_new_scenario(self):
        assert parameter_errors(Bus().replace, first=2020) == parameter_errors(Bus, first=2020)
        assert parameter_errors(Bus().replace, self=1) == parameter_errors(Bus, self=1)


class TestLink:
    @given(bus_scenarios)
    def test_a_scenario_is_restored_from_its_query(self, bus):
        assert Bus.from_query(bus.to_query()) == bus
        assert Bus.from_query("?" + bus.to_query()) == bus

    def test_the_default_scenario_has_an_empty_query(self):
        assert Bus().to_query() == ""
        assert Bus.from_query("") == Bus.from_query("?") == Bus()

    def test_a_query_has_only_values_that_differ_from_the_defaults(self):
        assert Bus(riders=5, fare=2.0).to_query() == "riders=5&fare=2"

    @pytest.mark.parametrize(
        ("query", "values"),
        [
            ("riders=%33%30", {"riders": 30}),
            ("line=N%2012%26x%3D1", {"line": "N 12&x=1"}),
            ("line=a+b", {"line": "a b"}),
            ("share=.3", {"share": 0.3}),
            ("fare=1e3", {"fare": 1000.0}),
            ("fare=2", {"fare": 2.0}),
        ],
    )
    def test_an_encoded_query_is_decoded(self, query, values):
        assert Bus.from_query(query) == Bus(**values)

    def test_the_token_and_the_data_pin_are_not_parameters(self):
        assert {"token", "pin", "view", "scenario"} == RESERVED_NAMES
        assert Bus.from_query("token=secret&riders=5&pin=abc&token=again") == Bus(riders=5)

    @pytest.mark.parametrize(
        "name",
        ["fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "_ga", "_gl", "utm_source", "_x_tr_sl"],
    )
    def test_what_was_added_to_track_a_link_is_ignored(self, name):
        assert query_pairs(f"?{name}=a&riders=5&{name}=b") == [("riders", "5")]
        assert Bus.from_query(f"riders=5&{name}=") == Bus(riders=5)

    @pytest.mark.parametrize("name", ["utm", "fbclids", "UTM_source", "_x_tr", "ga"])
    def test_a_name_like_that_of_a_tracking_parameter_is_an_error(self, name):
        (error,) = parameter_errors(Bus.from_query, f"{name}=a&riders=5")
        assert error.message.startswith(f'Unknown parameter "{name}"')

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " 5",
            "5 ",
            "+5",
            "5.0",
            "5e2",
            "1_0",
            "007",
            "0x10",
            "٣",
            "1٣",
            "true",
            "NaN",
            "5,000",
        ],
    )
    def test_text_that_is_not_a_whole_number_is_an_error(self, text):
        (error,) = parameter_errors(Bus.from_pairs, [("riders", text)])
        assert (error.name, error.value) == ("riders", text)
        assert "from 0 to 1,000,000" in error.message

    @pytest.mark.parametrize("text", ["", "nan", "inf", "1e999", "-1e999", "1.", "½", "25%"])
    def test_text_that_is_not_a_number_is_an_error(self, text):
        (error,) = parameter_errors(Bus.from_pairs, [("share", text)])
        assert error.name == "share"

    def test_a_blank_value_is_reported_as_blank(self):
        (error,) = parameter_errors(Bus.from_query, "riders=")
        assert error.message.startswith("riders is blank: it must be a whole number")

    def test_a_name_without_a_value_is_reported_as_blank(self):
        assert parameter_errors(Bus.from_query, "riders") == parameter_errors(
            Bus.from_query, "riders="
        )

    @pytest.mark.parametrize("query", ["riders=5&riders=5", "riders=5&share=0.1&riders=6"])
    def test_a_repeated_name_is_an_error(self, query):
        (error,) = parameter_errors(Bus.from_query, query)
        assert error.message == "riders is repeated: give it once."

    def test_an_unknown_name_is_an_error_with_the_nearest_name(self):
        (error,) = parameter_errors(Bus.from_query, "rider=5")
        assert error.message == 'Unknown parameter "rider". Did you mean "riders"?'

    @pytest.mark.parametrize("name", ["self", "cls", "%2E%2E%2Fetc", "%FF"])
    def test_a_name_with_a_special_meaning_is_an_unknown_parameter(self, name):
        (error,) = parameter_errors(Bus.from_query, f"{name}=5")
        assert error.message.startswith("Unknown parameter")


class TestFile:
    @given(bus_scenarios)
    def test_a_scenario_is_restored_from_its_file(self, tmp_path_factory, bus):
        path = tmp_path_factory.mktemp("scenario") / "bus.toml"
        bus.to_file(path, "A bus")
        assert Bus.from_file(path) == bus

    def test_a_byte_order_mark_is_ignored(self, tmp_path):
        path = tmp_path / "bus.toml"
        path.write_bytes("\ufeff[parameters]\r\nriders = 5\r\n".encode())
        assert Bus.from_file(path) == Bus(riders=5)

    @pytest.mark.parametrize("content", ["", 'title = "A bus"', "[parameters]"])
    def test_a_parameter_missing_from_the_file_has_its_default(self, tmp_path, content):
        path = tmp_path / "bus.toml"
        path.write_text(content)
        assert Bus.from_file(path) == Bus()

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"riders = 5", 'it contains "riders". A scenario file has name, topic, '),
            (b"parameters = 5", "parameters is 5: it must be a table, [parameters]"),
            (b"[parameters\n", "cannot be read as a scenario: "),
            (b"[parameters]\nriders = 5\nriders = 6\n", "cannot be read as a scenario: "),
            (b"\x89PNG\r\n", "it is not text in UTF-8"),
        ],
    )
    def test_an_invalid_file_is_an_error_with_its_name(self, tmp_path, content, reason):
        path = tmp_path / "bus.toml"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"bus\.toml") as caught:
            Bus.from_file(path)
        assert reason in str(caught.value)

    def test_a_missing_file_is_an_error_with_its_name(self, tmp_path):
        with pytest.raises(ValueError, match=r"none\.toml cannot be read .* no such file"):
            Bus.from_file(tmp_path / "none.toml")

    @pytest.mark.parametrize(
        "line", ["riders = 5.5", 'riders = "5"', "riders = true", "riders = [5]", "riders = nan"]
    )
    def test_values_in_a_file_are_checked_as_strictly(self, tmp_path, line):
        path = tmp_path / "bus.toml"
        path.write_text(f"[parameters]\n{line}\n")
        (error,) = parameter_errors(Bus.from_file, path)
        assert "it must be a whole number from 0 to 1,000,000" in error.message


class TestCell:
    def test_running_the_cell_gives_the_default_scenario(self):
        names = {}
        exec(Bus.to_cell(), names)
        assert Bus.from_cell(names) == Bus()
        assert names["__annotations__"] == {
            name: type(value) for name, value in Bus().values().items()
        }

    @given(bus_scenarios)
    def test_values_set_after_the_cell_replace_the_defaults(self, bus):
        names = {}
        exec(Bus.to_cell(), names)
        exec("\n".join(f"{name} = {value!r}" for name, value in bus.values().items()), names)
        assert Bus.from_cell(names) == bus

    def test_other_names_in_the_notebook_are_ignored(self):
        assert Bus.from_cell({"pd": object(), "_": 1, "riders": 5}) == Bus(riders=5)

    def test_an_invalid_value_is_an_error(self):
        (error,) = parameter_errors(Bus.from_cell, {"riders": "5"})
        assert error.name == "riders"

    def test_a_line_of_the_cell_is_a_literal_with_its_label(self):
        assert "share: float = 0.25  # Share who pay" in Bus.to_cell().splitlines()


class TestDeclaration:
    def test_a_parameter_has_its_declared_properties(self):
        riders = Bus.parameters()["riders"]
        assert (riders.label, riders.unit, riders.kind) == ("Riders", "people", "integer")
        assert (riders.default, riders.bounds, riders.range) == (
            20_000,
            (0, 1_000_000),
            (15_000, 30_000),
        )
        assert (riders.distribution, riders.quality, riders.source) == ("PERT", "green", "A count")
        assert riders.review == BUS_REVIEW

    def test_a_parameter_has_no_review_until_somebody_gives_one(self):
        assert Bus.parameters()["fare"].review is None

    def test_a_review_is_overdue_the_day_after_it_was_due(self):
        assert not BUS_REVIEW.is_overdue(date(2016, 3, 31))
        assert BUS_REVIEW.is_overdue(date(2016, 4, 1))

    def test_a_changed_value_has_no_published_source(self):
        riders = Bus.parameters()["riders"]
        assert riders.describe_source(20_000) == "A count"
        assert riders.describe_source(25_000) == "Your value, changed from 20,000"

    def test_an_assumption_without_a_source_says_so_and_a_choice_does_not(self):
        share, fare = Bus.parameters()["share"], Bus.parameters()["fare"]
        assert (share.is_assumption, share.describe_source(0.25)) == (True, "No source given")
        assert (fare.is_assumption, fare.describe_source(1.5)) == (False, "")

    def test_a_parameter_without_a_range_has_no_distribution(self):
        fare = Bus.parameters()["fare"]
        assert (fare.range, fare.distribution, fare.bounds) == (None, "", (0, None))

    def test_the_first_parameter_is_the_quarter(self):
        assert next(iter(Bus.parameters())) == "quarter"

    @pytest.mark.parametrize(
        ("value", "value_range"),
        [
            (20_000, (15_000, 30_000)),
            (15_000, (15_000, 30_000)),  # at the end of the range, it stays
            (10_000, (5_000, 20_000)),  # 10,000 fewer than the default
            (40_000, (35_000, 50_000)),  # 20,000 more
            (2_000, (0, 12_000)),  # within the bounds
        ],
    )
    def test_a_value_outside_the_range_moves_the_range_by_as_much(self, value, value_range):
        assert Bus.parameters()["riders"].range_around(value) == value_range

    @given(st.floats(0, 100))
    def test_the_range_contains_the_value_however_it_is_rounded(self, value):
        class Call(Scenario):
            """A call whose default cost is the least of its range."""

            cost: float = parameter(2.83, bounds=(0, 100), range=(2.83, 4.11), **PARAMETER_TEXTS)

        low, high = Call.parameters()["cost"].range_around(value)
        assert 0 <= low <= value <= high <= 100

    @pytest.mark.parametrize("name", [*sorted(RESERVED_NAMES), "gclid", "utm_source"])
    def test_a_reserved_name_cannot_be_a_parameter(self, name):
        declared = parameter(1, label="L", unit="count", meaning="M")
        with pytest.raises(TypeError, match=f"{name} cannot be a parameter's name"):
            type("Bad", (Scenario,), {"__annotations__": {name: int}, name: declared})

    @pytest.mark.parametrize(
        ("default", "span", "bounds"),
        [(5, (6, 8), (0, 10)), (5, (1, 4), (0, 10)), (5, (1, 12), (0, 10)), (5, (8, 2), (0, 10))],
    )
    def test_a_default_outside_its_range_or_a_range_outside_its_bounds_is_rejected(
        self, default, span, bounds
    ):
        with pytest.raises(TypeError, match="the default must lie in its range"):

            class Bad(Scenario):
                value: int = parameter(
                    default, label="L", unit="count", meaning="M", range=span, bounds=bounds
                )

    @pytest.mark.parametrize("limit", [4, 11])
    def test_a_page_limit_below_the_default_or_beyond_the_bounds_is_rejected(self, limit):
        with pytest.raises(TypeError, match="the default must lie in its range"):

            class Bad(Scenario):
                speed: int = parameter(5, bounds=(0, 10), page_limit=limit, **PARAMETER_TEXTS)

    def test_a_value_beyond_a_page_limit_is_an_error_on_pages_only(self):
        class Walk(Scenario):
            speed: int = parameter(5, bounds=(0, None), page_limit=4_000, **PARAMETER_TEXTS)
            share: float = parameter(0.5, label="Share", unit="share", meaning="M", page_limit=0.75)

        walk = Walk(speed=4_001, share=0.8)
        assert [error.message for error in page_limit_errors(walk.values(), Walk.parameters())] == [
            f"{value}: it must be at most {limit} on a page. Larger values work in JupyterLab, the"
            " workbook command and snapshots."
            for value, limit in (("speed is 4001", "4,000"), ("share is 0.8", "75%"))
        ]
        at_limit = Walk(speed=4_000, share=0.75)
        assert not list(page_limit_errors(at_limit.values(), Walk.parameters()))

    def test_a_field_that_is_not_a_parameter_is_rejected(self):
        with pytest.raises(TypeError, match=r"speed: declare a parameter .* parameter\(\.\.\.\)"):

            class Bad(Scenario):
                speed: int = 5

    @pytest.mark.parametrize("kind", [bool, list, int | None])
    def test_a_parameter_of_another_type_is_rejected(self, kind):
        with pytest.raises(TypeError, match="an int, a float or a str"):

            class Bad(Scenario):
                speed: kind = parameter(kind() if kind in {bool, list} else 1, **PARAMETER_TEXTS)

    def test_a_date_is_not_a_text(self):
        with pytest.raises(
            TypeError, match="start: declare a parameter as an int, a float or a str"
        ):

            class Bad(Scenario):
                start: date = parameter(date(2014, 7, 1), **PARAMETER_TEXTS)


PARAMETER_TEXTS = {"label": "Speed", "unit": "count", "meaning": "How fast."}


class TestSamples:
    def test_a_parameter_without_a_range_is_not_drawn(self):
        drawn = draw_samples(Bus(), 100, 2014)
        assert {name for name, value in drawn.items() if np.ndim(value)} == {"riders", "share"}
        assert drawn["fare"] == 1.5
        assert drawn["line"] == "12"

    def test_the_same_seed_gives_the_same_draws(self):
        first, second = draw_samples(Bus(), 100, 1), draw_samples(Bus(), 100, 1)
        assert (first["share"] == second["share"]).all()
        assert (first["share"] != draw_samples(Bus(), 100, 2)["share"]).any()

    def test_changing_one_parameter_does_not_change_the_draws_of_others(self):
        before, after = draw_samples(Bus(), 100, 1), draw_samples(Bus(share=0.4), 100, 1)
        assert (before["riders"] == after["riders"]).all()
        assert (before["share"] != after["share"]).any()

    def test_draws_do_not_depend_on_the_order_of_declaration(self):
        class Reordered(Scenario):
            """The same parameters in reverse order."""

            share: float = parameter(0.25, bounds=(0, 1), range=(0.1, 0.5), **PARAMETER_TEXTS)
            riders: int = parameter(20_000, range=(15_000, 30_000), **PARAMETER_TEXTS)

        before, after = draw_samples(Bus(), 100, 1), draw_samples(Reordered(), 100, 1)
        assert all((before[name] == after[name]).all() for name in ("riders", "share"))

    @given(bus_scenarios, st.integers(0, 2**32 - 1))
    def test_every_draw_is_within_the_range_around(self, bus, seed):
        for name in ("riders", "share"):
            low, high = Bus.parameters()[name].range_around(getattr(bus, name))
            drawn = draw_samples(bus, 100, seed)[name]
            assert low <= drawn.min() <= drawn.max() <= high
