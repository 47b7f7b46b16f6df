"""``/api/`` on a real server: answers, errors, limits and what keeps it from others."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from openapi_spec_validator import validate

from tests.browser.server import serve_workbook
from tests.serving.api_requests import fuzz_interface
from tests.snapshots.site.conftest import write_archive
from tests.snapshots.site.sealed_archive import FIGURES, add_revision
from workbook.cli import main
from workbook.serving.access import TOKEN_VARIABLE
from workbook.snapshots.site.archive_site import write_archive_site

TOKEN = "a-token-of-these-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TOPIC = "digital_inclusion"
SNAPSHOTS = ("2013-Q4/r1", "2014-Q2/r1", "2014-Q3/r1", "2014-Q3/r2", "2014-Q4/r1")
WITHOUT_LIMIT = "Larger values work in JupyterLab, the workbook command and snapshots."


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Address of the interface of a server with an archive, under a prefix, with a token."""
    store = tmp_path_factory.mktemp("served") / "store"
    write_archive(store)
    add_revision(store, "2014-Q3", values=FIGURES | {"waiting": 70.0}, department="Home Office")
    write_archive_site(store, {})
    options = [f"--archive={store}", "--base-url=/policy/"]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(TOKEN_VARIABLE, TOKEN)
        with serve_workbook(TOPIC, options=options) as home:
            yield f"{home}/api/"


@pytest.fixture(scope="module")
def ask(address):
    """Status, headers and JSON of an answer to a program with the token."""

    def send(path, method="GET", body=None, headers=BEARER):
        parts = urlsplit(address)
        with closing(http.client.HTTPConnection(parts.netloc, timeout=110)) as connection:
            connection.request(method, f"{parts.path}{path}", body=body, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        return answer.status, answer.headers, json.loads(content) if content else None

    return send


@pytest.fixture(scope="module")
def document(ask):
    return ask("openapi.json")[2]


class TestAnswers:
    def test_the_first_one_has_the_addresses_of_the_others(self, ask, address):
        status, headers, index = ask("")
        assert (status, headers["Content-Type"]) == (200, "application/json")
        assert index["links"]["run"] == f"{address}topics/{{topic}}/run"
        assert ask("topics")[2][0]["topic"] == TOPIC

    def test_a_run_is_what_the_command_prints_with_notes_and_a_link(self, ask, address, capsys):
        status, _, run = ask(f"topics/{TOPIC}/run?programme_starts=500000&draws=100")
        assert status == 200
        with pytest.raises(SystemExit):
            main(["run", TOPIC, "--set=programme_starts=500000", "--set=draws=100", "--json"])
        notes, link = run.pop("notes"), run.pop("link")
        assert run == json.loads(capsys.readouterr().out)
        assert any("10%" in note for note in notes)
        home = address.removesuffix("api/")
        assert link == f"{home}{TOPIC}?programme_starts=500000&draws=100"

    def test_a_goal_is_what_the_command_finds(self, ask, capsys):
        goal = "indicator=gap_to_target&reach=0&by=programme_starts&draws=100&probability=0.8"
        status, _, found = ask(f"topics/{TOPIC}/seek?{goal}")
        assert status == 200
        options = [f"--{pair}" for pair in goal.split("&") if not pair.startswith("draws")]
        with pytest.raises(SystemExit):
            main(["seek", TOPIC, *options, "--set=draws=100", "--json"])
        printed = json.loads(capsys.readouterr().out)
        assert {name: found[name] for name in printed} == printed
        assert found["parameters"]["programme_starts"] == found["value"]
        assert found["low"] < found["reached"] < found["high"]

    def test_a_saved_scenario_is_opened_as_in_a_link(self, ask):
        run = ask(f"topics/{TOPIC}/run?scenario=Charter+delivers&draws=100&utm_source=letter")[2]
        assert "scenario" not in run["parameters"]
        assert run["parameters"]["draws"] == 100

    def test_the_archive_is_read(self, ask):
        names = [entry["snapshot"] for entry in ask("snapshots")[2]["snapshots"]]
        assert names[-3:] == ["2014-Q3/r2", "2014-Q4/r1", "2014-Q3/home-office/r1"]
        current, first = (ask(f"snapshots/2014-Q3{name}")[2] for name in ("", "/r1"))
        assert (current["snapshot"], first["snapshot"]) == ("2014-Q3/r2", "2014-Q3/r1")
        history = ask("indicators/queues/waiting")[2]
        values = {point["quarter"]: point["value"] for point in history["quarters"]}
        assert values["2014-Q2"] is None
        assert values["2014-Q4"] == 5.6e6
        reason = next(p["reason"] for p in history["quarters"] if p["quarter"] == "2014-Q2")
        assert reason
        assert all(len(entry["sha256"]) == 64 for p in history["quarters"] for entry in p["data"])

    def test_a_department_edition_is_read_by_its_department(self, ask, address):
        link = address.replace("/api/", "/archive/departments/home-office/2014-Q3/r1/index.html")
        entries = ask("snapshots?department=HO")[2]["snapshots"]
        assert [(entry["department"], entry["link"]) for entry in entries] == [
            ("Home Office", link)
        ]
        for name in ("2014-Q3", "2014-Q3/r1"):
            edition = ask(f"snapshots/{name}?department=home%20office")[2]
            assert (edition["snapshot"], edition["link"]) == ("2014-Q3/home-office/r1", link)
            values = {each["name"]: each["value"] for each in edition["topics"][0]["indicators"]}
            assert values["waiting"] == 70.0
        history = ask("indicators/queues/waiting?department=HO")[2]
        assert [point["value"] for point in history["quarters"]] == [70.0]
        assert (history["department"], history["quarters"][0]["link"]) == ("Home Office", link)

    @pytest.mark.parametrize("path", ["topics", f"topics/{TOPIC}/run?draws=100", "topics?page=2"])
    def test_head_is_answered_as_get_without_a_body(self, address, path):
        names = ("Content-Type", "Content-Length", "Etag", "Cache-Control")
        parts = urlsplit(address)
        answers = []
        # On one connection: a body after HEAD would be read as the start of the next answer.
        with closing(http.client.HTTPConnection(parts.netloc, timeout=110)) as connection:
            for method in ("HEAD", "GET"):
                connection.request(method, f"{parts.path}{path}", headers=BEARER)
                answer = connection.getresponse()
                assert bool(answer.read()) == (method == "GET")
                answers.append((answer.status, [answer.headers[name] for name in names]))
        assert answers[0] == answers[1]

    def test_a_slash_at_the_end_of_a_list_is_no_other_address(self, ask):
        for name in ("topics", "snapshots"):
            assert ask(f"{name}/")[::2] == ask(name)[::2]

    def test_the_same_answer_is_not_sent_twice(self, ask):
        _, headers, _ = ask("topics")
        assert headers["Cache-Control"] == "no-cache"
        known = BEARER | {"If-None-Match": headers["ETag"]}
        assert ask("topics", headers=known)[0] == 304


class TestErrors:
    @pytest.mark.parametrize(
        ("path", "status", "place", "message"),
        [
            (
                f"topics/{TOPIC}/run?programe_starts=1",
                *(400, "programe_starts"),
                'Unknown parameter "programe_starts". Did you mean "programme_starts"?',
            ),
            (
                f"topics/{TOPIC}/run?dropout=2",
                *(400, "dropout"),
                "dropout is 2.0: it must be a fraction of 1 (21% is 0.21) from 0 to 1.",
            ),
            (
                f"topics/{TOPIC}/run?draws=100001",
                *(400, "draws"),
                f"draws is 100,001: it must be at most 100,000 on a page. {WITHOUT_LIMIT}",
            ),
            (
                f"topics/{TOPIC}/run?draws=100000000",
                *(400, "draws"),
                "draws is 100,000,000: it must be a whole number from 100 to 100,000.",
            ),
            (
                f"topics/{TOPIC}/run?dropout=0.1&dropout=0.2",
                *(400, "dropout"),
                "dropout is repeated: give it once.",
            ),
            (
                f"topics/{TOPIC}/seek?reach=0&by=dropout",
                *(400, "indicator"),
                "indicator is missing: give the name of the indicator that has a target.",
            ),
            (
                f"topics/{TOPIC}/seek?indicator=gap_to_target&reach=none&by=dropout",
                *(400, "reach"),
                'reach is "none": it must be a number (30% is 0.3).',
            ),
            (
                f"topics/{TOPIC}/seek?indicator=gap_to_target&reach=0&by=drop_out",
                *(400, "by"),
                'Unknown numeric parameter "drop_out". Did you mean "dropout"?',
            ),
            (
                f"topics/{TOPIC}/seek?indicator=gap_to_target&reach=0&by=dropout&department=MOJ",
                *(400, "department"),
                (
                    'department is "Ministry of Justice": there are no figures for it. Leave it'
                    " blank for all departments."
                ),
            ),
            (
                "topics/digital_incluson",
                *(404, "topic"),
                'Unknown topic "digital_incluson". Did you mean "digital_inclusion"?',
            ),
            (
                "topics?page=2",
                *(400, "page"),
                'Unknown parameter "page". There are none to choose from.',
            ),
            (
                "indicators/queues/wating",
                *(404, "indicator"),
                'Unknown indicator "wating". Did you mean "waiting"?',
            ),
            (
                "snapshots/2014-Q3?department=Home+Ofice",
                *(404, "department"),
                ('Unknown department with snapshots "Home Ofice". Did you mean "home-office"?'),
            ),
            (
                "snapshots?department=HO&department=MOJ",
                *(400, "department"),
                "department is repeated: give it once.",
            ),
            (
                "snapshots?departmnt=HO",
                *(400, "departmnt"),
                'Unknown parameter "departmnt". Did you mean "department"?',
            ),
            (
                "snapshots/2014-Q1",
                *(404, "snapshot"),
                f"2014-Q1 is not in the archive. It has {'; '.join(SNAPSHOTS)}.",
            ),
        ],
    )
    def test_each_says_where_and_what_would_be_right(self, ask, path, status, place, message):
        answer = {"status": status, "message": message}
        answer["errors"] = [{"parameter": place, "message": message}]
        assert ask(path)[::2] == (status, answer)

    def test_every_fault_of_a_goal_is_named(self, ask):
        goal = "indicator=gap&reach=none&by=drop_out&probability=2"
        status, _, error = ask(f"topics/{TOPIC}/seek?{goal}")
        messages = {entry["parameter"]: entry["message"] for entry in error["errors"]}
        assert (status, set(messages)) == (400, {"indicator", "reach", "by", "probability"})
        assert messages["reach"] == 'reach is "none": it must be a number (30% is 0.3).'
        assert messages["probability"] == "the probability is 2: it must be above 0 and at most 1."
        assert error["message"] == " ".join(entry["message"] for entry in error["errors"])
        missing = ask(f"topics/{TOPIC}/seek")[2]["errors"]
        assert [entry["parameter"] for entry in missing] == ["indicator", "reach", "by"]

    def test_other_addresses_are_not_found(self, ask, address):
        for path in ("nothing", f"topics/{TOPIC}/run/", "kernels", "snapshots/a/b/c"):
            status, headers, error = ask(path)
            assert (status, headers["Content-Type"]) == (404, "application/json")
            sentence = f"There is nothing at this address. {address} lists what there is."
            assert error["message"] == sentence

    def test_no_name_is_a_path(self, ask):
        for name in ("..", "%2e%2e%2f%2e%2e", "2014-Q3%2Fr1%2F..%2F..", "%2Ftmp", "2014-Q3%00"):
            assert ask(f"snapshots/{name}")[0] == 404
            assert ask(f"topics/{name}/run")[0] == 404
        assert ask("snapshots/%ff")[0] == 400

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_another_method_is_not_allowed(self, ask, method):
        status, headers, _ = ask("topics", method)
        assert (status, headers["Allow"]) == (405, "GET, HEAD")

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_a_body_of_10_megabytes_is_too_large(self, ask, method):
        status, _, error = ask(f"topics/{TOPIC}/run", method, b"a" * 10_000_000)
        assert status == 413
        assert error["message"] == "The request is too large. Leave out its body."

    def test_so_is_a_body_of_unknown_size(self, ask):
        chunked = BEARER | {"Transfer-Encoding": "chunked"}
        assert ask("topics", "POST", iter([b"a"]), chunked)[0] == 413


class TestLimits:
    def test_too_many_at_once_are_told_to_come_again(self, ask):
        slow = f"topics/{TOPIC}/seek?indicator=gap_to_target&reach=0&by=programme_starts&seed="
        with ThreadPoolExecutor(16) as executor:
            answers = list(executor.map(ask, (f"{slow}{number}" for number in range(16))))
        statuses = [status for status, _, _ in answers]
        assert {*statuses} == {200, 503}
        assert statuses.count(200) >= 9  # one that is answered, and eight that wait
        _, headers, error = next(answer for answer in answers if answer[0] == 503)
        assert headers["Retry-After"] == "10"
        assert error["message"] == "Too many calculations wait. Try again in a few seconds."


class TestAccess:
    def test_nothing_is_answered_without_the_token(self, ask, document):
        for path in document["paths"]:
            for headers in ({}, {"Authorization": "Bearer wrong"}):
                status, answer_headers, error = ask(path.removeprefix("/api/"), headers=headers)
                assert (status, answer_headers["Content-Type"]) == (403, "application/json")
                assert "after Bearer" in error["message"]

    def test_answers_have_the_security_headers_and_set_no_cookie(self, ask):
        for path in ("topics", "nothing", f"topics/{TOPIC}/run?a=1"):
            headers = ask(path)[1]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert headers["Set-Cookie"] is None
            assert headers["Access-Control-Allow-Origin"] is None


class TestDocument:
    def test_it_is_valid_openapi(self, document):
        assert document["openapi"] == "3.1.0"
        validate(document)

    def test_it_names_the_server_and_the_token(self, document, address):
        assert document["servers"] == [{"url": address.removesuffix("/api/")}]
        assert document["security"] == [{"token": []}]


def test_requests_made_from_the_document_are_answered_as_it_says(document):
    assert fuzz_interface(document, TOKEN, examples=5) >= {200, 400}
