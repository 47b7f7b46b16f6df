"""The script and style of a widget: in its state in JupyterLab, the server's on a served page."""

import re
from pathlib import Path

import comm
import pytest

import workbook.serving
from workbook import Study
from workbook.kernels.static_run import STATIC_RUN_VARIABLE
from workbook.topics.digital_inclusion import topic
from workbook.widgets.section_heading import SectionHeadingWidget
from workbook.widgets.widget import SERVED_SCRIPTS_VARIABLE, WorkbookWidget

SERVED_MODULES = Path(workbook.serving.__path__[0]) / "static" / "widget_modules.js"


def all_widgets() -> list[WorkbookWidget]:
    """The widgets of a page."""
    study = Study(topic)
    views = [*study.overview.views, study.more_figures, *study.charts.values()]
    heading = SectionHeadingWidget(study.topic)
    return [
        *views,
        heading,
        study.assumptions_table,
        study.comparison,
        study.dependence,
        study.goal_seek,
    ]


@pytest.mark.parametrize("base_url", [None, "/"])
def test_the_state_of_a_widget_in_jupyterlab_and_plain_voila_has_its_script_and_style(
    monkeypatch: pytest.MonkeyPatch, base_url: str | None
) -> None:
    if base_url:
        monkeypatch.setenv("VOILA_BASE_URL", base_url)
    for widget in all_widgets():
        state = widget.get_state()
        assert "\nexport default {" in state["_esm"]
        assert state["_css"]


def test_the_state_of_a_widget_on_a_page_names_a_module_that_the_page_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(SERVED_SCRIPTS_VARIABLE, "1")
    imports = re.findall(
        r'^import (\w+) from "../../widgets/(\w+)\.js";$',
        SERVED_MODULES.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    states = [widget.get_state() for widget in all_widgets()]
    assert {(state["_esm"], state["_esm"]) for state in states} == set(imports)
    assert {state["_css"] for state in states} == {""}


def test_a_widget_of_a_static_run_sends_no_state_and_has_its_static_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = [widget.to_static_html() for widget in all_widgets()]
    monkeypatch.setenv(STATIC_RUN_VARIABLE, "1")
    monkeypatch.setattr(comm, "create_comm", lambda **_: pytest.fail("a widget was sent"))
    widgets = all_widgets()
    assert [widget.to_static_html() for widget in widgets] == before
    assert len({widget.model_id for widget in widgets}) == len({*widgets})
    assert {widget._css for widget in widgets} == {""}
