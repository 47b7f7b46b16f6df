"""The benchmark's rivals: pinned, complete, and with the workbook's levers and charts."""

import json
import re

import pytest

from tests.benchmarks.__main__ import PARTS, RIVAL_PARTS, read_arguments
from tests.benchmarks.rivals import same_page
from tests.benchmarks.rivals.environments import FOLDER
from tests.benchmarks.rivals.pages import RIVALS
from workbook.analysis.deferred import analysis_chart_names
from workbook.topics.digital_inclusion import topic


@pytest.mark.parametrize("rival", RIVALS)
def test_a_rival_has_one_app_with_every_lever(rival):
    (app,) = (FOLDER / rival).glob("app.*")
    text = app.read_text(encoding="utf-8")
    if app.suffix == ".ipynb":
        text = "".join(line for cell in json.loads(text)["cells"] for line in cell["source"])
    assert [lever for lever in topic.levers if lever not in text] == []


@pytest.mark.parametrize("rival", sorted(RIVALS.keys() - {"voila"}))
def test_a_rivals_requirements_are_pinned(rival):
    lines = (FOLDER / rival / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert rival in {line.partition("==")[0] for line in lines}
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line) for line in lines)


def test_every_folder_is_a_rival():
    assert {app.parent.name for app in FOLDER.glob("*/app.*")} == set(RIVALS)


def test_the_same_page_has_the_workbooks_charts():
    outcome = same_page.evaluate(programme_starts=310_000)
    charts = [same_page.draw_path(outcome), *same_page.draw_analyses(outcome)]
    assert len(charts) == 1 + same_page.ANALYSES == 1 + len(analysis_chart_names(topic))
    for chart in charts:
        specification = chart.to_dict()
        assert specification["title"]["text"]
        assert any(specification["datasets"].values())


def test_a_key_press_changes_the_figure():
    before, after = (
        next(iter(same_page.list_indicators(same_page.evaluate(programme_starts=starts)).values()))
        for starts in (300_000, 310_000)
    )
    assert before != after


def test_parts_are_chosen_by_name(capsys):
    assert read_arguments([])[0] == list(PARTS)
    parts, rivals, count = read_arguments(["model", "rivals", "--rivals", "panel", "--count", "3"])
    assert (parts, rivals, count) == (["model", *RIVAL_PARTS], ["panel"], 3)
    with pytest.raises(SystemExit):
        read_arguments(["speed"])
    assert "unknown part speed" in capsys.readouterr().err
