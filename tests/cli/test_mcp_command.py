"""An assistant's tools, driven by the client of the package ``mcp`` over standard streams."""

import asyncio
import json
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.snapshots.site.conftest import write_archive
from tests.snapshots.site.sealed_archive import FIGURES, add_revision
from workbook.cli import main
from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion import topic

PUBLIC_URL = "https://workbook.example.gov.uk/"
TOOLS = {
    *("list_topics", "describe_topic", "run_topic", "seek"),
    *("list_snapshots", "describe_snapshot", "indicator_history"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive") / "store"
    write_archive(folder)
    add_revision(folder, "2014-Q3", values=FIGURES | {"waiting": 70.0}, department="Home Office")
    return folder


@asynccontextmanager
async def open_client(*options):
    """A client of a process of its own, as an assistant starts it."""
    command = [*("-P", "-m", "workbook.cli", "mcp"), *map(str, options)]
    server = StdioServerParameters(command=sys.executable, args=command, env={"PYTHONPATH": "."})
    async with Client(stdio_client(server)) as client:
        yield client


def ask(*calls, options=()):
    """Results of calls, each a tool and its arguments, from one server."""

    async def ask_all():
        async with open_client(*options) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(ask_all())


@pytest.fixture(scope="module")
def answers(store):
    """An answer of each tool, and the tools themselves."""
    calls = {
        "list_topics": {},
        "describe_topic": {"topic": "digital_inclusion"},
        "run_topic": {"topic": "digital_inclusion", "parameters": {"programme_starts": 500000}},
        "seek": {
            "topic": "digital_inclusion",
            "indicator": "gap_to_target",
            "reach": 0,
            "by": "programme_starts",
            "parameters": {"draws": "100"},
        },
        "list_snapshots": {},
        "describe_snapshot": {"quarter": "2014-Q3"},
        "indicator_history": {"topic": "queues", "indicator": "waiting"},
    }

    async def ask_all():
        async with open_client("--store", store, "--public-url", PUBLIC_URL) as client:
            tools = (await client.list_tools()).tools
            results = {name: await client.call_tool(name, calls[name]) for name in calls}
            return tools, results

    return asyncio.run(ask_all())


class TestTools:
    def test_each_is_read_only_and_takes_no_other_argument(self, answers):
        tools, _ = answers
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            assert tool.annotations.read_only_hint
            assert tool.input_schema["additionalProperties"] is False

    def test_each_answers_in_its_own_schema_and_as_text(self, answers):
        _, results = answers  # the client checks an answer by the tool's schema
        for name in TOOLS:
            result = results[name]
            assert not result.is_error, result.content
            assert json.loads(result.content[0].text) == result.structured_content

    def test_a_run_has_value_interval_notes_link_and_hashes(self, answers):
        run = answers[1]["run_topic"].structured_content
        outcome = topic.run(programme_starts=500_000)
        expected = outcome["people_excluded"]
        first = run["indicators"][0]
        assert (first["name"], first["value"]) == ("people_excluded", expected.value)
        assert (first["low"], first["high"]) == (expected.low, expected.high)
        assert run["notes"] == list(outcome.warnings_and_notes)
        assert run["link"] == f"{PUBLIC_URL}digital_inclusion?programme_starts=500000"
        assert {entry["name"] for entry in run["data"]} >= {"inclusion_observed"}
        assert all(len(entry["sha256"]) == 64 for entry in run["data"])

    def test_a_goal_has_the_scenario_that_reaches_it(self, answers):
        goal = answers[1]["seek"].structured_content
        assert (goal["status"], goal["value"]) == ("reached", 618800)
        assert goal["low"] < goal["reached"] < goal["high"]
        assert goal["link"] == f"{PUBLIC_URL}digital_inclusion?programme_starts=618800&draws=100"
        outcome = topic.run(programme_starts=618_800, draws=100)
        assert goal["reached"] == outcome["gap_to_target"].value

    def test_the_archive_is_read(self, answers):
        _, results = answers
        snapshots = results["list_snapshots"].structured_content["snapshots"]
        assert [entry["snapshot"] for entry in snapshots] == [
            *("2013-Q4/r1", "2014-Q2/r1", "2014-Q3/r1", "2014-Q3/r2", "2014-Q4/r1"),
            "2014-Q3/home-office/r1",
        ]
        assert results["describe_snapshot"].structured_content["snapshot"] == "2014-Q3/r2"
        history = results["indicator_history"].structured_content
        values = {point["quarter"]: point["value"] for point in history["quarters"]}
        assert (values["2013-Q4"], values["2014-Q2"], values["2014-Q4"]) == (6e6, None, 5.6e6)

    def test_a_department_edition_is_read(self, store):
        calls = [
            ("list_snapshots", {"department": "HO"}),
            ("describe_snapshot", {"quarter": "2014-Q3", "department": "Home Office"}),
            ("indicator_history", {"topic": "queues", "indicator": "waiting", "department": "HO"}),
        ]
        results = ask(*calls, options=["--store", str(store)])
        listed, edition, history = (result.structured_content for result in results)
        assert [entry["department"] for entry in listed["snapshots"]] == ["Home Office"]
        assert edition["snapshot"] == "2014-Q3/home-office/r1"
        assert [point["value"] for point in history["quarters"]] == [70.0]


class TestErrors:
    def test_they_are_sentences_of_the_command(self):
        with pytest.raises(ScenarioError) as wrong_value:
            topic.Scenario(dropout=2.0)
        misspelt = 'Unknown parameter "programe_starts". Did you mean "programme_starts"?'
        cases = [
            (("run_topic", {"topic": "savngs"}), 'Unknown topic "savngs". Did you mean "savings"?'),
            (_run(programe_starts=1), misspelt),
            (_run(dropout=2), str(wrong_value.value)),
            (_run(dropout=True), "dropout is true: it must be a number or a text."),
            (_run(draws=10_000_000), "draws is 10,000,000: it must be at most 100,000 on a page."),
            (("run_topic", {"topic": "savings", "parameter": {}}), 'Unknown argument "parameter".'),
            (("run_topic", {}), "topic is missing."),
            (("run_topic", {"topic": "savings", "parameters": "a=1"}), "parameters is no object:"),
            (("rn_topic", {}), 'Unknown tool "rn_topic". Did you mean "run_topic"?'),
            (("list_snapshots", {}), "There is no archive of snapshots here."),
            (
                ("run_topic", {"topic": "take_up", "parameters": {"data": "/etc/passwd"}}),
                'data is "/etc/passwd": it must be the name of a bundled, registered or uploaded',
            ),
        ]
        results = ask(*(call for call, _ in cases), options=["--store", "no-such-folder"])
        for (call, sentence), result in zip(cases, results, strict=True):
            assert result.is_error, call
            assert result.content[0].text.startswith(sentence), result.content[0].text
            assert result.structured_content is None

    def test_nothing_but_the_protocol_is_on_standard_output(self, tmp_path):
        call = {"name": "run_topic", "arguments": {"topic": "delivery"}}
        messages = [
            {"id": 1, "method": "initialize", "params": _hello()},
            {"method": "notifications/initialized"},
            {"id": 2, "method": "tools/call", "params": call},
        ]
        text = "".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
        process = subprocess.Popen(
            [*(sys.executable, "-m", "workbook.cli", "mcp"), f"--store={tmp_path}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            process.stdin.write(text)
            process.stdin.flush()
            lines = [json.loads(process.stdout.readline()) for _ in range(2)]
            process.stdin.close()
            rest = process.stdout.read()
        assert [line["id"] for line in lines] == [1, 2]
        assert lines[1]["result"]["structuredContent"]["topic"] == "delivery"
        assert (rest, process.returncode) == ("", 0)

    def test_a_missing_package_is_named(self, monkeypatch, capsys):
        monkeypatch.setitem(sys.modules, "mcp.server", None)
        with pytest.raises(SystemExit) as left:
            main(["mcp"])
        assert left.value.code == 2
        assert "install policy-workbook[mcp]" in capsys.readouterr().err

    def test_the_address_for_links_is_checked(self, capsys):
        with pytest.raises(SystemExit) as left:
            main(["mcp", "--public-url", "workbook"])
        assert left.value.code == 2
        assert "is not the address of a home page" in capsys.readouterr().err


def _run(**parameters):
    return "run_topic", {"topic": "digital_inclusion", "parameters": parameters}


def _hello():
    client = {"name": "test", "version": "1"}
    return {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
