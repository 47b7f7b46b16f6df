"""The registry finds the topics that are bundled or installed, and says what it leaves out."""

import json
import sys
from dataclasses import replace
from importlib.metadata import entry_points

import pandera.pandas as pa
import pytest

from tests.snapshots.example_topic import topic as small_topic
from workbook.cli import main
from workbook.tables import TableSchema
from workbook.topics import registry
from workbook.topics.registry import (
    ENTRY_POINT_GROUP,
    TopicOffer,
    bundled_offers,
    collect_topics,
    evaluate_defaults,
    installed_offers,
)

BUNDLED_TOPICS = [
    "digital_inclusion",
    "take_up",
    "savings",
    "delivery",
    "policymaking",
    "quarterly_report",
]
PACKAGE_CODE = {
    "good_vouchers": (
        "from dataclasses import replace\n"
        "from tests.snapshots.example_topic import topic as small\n"
        "topic = replace(small, name='good_vouchers', package='good_vouchers')\n"
    ),
    "missing_library": "import a_library_that_is_not_there\n",
    "no_topic": "topic = 'vouchers'\n",
    "quits": "import sys\nsys.exit(3)\n",
    "taken_name": (
        "from dataclasses import replace\n"
        "from tests.snapshots.example_topic import topic as small\n"
        "topic = replace(small, name='savings')\n"
    ),
    "without_name": "",
}
EXPECTED_ERRORS = {
    "missing-library": "ModuleNotFoundError: No module named 'a_library_that_is_not_there'",
    "no-topic": "it offers a value of type str, not a Topic",
    "quits": "SystemExit: 3",
    "taken-name": 'the name "savings" is taken by the topic of workbook.topics.savings',
    "without-name": "AttributeError: module 'without_name' has no attribute 'topic'",
}


@pytest.fixture
def installed_packages(tmp_path, monkeypatch):
    """Packages in a folder on the path, each with an entry point as pip writes it."""
    for name, code in PACKAGE_CODE.items():
        (tmp_path / f"{name}.py").write_text(code)
        metadata = tmp_path / f"{name}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Name: {name.replace('_', '-')}\nVersion: 1.0\n")
        entry = f"[{ENTRY_POINT_GROUP}]\n{name} = {name}:topic\n"
        (metadata / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in PACKAGE_CODE:
        sys.modules.pop(name, None)


def offer(topic, package="vouchers"):
    return TopicOffer(package, lambda: topic)


def names_of_ours(names):
    """The names of the topics that come with the workbook, without those of a newcomer."""
    return [name for name in names if name in BUNDLED_TOPICS]


def test_bundled_topics_are_found_in_their_order():
    assert names_of_ours(collect_topics(bundled_offers()).topics) == BUNDLED_TOPICS


def test_nothing_bundled_is_left_out():
    assert collect_topics(bundled_offers()).errors == ()


def test_a_topic_stands_by_its_position_and_then_as_it_was_offered():
    positions = {"last": 9, "first": 1, "second": 1}
    offers = [offer(replace(small_topic, name=n, position=p)) for n, p in positions.items()]
    assert list(collect_topics(offers).topics) == ["first", "second", "last"]


@pytest.mark.parametrize("name", ["health", "two words", "with-dash", ""])
def test_a_name_that_cannot_be_an_address_is_left_out(name):
    result = collect_topics([offer(replace(small_topic, name=name))])
    assert result.topics == {}
    assert f'"{name}" cannot be part of an address' in result.errors[0]


def test_a_topic_whose_table_has_the_name_of_another_table_is_left_out():
    schemas = [TableSchema("vouchers", "Vouchers", pa.DataFrameSchema({})) for _ in range(2)]
    offers = [
        offer(replace(small_topic, name=name, tables=(schema,)), name)
        for name, schema in zip(("one", "two"), schemas, strict=True)
    ]
    result = collect_topics(offers)
    assert list(result.topics) == ["one"]
    assert result.tables == {"vouchers": schemas[0]}
    assert result.errors == (
        'The topic of two is left out: the name of its table "vouchers" is taken by another topic.',
    )


def test_topics_may_share_a_table():
    schema = TableSchema("vouchers", "Vouchers", pa.DataFrameSchema({}))
    offers = [offer(replace(small_topic, name=name, tables=(schema,))) for name in ("one", "two")]
    assert list(collect_topics(offers).topics) == ["one", "two"]


@pytest.mark.usefixtures("installed_packages")
def test_installed_topics_come_beside_the_bundled_ones_and_broken_ones_are_reported():
    result = collect_topics([*bundled_offers(), *installed_offers()])
    assert names_of_ours(result.topics) == BUNDLED_TOPICS
    assert list(result.topics)[-2:] == ["good_vouchers", "quarterly_report"]
    assert result.errors == tuple(
        f"The topic of {package} is left out: {reason}."
        for package, reason in EXPECTED_ERRORS.items()
    )


@pytest.mark.usefixtures("installed_packages")
def test_no_installed_package_is_imported_before_it_is_needed():
    assert {entry.name for entry in entry_points(group=ENTRY_POINT_GROUP)} >= set(PACKAGE_CODE)
    assert list(installed_offers())
    assert not set(PACKAGE_CODE) & set(sys.modules)


class TestBuiltTopics:
    """Topics that rest on whichever others there are."""

    def test_one_is_built_from_all_the_others(self):
        received = []

        def build(topics):
            received.extend(topic.name for topic in topics)
            return replace(small_topic, name="report", position=0)

        topics = collect_topics([TopicOffer("report", lambda: build), offer(small_topic)]).topics
        assert received == ["small"]
        assert list(topics) == ["report", "small"]

    def test_one_that_cannot_be_built_is_left_out(self):
        def build(_):
            raise KeyError("savings")

        result = collect_topics([TopicOffer("report", lambda: build), offer(small_topic)])
        assert list(result.topics) == ["small"]
        assert result.errors == ("The topic of report is left out: KeyError: 'savings'.",)


class TestDefaults:
    @staticmethod
    def failing_topic(**values):
        def evaluate(*_):
            raise ZeroDivisionError("division by zero")

        return replace(small_topic, name="failing", model=evaluate, **values)

    def test_a_topic_that_fails_has_no_outcome_and_does_not_stop_the_others(self):
        failing_topic = self.failing_topic()
        (failed, missing_outcome), (topic, outcome) = evaluate_defaults(
            [failing_topic, small_topic]
        )[0]
        assert (failed, missing_outcome) == (failing_topic, None)
        assert (topic, outcome.headline) == (small_topic, "3 people.")

    def test_the_error_says_which_topic_failed_and_why(self):
        _, errors = evaluate_defaults([self.failing_topic(), small_topic])
        assert errors == ["The topic failing has no figures: ZeroDivisionError: division by zero."]


class TestCommands:
    ERRORS = ("The topic of vouchers is left out: it is broken.",)

    @pytest.fixture(autouse=True)
    def _broken_package(self, monkeypatch):
        monkeypatch.setattr(registry, "TOPIC_ERRORS", self.ERRORS)

    @staticmethod
    def run_command(capsys, *words):
        with pytest.raises(SystemExit) as stopped:
            main(list(words))
        output, errors = capsys.readouterr()
        return stopped.value.code, output, errors

    def test_list_says_what_is_left_out_and_lists_the_others(self, capsys):
        status, output, errors = self.run_command(capsys, "list", "--json")
        assert (status, errors) == (0, f"{self.ERRORS[0]}\n")
        names = [entry["topic"] for entry in json.loads(output)]
        assert names_of_ours(names) == BUNDLED_TOPICS

    def test_run_says_what_is_left_out_and_runs_the_topic(self, capsys):
        status, output, errors = self.run_command(capsys, "run", "digital_inclusion", "--json")
        assert (status, errors) == (0, f"{self.ERRORS[0]}\n")
        assert json.loads(output)["topic"] == "digital_inclusion"
