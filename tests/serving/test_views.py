"""Views of a page for frames of other sites: which there are, what they show, how they are made."""

import asyncio
import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from workbook.scenario import ScenarioError, value_error
from workbook.serving import view_handler
from workbook.serving.access import Access
from workbook.serving.security_policy import POLICY_HEADER, view_headers
from workbook.serving.turn_queue import QueueFullError
from workbook.serving.view_handler import ViewHandler, ViewMaker
from workbook.serving.views import ViewContent, ViewRequest, make_view, parse_view
from workbook.serving.worker_process import WorkerError, run_module
from workbook.topic import AnalysisResult
from workbook.topics.registry import TOPICS

INCLUSION = TOPICS["digital_inclusion"]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "chart"), [("headline", ""), ("chart:path", "path"), ("chart:swing", "swing")]
    )
    def test_a_view_is_the_headline_or_a_chart(self, text, chart):
        assert parse_view(text, INCLUSION) == chart

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("headlin", 'Unknown view "headlin". Did you mean "headline"?'),
            ("path", 'Unknown view "path". Did you mean "chart:path"?'),
            ("chart:pth", 'Unknown chart "pth". Did you mean "path"?'),
            ("chart:", "Unknown chart blank. Choose from: path; flows"),
            ("", "Unknown view blank. Choose from: headline; chart:path"),
            ("<script>", 'Unknown view "<script>". Choose from: headline'),
        ],
    )
    def test_any_other_is_refused_with_what_there_is(self, text, sentence):
        with pytest.raises(ValueError, match=r"^Unknown") as refused:
            parse_view(text, INCLUSION)
        assert str(refused.value).startswith(sentence)


class TestContent:
    def test_the_headline_has_its_sources_and_no_picture(self):
        view = make_view(INCLUSION, "", INCLUSION.Scenario())
        assert view.title == INCLUSION.title
        assert "5.4 million" in view.text
        assert (view.picture, view.changes, view.problem) == ("", "", "")
        assert view.sources

    def test_a_chart_has_its_title_and_its_description(self):
        view = make_view(INCLUSION, "path", INCLUSION.Scenario(programme_starts=0))
        assert view.changes == "1 change from the published assumptions"
        assert view.picture.startswith("<svg")
        assert "<desc>" in view.picture
        assert view.title not in view.picture.partition("</title>")[2]

    def test_an_analysis_that_a_page_runs_later_is_a_chart_too(self):
        assert make_view(INCLUSION, "swing", INCLUSION.Scenario()).picture.startswith("<svg")

    @pytest.mark.parametrize(
        ("name", "most_runs"), [("asked", 1), (INCLUSION.sensitivity_curves[0].name, 25)]
    )
    def test_no_other_analysis_is_run_for_a_chart(self, name, most_runs):
        runs = []

        def evaluate(*arguments):
            runs.append(arguments)
            return INCLUSION.model(*arguments)

        def analyse(_, outcome):
            yield None
            yield AnalysisResult(INCLUSION.charts["path"](outcome), outcome.tables[0])

        def fail(*_):
            pytest.fail("another analysis is run")

        deferred = {"before": fail, "asked": analyse, "after": fail}
        topic = replace(INCLUSION, model=evaluate, deferred=deferred)
        assert make_view(topic, name, INCLUSION.Scenario()).picture.startswith("<svg")
        assert 1 <= len(runs) <= most_runs

    def test_a_scenario_without_an_answer_says_why(self):
        def fail(*_: object):
            raise ScenarioError([value_error("target_year", 1, "there is no answer.")])

        topic = replace(INCLUSION, model=fail)
        view = make_view(topic, "", INCLUSION.Scenario())
        assert view == ViewContent(problem="target_year is 1: there is no answer.")


class TestMaking:
    REQUEST = ViewRequest("digital_inclusion", "", "")

    def test_a_view_is_made_once(self, monkeypatch):
        made = []

        async def make(request):
            made.append(request)
            return ViewContent(title=request.query)

        async def ask():
            maker = ViewMaker()
            return await asyncio.gather(*(maker.get_or_make_view(self.REQUEST) for _ in range(3)))

        monkeypatch.setattr(view_handler, "_make_in_process", make)
        assert asyncio.run(ask()) == [ViewContent()] * 3
        assert made == [self.REQUEST]

    def test_only_the_last_used_are_kept(self, monkeypatch):
        made = []

        async def make(request):
            made.append(request.query)
            return ViewContent()

        async def ask():
            maker = ViewMaker()
            for query in ("a", "b", "a", "c", "a", "b"):
                await maker.get_or_make_view(ViewRequest("digital_inclusion", "", query))

        monkeypatch.setattr(view_handler, "_make_in_process", make)
        monkeypatch.setattr(view_handler, "_MOST_REMEMBERED", 2)
        asyncio.run(ask())
        assert made == ["a", "b", "c", "b"]

    def test_a_view_that_failed_is_not_made_again_for_a_while(self, monkeypatch):
        made = []

        async def make(request):
            made.append(request.query)
            if request.query == "slow":
                raise WorkerError("too long")
            return ViewContent()

        async def ask(maker, *queries):
            requests = (ViewRequest("digital_inclusion", "", query) for query in queries)
            asked = (maker.get_or_make_view(request) for request in requests)
            results = await asyncio.gather(*asked, return_exceptions=True)
            return [type(result) for result in results]

        async def ask_twice():
            maker = ViewMaker()
            first = await ask(maker, "slow", "slow", "a")
            monkeypatch.setattr(view_handler, "_RETRY_SECONDS", 0)
            return first, await ask(maker, "slow", "a")

        monkeypatch.setattr(view_handler, "_make_in_process", make)
        first, later = asyncio.run(ask_twice())
        assert first == [WorkerError, WorkerError, ViewContent]
        assert later == [WorkerError, ViewContent]
        assert made == ["slow", "a", "slow"]

    def test_more_than_a_few_that_wait_are_refused_and_a_failure_frees_its_place(self, monkeypatch):
        may_end = asyncio.Event()

        async def fail(_):
            await may_end.wait()
            raise WorkerError("no")

        async def ask():
            maker = ViewMaker()
            asyncio.get_running_loop().call_later(0, may_end.set)  # once all have asked
            requests = [ViewRequest("digital_inclusion", "", str(number)) for number in range(10)]
            asked = (maker.get_or_make_view(request) for request in requests)
            first = await asyncio.gather(*asked, return_exceptions=True)
            last = maker.get_or_make_view(requests[-1])
            return first, await asyncio.gather(last, return_exceptions=True)

        monkeypatch.setattr(view_handler, "_make_in_process", fail)
        first, later = asyncio.run(ask())
        assert [type(error) for error in first] == [WorkerError] * 8 + [QueueFullError] * 2
        assert [type(error) for error in later] == [WorkerError]

    def test_a_process_that_fails_is_an_error_of_ours(self):
        with pytest.raises(WorkerError, match="ended with 1"):
            asyncio.run(run_module("workbook.nothing", "", 60))

    @pytest.mark.parametrize("output", [b"", b"{", b"[]", b"3", b'{"colour": 1}', b'"\xff"'])
    def test_an_output_that_is_no_view_is_an_error_of_ours(self, monkeypatch, output):
        async def run(*_):
            return output.decode()

        monkeypatch.setattr(view_handler, "run_module", run)
        with pytest.raises(WorkerError, match="wrote no view"):
            asyncio.run(ViewMaker().get_or_make_view(self.REQUEST))

    def test_a_fault_of_the_server_is_none_of_the_link(self):
        async def fail(_):
            raise ValueError("a fault")

        maker = SimpleNamespace(get_or_make_view=fail)
        handler = SimpleNamespace(_maker=maker, _read_request=lambda _: self.REQUEST)
        with pytest.raises(ValueError, match="a fault"):
            asyncio.run(ViewHandler.get(handler, "digital_inclusion"))


class TestPolicy:
    def test_the_sites_of_the_list_may_show_it_and_no_others(self):
        headers = view_headers(("https://a.example", "http://b.example:81"))
        assert "frame-ancestors https://a.example http://b.example:81" in headers[POLICY_HEADER]
        assert "X-Frame-Options" not in headers

    def test_without_a_list_nobody_may(self):
        headers = view_headers(())
        assert headers[POLICY_HEADER].endswith("frame-ancestors 'none'")
        assert headers["X-Frame-Options"] == "DENY"

    @pytest.mark.parametrize("origins", [(), ("https://a.example",)])
    def test_nothing_runs_and_nothing_is_loaded(self, origins):
        policy = view_headers(origins)[POLICY_HEADER]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        assert "script" not in policy

    def test_there_is_a_token_of_the_views_where_one_is_needed(self):
        site = ("https://a.example",)
        token = Access("secret", embed_origins=site).embed_token
        assert len(token) > 40
        assert token != Access("other", embed_origins=site).embed_token
        assert "secret" not in token
        assert Access(embed_origins=site).embed_token == Access("secret").embed_token == ""

    def test_a_guess_at_the_visitors_token_costs_much(self, monkeypatch):
        derived, scrypt = [], hashlib.scrypt

        def derive(password, **options):
            derived.append((password, options["n"] * options["r"] * options["p"]))
            return scrypt(password, **options)

        monkeypatch.setattr(hashlib, "scrypt", derive)
        access = Access("secret", embed_origins=("https://a.example",))
        assert access.embed_token == access.embed_token
        [(password, cost)] = derived
        assert password == b"secret"
        assert cost >= 2**19
